import type { RunId } from '../../model/units.ts'
import type { TableGroup } from './table-groups.ts'

/** One row of the table. `key` stays the same while the row is there. */
export type TableRow =
  | { readonly kind: 'run'; readonly key: string; readonly runId: RunId; readonly isBaseline: boolean }
  | { readonly kind: 'group'; readonly key: string; readonly group: TableGroup; readonly isClosed: boolean }

/**
 * The rows from top to bottom: the baseline, which also stands where it belongs, then the runs, under their group when
 * they have one, and that under the groups around it.
 *
 * A row that was there before is the same object, so that what shows it may stay.
 */
export function makeTableRows(): (
  runIds: readonly RunId[],
  groups: readonly TableGroup[] | null,
  closed: ReadonlySet<string>,
  baseline: RunId | null,
) => readonly TableRow[] {
  const runs = new Map<RunId, TableRow>()
  let pinned: TableRow | null = null

  function runRow(runId: RunId): TableRow {
    let row = runs.get(runId)
    if (row === undefined) {
      row = { kind: 'run', key: runId, runId, isBaseline: false }
      runs.set(runId, row)
    }
    return row
  }

  function baselineRow(runId: RunId): TableRow {
    const key = `baseline ${runId}`
    if (pinned?.key !== key) pinned = { kind: 'run', key, runId, isBaseline: true }
    return pinned
  }

  const groupRows = (groups: readonly TableGroup[], closed: ReadonlySet<string>): readonly TableRow[] =>
    groups.flatMap((group) => {
      const isClosed = closed.has(group.key)
      const head: TableRow = { kind: 'group', key: `group ${group.key}`, group, isClosed }
      if (isClosed) return [head]
      return [head, ...(group.groups.length > 0 ? groupRows(group.groups, closed) : group.runIds.map(runRow))]
    })

  return (runIds, groups, closed, baseline) => [
    ...(baseline === null ? [] : [baselineRow(baseline)]),
    ...(groups === null ? runIds.map(runRow) : groupRows(groups, closed)),
  ]
}
