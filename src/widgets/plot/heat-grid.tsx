import { createSignal, For, Show } from 'solid-js'
import { readableOn } from './color-ramp.ts'
import './heat-grid.css'

/** What stands in one place of a heat map. */
export interface HeatGridCell {
  readonly text: string
  /** Beneath it, smaller. */
  readonly note: string
  /** As plain as computed styles have it; null where there is no number. */
  readonly color: string | null
  /** All that is known of it, said while it is pointed at. */
  readonly words: string
}

interface HeatGridProps {
  readonly label: string
  readonly x: { readonly label: string; readonly bins: readonly string[] }
  /** From the bottom to the top. */
  readonly y: { readonly label: string; readonly bins: readonly string[] }
  /** null where nothing is. */
  cell(x: number, y: number): HeatGridCell | null
  /** Said while nothing is pointed at. */
  readonly hint: string
  onPick(x: number, y: number): void
}

/** Numbers by two things as colours, which can be pointed at and picked. */
export function HeatGrid(props: HeatGridProps) {
  const [pointed, setPointed] = createSignal<string | null>(null)
  /** Rows of a table come from the top. */
  const upside = (): readonly (readonly [string, number])[] =>
    props.y.bins.map((text, place) => [text, place] as const).toReversed()

  return (
    <div class="heat-grid">
      <div class="heat-grid-scroller" tabindex={0} role="region" aria-label={props.label}>
        <table>
          <thead>
            <tr>
              <td class="heat-grid-corner" rowspan={2} dir="auto">
                {props.y.label}
              </td>
              <td class="heat-grid-x" colspan={props.x.bins.length} dir="auto">
                {props.x.label}
              </td>
            </tr>
            <tr>
              <For each={props.x.bins}>
                {(text) => (
                  <th scope="col" dir="auto" title={text}>
                    {text}
                  </th>
                )}
              </For>
            </tr>
          </thead>
          <tbody>
            <For each={upside()}>
              {([text, y]) => (
                <tr>
                  <th scope="row" dir="auto" title={text}>
                    {text}
                  </th>
                  <For each={props.x.bins}>
                    {(_, x) => (
                      <td>
                        <Show when={props.cell(x(), y)}>
                          {(cell) => (
                            <button
                              type="button"
                              class="heat-grid-cell"
                              style={lookOf(cell().color)}
                              onMouseEnter={() => setPointed(cell().words)}
                              onMouseLeave={() => setPointed(null)}
                              onFocus={() => setPointed(cell().words)}
                              onBlur={() => setPointed(null)}
                              onClick={() => props.onPick(x(), y)}
                            >
                              <span aria-hidden="true">{cell().text}</span>
                              <span class="heat-grid-note" aria-hidden="true">
                                {cell().note}
                              </span>
                              <span class="visually-hidden">{cell().words}</span>
                            </button>
                          )}
                        </Show>
                      </td>
                    )}
                  </For>
                </tr>
              )}
            </For>
          </tbody>
        </table>
      </div>
      <p class="heat-grid-words" dir="auto">
        {pointed() ?? props.hint}
      </p>
    </div>
  )
}

/** On a colour between those of a theme neither its ink nor its surface is surely read. */
const INKS = ['#000000', '#ffffff']

function lookOf(color: string | null) {
  return color === null ? {} : { background: color, color: readableOn(color, INKS) }
}
