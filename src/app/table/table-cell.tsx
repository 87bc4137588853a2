import { createMemo, Show, untrack } from 'solid-js'
import type { JsonValue } from '../../model/json.ts'
import type { ParamChange } from '../../model/run.ts'
import type { RunId } from '../../model/units.ts'
import { parseColumnId, type ColumnId } from '../workspace/table-columns.ts'
import { Sparkline } from '../../widgets/sparkline.tsx'
import { formatDuration } from '../../widgets/time-format.ts'
import { useExperiment } from '../experiment/experiment-context.ts'
import type { RunsState } from '../experiment/create-runs.ts'
import { cellDelta, cellText, cellTitle, deltaText, titleWithChange } from './cell-words.ts'
import { stepExtent } from './step-extent.ts'
import { useTable } from './table-context.ts'
import './table-cell.css'

const PARAM = 'param:'

interface TableCellProps {
  readonly runId: RunId
  readonly column: ColumnId
  /** Not compared with itself. */
  readonly isBaseline: boolean
}

/** What one run says in one column. There are hundreds in view: what is not asked for costs nothing here. */
export function TableCell(props: TableCellProps) {
  const { baselineValue } = useTable()
  // A cell stays in its column; it is the run that changes.
  const id = untrack(() => props.column)
  const column = parseColumnId(id)
  if (column?.from === 'curve') return <CurveCell runId={props.runId} metric={column.key} />
  if (id === 'run:duration') return <DurationCell runId={props.runId} />
  const isCompared = createMemo(() => !props.isBaseline && baselineValue(id) !== undefined)
  return (
    <Show when={isCompared()} fallback={<ValueCell runId={props.runId} column={id} />}>
      <ComparedCell runId={props.runId} column={id} />
    </Show>
  )
}

interface ValueCellProps {
  readonly runId: RunId
  readonly column: ColumnId
}

function ValueCell(props: ValueCellProps) {
  const { readOnly, runs } = useExperiment()
  const { cells } = useTable()
  const value = (): JsonValue | undefined => cells.value(props.runId, props.column)
  // As a property, so that both are written by one effect.
  return (
    <span
      class="table-cell-text"
      dir="auto"
      title={titleWithChange(cellTitle(props.column, value(), readOnly), changeIn(runs, props))}
      textContent={cellText(props.column, value(), readOnly)}
    />
  )
}

function changeIn(runs: RunsState, { runId, column }: ValueCellProps): ParamChange | undefined {
  return column.startsWith(PARAM) ? runs.paramChange(runId, column.slice(PARAM.length)) : undefined
}

/** A value beside that of the baseline. */
function ComparedCell(props: ValueCellProps) {
  const { readOnly, runs } = useExperiment()
  const { cells, baselineValue, directionOf } = useTable()
  const value = createMemo(() => cells.value(props.runId, props.column))
  const baseline = (): JsonValue | undefined => baselineValue(props.column)
  const delta = createMemo(() => cellDelta(props.column, value(), baseline(), directionOf))
  /** Whether a param is what it is in the baseline; null where there is nothing to compare. */
  const isSame = createMemo(() => {
    if (!props.column.startsWith('param:') || value() === undefined) return null
    return JSON.stringify(value()) === JSON.stringify(baseline())
  })
  return (
    <>
      <span
        class="table-cell-text"
        classList={{ 'is-same': isSame() === true, 'is-different': isSame() === false && value() !== null }}
        dir="auto"
        title={titleWithChange(cellTitle(props.column, value(), readOnly), changeIn(runs, props))}
      >
        {cellText(props.column, value(), readOnly)}
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
