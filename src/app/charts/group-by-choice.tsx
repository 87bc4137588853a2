import { createMemo, Index } from 'solid-js'
import { FieldRow } from '../../widgets/field-row.tsx'
import { useExperiment } from '../experiment/experiment-context.ts'
import { OperandSelect, type OperandGroup } from '../experiment/operand-select.tsx'
import { operandsWords } from '../experiment/run-groups.ts'
import { MAX_GROUP_KEYS } from '../workspace/charts-view.ts'

const NO_GROUPS = 'none, a line for each run'

/** What the runs of each line have in common: a choice each, and one more for another. */
export function GroupByChoice(props: { readonly groups: readonly OperandGroup[] }) {
  const { workspace, charts: arranged } = useExperiment()
  const groupBy = createMemo(() => workspace.view().charts.groupBy)
  const choices = createMemo(() => (groupBy().length < MAX_GROUP_KEYS ? [...groupBy(), ''] : groupBy()))

  function change(place: number, value: string): void {
    const others = groupBy().toSpliced(place, 1)
    const next = value === '' ? others : others.filter((key) => key !== value).toSpliced(place, 0, value)
    const words = next.length === 0 ? NO_GROUPS : operandsWords(next)
    arranged.change(`Group by: ${words}`, { groupBy: next })
  }

  return (
    <Index each={choices()}>
      {(key, place) => {
        const label = place === 0 ? 'Group by' : 'and by'
        return (
          <FieldRow label={label}>
            <OperandSelect
              label={label}
              value={key()}
              others={[{ value: '', text: place === 0 ? NO_GROUPS : 'nothing more' }]}
              groups={props.groups}
              onChange={(value) => change(place, value)}
            />
          </FieldRow>
        )
      }}
    </Index>
  )
}
