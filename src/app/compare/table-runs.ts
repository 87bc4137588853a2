import type { RunRow } from '../experiment/create-runs.ts'
import type { RunColumn } from '../../widgets/run-columns.tsx'

/** The columns of a table of runs; `rows`: which of the runs, in their order. */
export function tableRuns(runs: readonly RunRow[], rows: readonly number[]): readonly RunColumn[] {
  return rows.flatMap((row) => {
    const run = runs[row]
    return run === undefined ? [] : [{ id: run.id, name: run.label, ...run.style }]
  })
}
