import { createSignal, onCleanup, type Accessor } from 'solid-js'
import { onTrackerProblem, trackerProblem } from '../../client/uplink.ts'

/** Why what is logged in this page is not stored at the moment, as a sentence; null while all is well. */
export function createProblem(): Accessor<string | null> {
  const [problem, setProblem] = createSignal(trackerProblem())
  onCleanup(onTrackerProblem(setProblem))
  return problem
}
