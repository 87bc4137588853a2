import { createMemo } from 'solid-js'
import { diffColumns } from './compare-diff.ts'
import type { CompareSection } from '../workspace/compare-view.ts'
import { operandWords } from '../workspace/operands.ts'
import type { Operand } from '../../protocol/run-query.ts'
import type { JsonValue } from '../../model/json.ts'
import { formatDuration, formatMoment } from '../../widgets/time-format.ts'
import { changeOf } from '../shell/json-words.ts'
import { useCompare } from './compare-context.ts'
import { DiffTable } from './diff-table.tsx'

export function CompareParams() {
  return (
    <Diff
      section="params"
      one="param"
      has={(operand) => operand.from === 'param'}
      none="No param was set. What a run is given when it starts stands here."
    />
  )
}

/** What a run says of itself, but for when it began: of that no two are alike. */
export function CompareTags() {
  return (
    <Diff
      section="tags"
      one="row"
      has={(operand) =>
        operand.from === 'tag' ||
        operand.from === 'summary' ||
        (operand.from === 'run' && operand.field !== 'startedAt')
      }
      none="These runs have no tags."
    />
  )
}

interface DiffProps {
  readonly section: CompareSection
  /** What a row is called. */
  readonly one: string
  has(operand: Operand): boolean
  readonly none: string
}

/** Keys by runs, of everything that was read of them. */
function Diff(props: DiffProps) {
  const { compare, columns, runs } = useCompare()
  const rows = createMemo(() =>
    diffColumns(
      compare
        .operands()
        .filter((operand) => props.has(operand))
        .map((operand) => {
          const column = compare.column(operand)
          return {
            key: operandWords(operand),
            values: columns().map((row) => shownValue(operand, column[row] ?? null)),
            changes: columns().map((row) =>
              operand.from === 'param' ? changeOf(runs()[row]?.paramChanges ?? null, operand.key) : undefined,
            ),
          }
        })
        .filter(({ values }) => values.some((value) => value !== null)),
    ),
  )
  return (
    <DiffTable
      section={props.section}
      one={props.one}
      label={props.one === 'param' ? 'Params by run' : 'Tags by run'}
      rows={rows()}
      isLoaded={compare.loaded()}
      none={props.none}
    />
  )
}

/** Times in words: nobody compares milliseconds. */
function shownValue(operand: Operand, value: JsonValue): JsonValue {
  if (operand.from !== 'run' || typeof value !== 'number') return value
  return operand.field === 'duration' ? formatDuration(value) : formatMoment(value)
}
