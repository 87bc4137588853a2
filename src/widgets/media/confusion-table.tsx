import { createMemo, createSignal, For, Show } from 'solid-js'
import type { ConfusionContent } from '../../model/media-content/confusion-matrix-content.ts'
import { formatCount, formatValue } from '../number-format.ts'
import './confusion-table.css'

export const CONFUSION_LOOKS = ['counts', 'rows'] as const
export type ConfusionLook = (typeof CONFUSION_LOOKS)[number]

interface ConfusionTableProps {
  readonly content: ConfusionContent
  readonly label: string
  readonly look: ConfusionLook
}

/** A table of more cells than this is read in a file. */
const MAX_CLASSES = 60
/** Cells share this room, but grow no larger than their text needs. Unit: CSS pixels. */
const ROOM = 204
const LARGEST = 52
/** The strongest colour a text can still be read on. Unit: per cent. */
const STRONGEST = 44

/** How often each class was taken for each other, as a table; the stronger a cell, the more of its row. */
export function ConfusionTable(props: ConfusionTableProps) {
  const size = (): number => props.content.labels.length
  const shown = createMemo(() => props.content.labels.slice(0, MAX_CLASSES))
  const at = (row: number, column: number): number => props.content.values[row * size() + column] ?? 0
  const totals = createMemo(() =>
    shown().map((_, row) =>
      props.content.values.subarray(row * size(), (row + 1) * size()).reduce((sum, value) => sum + value, 0),
    ),
  )
  const most = createMemo(() =>
    props.content.values.reduce((most, value) => (value > most ? value : most), 0),
  )
  const [pointed, setPointed] = createSignal<readonly [number, number] | null>(null)
  const share = (row: number, column: number): number => at(row, column) / (totals()[row] || 1)
  const strength = (row: number, column: number): number => {
    const part = props.look === 'rows' ? share(row, column) : at(row, column) / (most() || 1)
    return Number.isFinite(part) ? Math.round(Math.min(1, Math.max(0, part)) * STRONGEST) : 0
  }
  const percent = (row: number, column: number): string => `${(100 * share(row, column)).toFixed(1)} %`
  const words = (row: number, column: number): string =>
    `actual ${shown()[row] ?? ''}, predicted ${shown()[column] ?? ''}: ${formatValue(at(row, column))}, ${percent(row, column)} of ${formatValue(totals()[row] ?? 0)}`
  const right = createMemo(() => {
    const { values } = props.content
    let [hits, all] = [0, 0]
    const { other } = props.content
    // What is no class is right nowhere.
    const classes = other > 0 ? size() - 1 : size()
    values.forEach((value, index) => {
      all += value
      const row = Math.floor(index / size())
      if (row === index % size() && row < classes) hits += value
    })
    const outside =
      other > 0 ? `; ${formatCount(other)} in “${props.content.labels.at(-1) ?? ''}”: no class` : ''
    return all > 0 ? `${((100 * hits) / all).toFixed(1)} % of ${formatCount(all)} right${outside}` : ''
  })

  return (
    <div class="confusion-table">
      <div class="confusion-table-scroll" tabindex={0} role="region" aria-label={props.label}>
        <table
          style={{ '--side': `${Math.round(Math.min(LARGEST, ROOM / Math.max(1, shown().length)))}px` }}
          onMouseLeave={() => setPointed(null)}
        >
          <caption class="visually-hidden">
            {props.label}: rows are actual classes, columns predicted ones
          </caption>
          <thead>
            <tr>
              <th scope="col" class="confusion-table-corner">
                actual / predicted
              </th>
              <For each={shown()}>
                {(label) => (
                  <th scope="col" title={label} dir="auto">
                    {label}
                  </th>
                )}
              </For>
            </tr>
          </thead>
          <tbody>
            <For each={shown()}>
              {(label, row) => (
                <tr>
                  <th scope="row" title={label} dir="auto">
                    {label}
                  </th>
                  <For each={shown()}>
                    {(_, column) => (
                      <td
                        classList={{ 'is-right': row() === column() }}
                        style={{ '--strength': `${strength(row(), column())}%` }}
                        title={words(row(), column())}
                        onMouseEnter={() => setPointed([row(), column()])}
                      >
                        {props.look === 'rows'
                          ? shareWords(share(row(), column()))
                          : countWords(at(row(), column()))}
                      </td>
                    )}
                  </For>
                </tr>
              )}
            </For>
          </tbody>
        </table>
      </div>
      <p class="confusion-table-words">
        <Show when={pointed()} fallback={right()}>
          {(cell) => words(...cell())}
        </Show>
        <Show when={size() > MAX_CLASSES}>
          <span>
            {' '}
            The first {MAX_CLASSES} of {formatCount(size())} classes are shown; download it for the rest.
          </span>
        </Show>
      </p>
    </div>
  )
}

/** Nothing is a dot, which leaves the diagonal to be seen. */
const NONE = '·'

function countWords(count: number): string {
  return count === 0 ? NONE : formatValue(count)
}

/** Parts of one with two decimals. */
function shareWords(share: number): string {
  return share === 0 ? NONE : share.toFixed(2)
}
