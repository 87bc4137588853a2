import Eye from 'lucide-solid/icons/eye'
import EyeOff from 'lucide-solid/icons/eye-off'
import { createMemo, Show } from 'solid-js'
import type { Direction } from '../../model/experiment.ts'
import type { RunRow } from '../experiment/create-runs.ts'
import { bestOf } from '../workspace/metric-direction.ts'
import { shortMetricName } from '../experiment/metric-sections.ts'
import { IconButton } from '../../widgets/icon-button.tsx'
import { formatCount, formatValue } from '../../widgets/number-format.ts'
import { VirtualList } from '../../widgets/virtual-list.tsx'
import { createClock } from '../shell/create-clock.ts'
import { useExperiment } from '../experiment/experiment-context.ts'
import { ArchivedRuns } from '../experiment/archived-runs.tsx'
import { foundWords } from '../experiment/create-run-totals.ts'
import { FilterBar } from '../experiment/filter-bar.tsx'
import { MetricOptions } from '../experiment/metric-options.tsx'
import { directionArrow, rankedValue, runDuration } from '../experiment/run-words.ts'
import { RunListRow } from './run-list-row.tsx'
import './run-list.css'

/** Must match `.run-list-row` in its style sheet. Unit: CSS pixels. */
const ROW_HEIGHT = matchMedia('(pointer: coarse)').matches ? 40 : 28

/** More runs than this that are all best are not marked. */
const MAX_BEST = 3

interface RunListProps {
  readonly name: string
  readonly metric: string | null
  onMetric(key: string): void
}

/** The runs of an experiment: what they are called, whether they are drawn, and how well they did. */
export function RunList(props: RunListProps) {
  const { arrangement, runs, series, visibility, selected, select, readOnly, totals, workspace } =
    useExperiment()
  const direction = (): Direction => (props.metric === null ? 'none' : arrangement.directionOf(props.metric))
  const rows = (): readonly RunRow[] => runs.runs() ?? []
  const running = createMemo(() => (readOnly ? 0 : rows().filter((run) => run.status === 'running').length))
  const now = createClock(() => running() > 0)
  const best = createMemo(() => {
    const key = props.metric
    if (key === null) return null
    return bestOf(
      rows().map((run) => rankedValue(series.summary(run.id, key), direction())),
      direction(),
    )
  })
  const headline = (): string => {
    const parts = [foundWords(rows().length, workspace.view().filter, totals())]
    if (running() > 0) parts.push(`${formatCount(running())} running`)
    const value = best()
    if (props.metric !== null && value !== null && direction() !== 'none') {
      parts.push(`best ${props.metric} ${formatValue(value)}`)
    }
    return parts.join(', ')
  }
  /** Marks the best, unless so many share it that the mark says nothing. */
  const isBest = createMemo(() => {
    const [key, value] = [props.metric, best()]
    if (key === null || value === null || direction() === 'none') return () => false
    const sharing = rows().filter((run) => rankedValue(series.summary(run.id, key), direction()) === value)
    const isMarked = sharing.length < rows().length && sharing.length <= MAX_BEST
    return (candidate: number | null): boolean => isMarked && candidate === value
  })
  const shownCount = (): number => visibility.visible().size

  return (
    <section class="run-list" aria-label="Runs">
      <header class="run-list-head">
        <h1 class="run-list-title" title={props.name}>
          {props.name}
        </h1>
        <p class="run-list-headline">
          {headline()} <ArchivedRuns />
        </p>
      </header>
      <FilterBar />
      <div class="run-list-columns">
        <IconButton
          class="run-list-eye"
          label={shownCount() === 0 ? 'Draw all runs' : 'Draw no run'}
          onClick={() => visibility.setAll(shownCount() === 0)}
        >
          <Show when={shownCount() > 0} fallback={<EyeOff size={14} />}>
            <Eye size={14} />
          </Show>
        </IconButton>
        <span class="run-list-count">
          {shownCount() === rows().length
            ? 'Run'
            : `${formatCount(shownCount())} of ${formatCount(rows().length)} drawn`}
        </span>
        <Show when={props.metric} fallback={<span />}>
          {(metric) => (
            <label class="run-list-metric">
              <span class="visually-hidden">Metric to rank by</span>
              <span class="run-list-metric-name" aria-hidden="true" title={metric()}>
                <span>{shortMetricName(metric(), series.keys())}</span> {directionArrow(direction())}
              </span>
              <select onChange={(event) => props.onMetric(event.currentTarget.value)}>
                <MetricOptions keys={series.keys()} chosen={metric()} />
              </select>
            </label>
          )}
        </Show>
        <span class="run-list-duration">Duration</span>
      </div>
      <VirtualList
        label="Runs"
        entries={rows()}
        rowHeight={ROW_HEIGHT}
        current={rows().findIndex((run) => run.id === selected())}
        onMove={(index) => select(rows()[index]?.id ?? null)}
        row={(run, index) => {
          const value = (): number | null =>
            props.metric === null ? null : rankedValue(series.summary(run().id, props.metric), direction())
          return (
            <RunListRow
              run={run()}
              isFirst={index() === 0}
              value={value()}
              isBest={isBest()(value())}
              duration={runDuration(run(), now(), readOnly)}
            />
          )
        }}
      />
    </section>
  )
}
