import { createMemo, createSignal, For, Show } from 'solid-js'
import type { ConfusionContent } from '../../model/media-content/confusion-matrix-content.ts'
import { formatValue } from '../number-format.ts'
import { confusionCounts } from './confusion-counts.ts'
import { ConfusionMap } from './confusion-map.tsx'
import './confusion-table.css'

export const CONFUSION_LOOKS = ['counts', 'rows'] as const
export type ConfusionLook = (typeof CONFUSION_LOOKS)[number]

interface ConfusionTableProps {
  readonly content: ConfusionContent
  readonly label: string
  readonly look: ConfusionLook
}

/** More classes than this are a map: each cell of a table is an element. */
const MAX_CLASSES = 60
/** Cells share this room, but grow no larger than their text needs. Unit: CSS pixels. */
const ROOM = 204
const LARGEST = 52
/** The strongest colour a text can still be read on. Unit: per cent. */
const STRONGEST = 44

/** How often each class was taken for each other; the stronger a cell, the more of its row. */
export function ConfusionTable(props: ConfusionTableProps) {
  return (
    <Show when={props.content.labels.length > MAX_CLASSES} fallback={<Cells {...props} />}>
      <ConfusionMap {...props} />
    </Show>
  )
}

function Cells(props: ConfusionTableProps) {
  const shown = (): readonly string[] => props.content.labels
  const counts = createMemo(() => confusionCounts(props.content))
  const at = (row: number, column: number): number => counts().at(row, column)
  const share = (row: number, column: number): number => counts().share(row, column)
  const [pointed, setPointed] = createSignal<readonly [number, number] | null>(null)
  const strength = (row: number, column: number): number => {
    const part = props.look === 'rows' ? share(row, column) : at(row, column) / (counts().most || 1)
    return Number.isFinite(part) ? Math.round(Math.min(1, Math.max(0, part)) * STRONGEST) : 0
  }

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
                        title={counts().words(row(), column())}
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
        <Show when={pointed()} fallback={counts().summary}>
          {(cell) => counts().words(...cell())}
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
