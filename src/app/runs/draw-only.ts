import type { RunId } from '../../model/units.ts'
import { MAX_NAMED_RUNS } from '../workspace/workspace-view.ts'
import type { ExperimentState } from '../experiment/experiment-context.ts'

/** Draws some runs and no other; of more than a link can name the first ones. */
export function drawOnly({ workspace }: ExperimentState, runIds: readonly RunId[]): void {
  workspace.change('Show the selected runs', {
    drawn: { others: false, shown: runIds.slice(0, MAX_NAMED_RUNS), hidden: [] },
  })
}
