import { createMemo, createSignal, Show, type JSX } from 'solid-js'
import type { DiffRow } from './compare-diff.ts'
import type { CompareSection } from '../workspace/compare-view.ts'
import { Button } from '../../widgets/button.tsx'
import { FoldedText } from '../../widgets/folded-text.tsx'
import { formatPlural } from '../../widgets/number-format.ts'
import { RunColumns } from '../../widgets/run-columns.tsx'
import { useCompare } from './compare-context.ts'
import { Section } from './compare-section.tsx'
import { tableRuns } from './table-runs.ts'
import { CompareNote } from './compare-note.tsx'
import './diff-table.css'

/** Rows that are drawn at once; more are asked for. */
const PAGE_ROWS = 200
/** What a cell and its tooltip show before more is asked for. Unit: UTF-16 code units. */
const GLANCE = 120
const MAX_TITLE = 2_000

interface DiffTableProps {
  readonly section: CompareSection
  /** What a row is called. */
  readonly one: string
  readonly label: string
  readonly rows: readonly DiffRow[]
  readonly isLoaded: boolean
  readonly none: string
  /** What follows the table. */
  readonly children?: JSX.Element
}

/** Keys by runs, those that are equal in all of them left out unless asked for. */
export function DiffTable(props: DiffTableProps) {
  const { view, change, columns, runs, together } = useCompare()
  const [limit, setLimit] = createSignal(PAGE_ROWS)
  const differing = createMemo(() => props.rows.filter((row) => !row.isEqual))
  const shown = createMemo(() => (view.showEqual ? props.rows : differing()))
  const equal = (): number => props.rows.length - differing().length

  return (
    <Section
      section={props.section}
      tools={
        <Show when={equal() > 0}>
          <button
            type="button"
            class="diff-table-equal"
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
          <Show when={props.isLoaded}>
            <CompareNote>{props.rows.length === 0 ? props.none : 'All of them are equal.'}</CompareNote>
          </Show>
        }
      >
        <RunColumns
          label={props.label}
          runs={tableRuns(runs(), columns())}
          rows={shown().slice(0, limit())}
          cell={(row, run) => <Cell row={row} run={run} />}
          together={together}
        />
        <Show when={shown().length > limit()}>
          <Button look="quiet" onClick={() => setLimit(limit() + PAGE_ROWS)}>
            Show more of {formatPlural(shown().length, props.one)}
          </Button>
        </Show>
      </Show>
      {props.children}
    </Section>
  )
}

function Cell(props: { readonly row: DiffRow; readonly run: number }) {
  const cell = () => props.row.cells[props.run]
  const isLong = (): boolean => (cell()?.text?.length ?? 0) > GLANCE
  return (
    <span
      class="diff-table-cell"
      classList={{
        'is-different': cell()?.differs,
        'is-missing': cell()?.text === null,
        'is-long': isLong(),
      }}
      dir="auto"
      title={cell()?.text?.slice(0, MAX_TITLE) ?? 'no value'}
    >
      <Show when={isLong()} fallback={cell()?.text ?? '–'}>
        <FoldedText text={cell()?.text ?? ''} most={GLANCE} />
      </Show>
      <Show when={cell()?.differs}>
        <span class="visually-hidden"> (differs)</span>
      </Show>
    </span>
  )
}
