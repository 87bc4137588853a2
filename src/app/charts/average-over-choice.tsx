import { createMemo, For, Show } from 'solid-js'
import { MAX_COLUMNS } from '../../protocol/run-query.ts'
import { createRunColumns } from '../experiment/create-run-columns.ts'
import { useExperiment } from '../experiment/experiment-context.ts'
import { operandsWords } from '../experiment/run-groups.ts'
import { useTracker } from '../tracker/tracker.ts'
import { MAX_GROUP_KEYS } from '../workspace/charts-view.ts'
import { keysWithout, varyingKeys } from './average-over.ts'
import './average-over-choice.css'

/** Nobody looks through more. */
const MAX_OFFERED = 24

/** Which params lines are the mean over: runs are grouped by all others that vary. `params`: what runs have, as operands. */
export function AverageOver(props: { readonly params: readonly string[] }) {
  const { database, experimentId, runs, workspace, charts: arranged } = useExperiment()
  const charts = workspace.pick('charts')
  const columns = createRunColumns(useTracker(), database, experimentId, runs.matched, () =>
    props.params.slice(0, MAX_COLUMNS),
  )
  const runIds = createMemo(() => (runs.runs() ?? []).map(({ id }) => id).filter(isKnown))
  function isKnown(id: string): boolean {
    return [...columns().values()].every((column) => column.has(id))
  }
  const varying = createMemo(() => varyingKeys(columns(), runIds()))
  const averaged = createMemo(() => {
    const { groupBy } = charts()
    return groupBy.length === 0 ? [] : varying().filter((key) => !groupBy.includes(key))
  })

  function toggle(key: string, isAveraged: boolean): void {
    const chosen = isAveraged ? [...averaged(), key] : averaged().filter((each) => each !== key)
    const groupBy =
      chosen.length === 0 ? [] : keysWithout(columns(), runIds(), chosen).slice(0, MAX_GROUP_KEYS)
    arranged.change(chosen.length === 0 ? 'Average over nothing' : `Average over ${operandsWords(chosen)}`, {
      groupBy,
    })
  }
  /** Over everything there is nothing to group by. */
  const isLast = (key: string): boolean =>
    !averaged().includes(key) && varying().every((each) => each === key || averaged().includes(each))

  return (
    <Show when={varying().length > 1}>
      <fieldset class="average-over-choice">
        <legend>Average over</legend>
        <For each={varying().slice(0, MAX_OFFERED)}>
          {(key) => (
            <label>
              <input
                type="checkbox"
                checked={averaged().includes(key)}
                disabled={isLast(key)}
                onChange={(event) => {
                  toggle(key, event.currentTarget.checked)
                  // Where nothing else varies there are no groups, and nothing is averaged.
                  event.currentTarget.checked = averaged().includes(key)
                }}
              />
              <bdi>{operandsWords([key])}</bdi>
            </label>
          )}
        </For>
      </fieldset>
    </Show>
  )
}
