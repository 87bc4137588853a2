import { createMemo, createSignal, Show } from 'solid-js'
import { diffColumns, type DiffRow } from '../../state/compare-diff.ts'
import type { CompareSection } from '../../state/compare-view.ts'
import { operandWords } from '../../state/operands.ts'
import type { Operand } from '../../protocol/run-query.ts'
import type { JsonValue } from '../../model/json.ts'
import { Button } from '../../widgets/button.tsx'
import { formatPlural } from '../../widgets/number-format.ts'
import { RunColumns } from '../../widgets/run-columns.tsx'
import { formatDuration, formatMoment } from '../../widgets/time-format.ts'
import { useExperiment } from '../experiment-context.ts'
import { useCompare } from './compare-context.ts'
import { Section } from './compare-section.tsx'
import { tableRuns } from './table-runs.ts'
import './compare-params.css'

/** Rows that are drawn at once; more are asked for. */
const PAGE_ROWS = 200

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

/** Keys by runs, those that are equal in all of them left out unless asked for. */
function Diff(props: DiffProps) {
  const { view, change, compare, columns, runs } = useCompare()
  const { select } = useExperiment()
  const [limit, setLimit] = createSignal(PAGE_ROWS)
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
          }
        })
        .filter(({ values }) => values.some((value) => value !== null)),
    ),
  )
  const differing = createMemo(() => rows().filter((row) => !row.isEqual))
  const shown = createMemo(() => (view.showEqual ? rows() : differing()))
  const equal = (): number => rows().length - differing().length

  return (
    <Section
      section={props.section}
      tools={
        <Show when={equal() > 0}>
          <button
            type="button"
            class="compare-equal"
            aria-pressed={view.showEqual}
            onClick={() =>
              change(view.showEqual ? 'Hide equal params' : 'Show equal params', {
                showEqual: !view.showEqual,
              })
            }
          >
            {formatPlural(equal(), `equal ${props.one}`)} {view.showEqual ? 'shown · ' : 'hidden · '}
            <span>{view.showEqual ? 'hide' : 'show'}</span>
          </button>
        </Show>
      }
    >
      <Show
        when={shown().length > 0}
        fallback={
          <Show when={compare.loaded()}>
            <p class="compare-note">{rows().length === 0 ? props.none : 'All of them are equal.'}</p>
          </Show>
        }
      >
        <RunColumns
          label={`${props.one === 'param' ? 'Params' : 'Tags'} by run`}
          runs={tableRuns(runs(), columns())}
          rows={shown().slice(0, limit())}
          cell={(row, run) => <Cell row={row} run={run} />}
          onPick={select}
        />
        <Show when={shown().length > limit()}>
          <Button look="quiet" onClick={() => setLimit(limit() + PAGE_ROWS)}>
            Show more of {formatPlural(shown().length, props.one)}
          </Button>
        </Show>
      </Show>
    </Section>
  )
}

function Cell(props: { readonly row: DiffRow; readonly run: number }) {
  const cell = () => props.row.cells[props.run]
  return (
    <span
      class="diff-cell"
      classList={{ 'is-different': cell()?.differs, 'is-missing': cell()?.text === null }}
      dir="auto"
      title={cell()?.text ?? 'no value'}
    >
      {cell()?.text ?? '–'}
      <Show when={cell()?.differs}>
        <span class="visually-hidden"> (differs)</span>
      </Show>
    </span>
  )
}

/** Times in words: nobody compares milliseconds. */
function shownValue(operand: Operand, value: JsonValue): JsonValue {
  if (operand.from !== 'run' || typeof value !== 'number') return value
  return operand.field === 'duration' ? formatDuration(value) : formatMoment(value)
}
