import { createMemo, createSignal, Show } from 'solid-js'
import { useCommands } from '../shell/create-commands.ts'
import { createColumnModel } from './create-column-model.ts'
import { createCurves } from './create-curves.ts'
import { createRunKeys } from '../experiment/create-run-keys.ts'
import { createTableArrangement } from './create-table-arrangement.ts'
import { createTableContents } from './create-table.ts'
import { likelyColumns, parseColumnId, type ColumnId } from '../workspace/table-columns.ts'
import { isSameList } from '../shell/same-list.ts'
import { useToasts } from '../shell/create-toasts.ts'
import { downloadCsv, type CsvFor } from '../shell/download.ts'
import { useTracker } from '../tracker/tracker.ts'
import { createClock } from '../shell/create-clock.ts'
import { useExperiment } from '../experiment/experiment-context.ts'
import { BulkBar } from './bulk-bar.tsx'
import { initialWidth } from './column-words.ts'
import { ColumnPicker } from './column-picker.tsx'
import { runTableToCsv } from './run-table-csv.ts'
import { stepExtent } from './step-extent.ts'
import { tableCommands } from './table-commands.ts'
import { TableContext, type TableState } from './table-context.ts'
import { TableGrid } from './table-grid.tsx'
import { TableToolbar } from './table-toolbar.tsx'
import { ExperimentNote } from '../experiment/experiment-note.tsx'
import { NoRuns } from '../experiment/no-runs.tsx'
import './table-tab.css'

const isNarrow = matchMedia('(max-width: 760px)').matches

/** All runs that match, as a table: what was put in, what came out, and how they compare. */
export function TableTab() {
  const tracker = useTracker()
  const experiment = useExperiment()
  const { database, experimentId, runs, series, workspace, readOnly } = experiment
  const { directionOf } = experiment.arrangement
  const toasts = useToasts()
  const [picking, setPicking] = createSignal(false)

  const { keys, differing } = createRunKeys(tracker, database, experimentId, series.keys)
  const likely = createMemo(() => likelyColumns(keys() ?? [], differing(), directionOf, isNarrow), [], {
    equals: isSameList,
  })
  const arrangement = createTableArrangement(workspace, likely, directionOf)
  const contents = createTableContents(
    tracker,
    { database, experimentId },
    runs.matched,
    arrangement,
    experiment.pins,
  )
  const { order, cells, rows, selection, near } = contents
  const baseline = createMemo(() => arrangement.view().baseline)
  const columns = createColumnModel({
    columns: arrangement.columns,
    pinned: arrangement.pinned,
    widths: createMemo(() => arrangement.view().widths),
    initialWidth: (id) =>
      initialWidth(id, { groups: arrangement.view().group.length > 0, baseline: baseline() !== null }),
    onWidths: arrangement.setWidths,
  })
  const curves = createCurves(tracker, database, {
    keys: createMemo(
      () =>
        arrangement.columns().flatMap((id) => (id.startsWith('curve:') ? [id.slice('curve:'.length)] : [])),
      [],
      { equals: isSameList },
    ),
    runIds: near,
    extent: (key) => stepExtent(series.table(), key),
  })
  const numeric = createMemo(() => {
    const mostly = (keys() ?? []).filter(
      ({ from, runs: has, numbers }) => from !== 'tag' && numbers * 2 > has,
    )
    return new Set(mostly.map(({ from, key }) => `${from}:${key}`))
  })
  const table: TableState = {
    arrangement,
    columns,
    cells,
    curves,
    selection,
    keys: () => keys() ?? [],
    runIds: () => order.runIds() ?? [],
    rows,
    setRange: contents.setRange,
    directionOf,
    baseline,
    baselineValue(column) {
      const runId = baseline()
      return runId === null ? undefined : cells.value(runId, column)
    },
    isNumeric: (id) => isNumber(id, numeric()),
    now: createClock(() => !readOnly && (runs.runs() ?? []).some((run) => run.status === 'running')),
  }
  const pickColumns = (): void => void setPicking(true)
  async function save(readBy: CsvFor): Promise<void> {
    const { group } = arrangement.view()
    const shown = [...group, ...columns.all()]
    const runIds = table.runIds()
    const changed = new Set((runs.runs() ?? []).flatMap((run) => Object.keys(run.paramChanges ?? {})))
    const written = await runTableToCsv(tracker.api, { database, runIds, columns: shown, changed })
    if (written.ok) downloadCsv(written.value, 'runs', readBy)
    else toasts.complain(written.error.message)
  }
  useCommands().offer(() => tableCommands(table, experiment, pickColumns, (readBy) => void save(readBy)))

  return (
    <TableContext.Provider value={table}>
      <section class="table-tab" aria-label="Table of runs">
        <TableToolbar onPick={pickColumns} onSave={(readBy) => void save(readBy)} />
        <Show when={order.failure() ?? runs.failure()}>
          {(message) => <ExperimentNote>{message()}</ExperimentNote>}
        </Show>
        <Show when={order.runIds()?.length !== 0 || baseline() !== null} fallback={<NoRuns />}>
          <Show when={order.runIds() !== undefined && keys() !== undefined}>
            <TableGrid label="Runs" />
          </Show>
        </Show>
        <Show when={selection.selected().size > 0}>
          <BulkBar />
        </Show>
        <Show when={picking()}>
          <ColumnPicker onClose={() => setPicking(false)} />
        </Show>
      </section>
    </TableContext.Provider>
  )
}

function isNumber(id: ColumnId, numeric: ReadonlySet<ColumnId>): boolean {
  const column = parseColumnId(id)
  return column?.from === 'metric' || id === 'run:duration' || numeric.has(id)
}
