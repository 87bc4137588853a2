import { createSignal, For, Show } from 'solid-js'
import { Button } from './button.tsx'
import { FoldedText } from './folded-text.tsx'
import { formatCount } from './number-format.ts'
import './fact-table.css'

interface FactTableProps {
  readonly label: string
  readonly facts: readonly {
    readonly name: string
    readonly value: string
    /** What kind of value it is, so that a number and the text of a number look different. */
    readonly kind: 'number' | 'text' | 'boolean' | 'null' | 'json'
  }[]
}

/** Rows that are drawn at once; more are asked for. */
const PAGE_ROWS = 200

/** Names and values, one pair a row, what is long folded. Text is text: nothing in it is ever markup. */
export function FactTable(props: FactTableProps) {
  const [limit, setLimit] = createSignal(PAGE_ROWS)
  return (
    <>
      <table class="fact-table">
        <caption class="visually-hidden">{props.label}</caption>
        <tbody>
          <For each={props.facts.slice(0, limit())}>
            {(fact) => (
              <tr>
                <th scope="row">{fact.name}</th>
                <td class={`is-${fact.kind}`}>
                  <FoldedText text={fact.value} />
                </td>
              </tr>
            )}
          </For>
        </tbody>
      </table>
      <Show when={props.facts.length > limit()}>
        <Button look="quiet" onClick={() => setLimit(limit() + PAGE_ROWS)}>
          Show more of {formatCount(props.facts.length)}
        </Button>
      </Show>
    </>
  )
}
