import ChevronDown from 'lucide-solid/icons/chevron-down'
import ChevronUp from 'lucide-solid/icons/chevron-up'
import Eye from 'lucide-solid/icons/eye'
import EyeOff from 'lucide-solid/icons/eye-off'
import { createMemo, createSignal, Show } from 'solid-js'
import type { RunId } from '../../model/units.ts'
import { bestOf } from '../workspace/metric-direction.ts'
import { shortMetricName } from '../experiment/metric-sections.ts'
import { IconButton } from '../../widgets/icon-button.tsx'
import { LiveDot } from '../../widgets/live-dot.tsx'
import { formatCount, formatValue } from '../../widgets/number-format.ts'
import { VirtualList } from '../../widgets/virtual-list.tsx'
import { createClock } from '../shell/create-clock.ts'
import { useExperiment } from '../experiment/experiment-context.ts'
import { ArchivedRuns } from '../experiment/archived-runs.tsx'
import { foundWords } from '../experiment/create-run-totals.ts'
import { FilterBar } from '../experiment/filter-bar.tsx'
import { MetricOptions } from '../experiment/metric-options.tsx'
import { directionArrow, runDuration } from '../experiment/run-words.ts'
import { RunListRow } from './run-list-row.tsx'
import './run-list.css'

/** Must match `.run-list-row` in its style sheet. Unit: CSS pixels. */
const ROW_HEIGHT = matchMedia('(pointer: coarse)').matches ? 40 : 28

/** As in the style sheet. */
const PHONE = '(max-width: 760px)'

/** More runs than this that are all best are not marked. */
const MAX_BEST = 3

interface RunListProps {
  /** Of the experiment. */
  readonly name: string
}

/** The runs of an experiment: what they are called, whether they are drawn, and how well they did. */
export function RunList(props: RunListProps) {
  const { ranking, series, visibility, selected, readOnly, totals, workspace } = useExperiment()
  const { direction, metric, order, value } = ranking
  const rows = ranking.runs
  const running = createMemo(() => (readOnly ? 0 : rows().filter((run) => run.status === 'running').length))
  const now = createClock(() => running() > 0)
  const best = createMemo(() =>
    bestOf(
      rows().map((run) => value(run.id)),
      direction(),
    ),
  )
  const headline = (): string => {
    const parts = [foundWords(rows().length, workspace.view().filter, totals())]
    if (shownCount() < rows().length) parts.push(`${formatCount(shownCount())} shown`)
    const [key, top] = [metric(), best()]
    if (key !== null && top !== null && direction() !== 'none') parts.push(`best ${key} ${formatValue(top)}`)
    return parts.join(', ')
  }
  /** Marks the best, unless so many share it that the mark says nothing. */
  const isBest = createMemo(() => {
    const top = best()
    if (top === null || direction() === 'none') return () => false
    const sharing = rows().filter((run) => value(run.id) === top)
    const isMarked = sharing.length < rows().length && sharing.length <= MAX_BEST
    return (candidate: number | null): boolean => isMarked && candidate === top
  })
  /** On a phone charts come first: the list is folded away until it is asked for. */
  const [isOpen, setOpen] = createSignal(!matchMedia(PHONE).matches)
  /** The run whose row the keyboard came to; Tab comes back to it. */
  const [reached, setReached] = createSignal<RunId | null>(null)
  const reachable = createMemo(
    () => [reached(), selected()].find((id) => id !== null && rows().some((run) => run.id === id)) ?? null,
  )
  const shownCount = (): number => visibility.visible().size

  return (
    <section class="run-list" classList={{ 'is-folded': !isOpen() }} aria-label="Runs">
      <header class="run-list-head">
        <IconButton
          class="run-list-fold"
          label={isOpen() ? 'Fold the runs away' : 'Show the runs'}
          aria-expanded={isOpen()}
          onClick={() => setOpen(!isOpen())}
        >
          <Show when={isOpen()} fallback={<ChevronDown size={16} />}>
            <ChevronUp size={16} />
          </Show>
        </IconButton>
        <h1 class="run-list-title" title={props.name}>
          {props.name}
        </h1>
        <Show when={running() > 0}>
          <p class="run-list-running">
            <LiveDot label="live" />
            {formatCount(running())} running
          </p>
        </Show>
        <p class="run-list-headline">
          {headline()} <ArchivedRuns />
        </p>
      </header>
      <FilterBar />
      <div class="run-list-columns">
        <IconButton
          class="run-list-eye"
          label={shownCount() === 0 ? 'Show all runs in charts' : 'Hide all runs'}
          onClick={() => visibility.setAll(shownCount() === 0)}
        >
          <Show when={shownCount() > 0} fallback={<EyeOff size={14} />}>
            <Eye size={14} />
          </Show>
        </IconButton>
        <button
          type="button"
          class="run-list-order"
          title={order() === 'newest' ? 'List the best run first' : 'List the newest run first'}
          disabled={metric() === null}
          onClick={() => ranking.setOrder(order() === 'newest' ? 'best' : 'newest')}
        >
          {order() === 'newest' ? 'Newest first' : direction() === 'none' ? 'Highest first' : 'Best first'}
        </button>
        <Show when={metric()} fallback={<span />}>
          {(key) => (
            <label class="run-list-metric" classList={{ 'is-order': order() === 'best' }}>
              <span class="visually-hidden">Metric to rank by</span>
              <span class="run-list-metric-name" aria-hidden="true" title={key()}>
                <span>{shortMetricName(key(), series.keys())}</span> {directionArrow(direction())}
              </span>
              <select onChange={(event) => ranking.choose(event.currentTarget.value)}>
                <MetricOptions keys={series.keys()} chosen={key()} />
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
        onMove={(index) => setReached(rows()[index]?.id ?? null)}
        row={(run, index) => (
          <RunListRow
            run={run()}
            isReached={run().id === reachable() || (reachable() === null && index() === 0)}
            value={value(run().id)}
            isBest={isBest()(value(run().id))}
            duration={runDuration(run(), now(), readOnly)}
          />
        )}
      />
    </section>
  )
}
