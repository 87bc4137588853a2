import { createMemo, Match, Show, Switch } from 'solid-js'
import type { RunId } from '../../model/units.ts'
import { parseColumnId, type ColumnId, type TableColumn } from '../../state/table-columns.ts'
import { Sparkline } from '../../widgets/sparkline.tsx'
import { formatDuration } from '../../widgets/time-format.ts'
import { useExperiment } from '../experiment-context.ts'
import { cellDelta, cellText, cellTitle, deltaText } from './cell-words.ts'
import { stepExtent } from './step-extent.ts'
import { useTable } from './table-context.ts'

interface TableCellProps {
  readonly runId: RunId
  readonly column: ColumnId
  /** Not compared with itself. */
  readonly isBaseline: boolean
}

/** What one run says in one column. */
export function TableCell(props: TableCellProps) {
  const column = createMemo(() => parseColumnId(props.column))
  const curveKey = createMemo(() => {
    const parsed: TableColumn | undefined = column()
    return parsed?.from === 'curve' ? parsed.key : null
  })
  return (
    <Switch fallback={<ValueCell {...props} />}>
      <Match when={curveKey()}>{(key) => <CurveCell runId={props.runId} metric={key()} />}</Match>
      <Match when={props.column === 'run:duration'}>
        <DurationCell runId={props.runId} />
      </Match>
    </Switch>
  )
}

function ValueCell(props: TableCellProps) {
  const { readOnly } = useExperiment()
  const { cells, baselineValue, directionOf } = useTable()
  const value = () => cells.value(props.runId, props.column)
  const text = createMemo(() => cellText(props.column, value(), readOnly))
  const baseline = () => (props.isBaseline ? undefined : baselineValue(props.column))
  const delta = createMemo(() => cellDelta(props.column, value(), baseline(), directionOf))
  /** Whether a param is what it is in the baseline; null where there is nothing to compare. */
  const isSame = createMemo(() => {
    const against = baseline()
    if (!props.column.startsWith('param:') || against === undefined || value() === undefined) return null
    return JSON.stringify(value()) === JSON.stringify(against)
  })
  return (
    <>
      <span
        class="table-cell-text"
        classList={{ 'is-same': isSame() === true, 'is-different': isSame() === false && value() !== null }}
        dir="auto"
        title={cellTitle(props.column, value(), readOnly)}
      >
        {text()}
        <Show when={isSame() === false}>
          <span class="visually-hidden">, other than the baseline</span>
        </Show>
      </span>
      <Show when={delta()}>
        {(compared) => (
          <span
            class="table-cell-delta"
            classList={{ 'is-good': compared().isBetter === true, 'is-bad': compared().isBetter === false }}
          >
            {deltaText(compared())}
            <Show when={compared().isBetter !== null}>
              <span class="visually-hidden">{compared().isBetter === true ? ', better' : ', worse'}</span>
            </Show>
          </span>
        )}
      </Show>
    </>
  )
}

/** Of a run that is running, until now. */
function DurationCell(props: { readonly runId: RunId }) {
  const { readOnly } = useExperiment()
  const { cells, now } = useTable()
  const text = createMemo(() => {
    const ended = cells.value(props.runId, 'run:endedAt')
    const started = cells.value(props.runId, 'run:startedAt')
    if (typeof started !== 'number' || ended === undefined) return ''
    if (typeof ended === 'number') return formatDuration(ended - started)
    return readOnly ? '–' : formatDuration(now() - started)
  })
  return <span class="table-cell-text">{text()}</span>
}

function CurveCell(props: { readonly runId: RunId; readonly metric: string }) {
  const { looks, series } = useExperiment()
  const { curves } = useTable()
  const curve = createMemo(() => {
    const window = curves.curve(props.runId, props.metric)
    return window === undefined || window.x.length === 0 ? undefined : window
  })
  const extent = createMemo(() => stepExtent(series.table(), props.metric))
  return (
    <Show when={curve()}>
      {(window) => (
        <Sparkline
          label={`Curve of ${props.metric}`}
          x={window().x}
          mean={window().mean}
          min={window().min}
          max={window().max}
          from={extent()?.from ?? 0}
          to={extent()?.to ?? 0}
          color={looks.style(props.runId).color}
        />
      )}
    </Show>
  )
}
