import { For } from 'solid-js'
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

/** Names and values, one pair a row. Text is text: nothing in it is ever markup. */
export function FactTable(props: FactTableProps) {
  return (
    <table class="fact-table">
      <caption class="visually-hidden">{props.label}</caption>
      <tbody>
        <For each={props.facts}>
          {(fact) => (
            <tr>
              <th scope="row">{fact.name}</th>
              <td class={`is-${fact.kind}`}>{fact.value}</td>
            </tr>
          )}
        </For>
      </tbody>
    </table>
  )
}
