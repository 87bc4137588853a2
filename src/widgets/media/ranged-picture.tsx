import { createSignal, createUniqueId, For, Show, type Accessor, type JSX } from 'solid-js'
import type { PixelRange } from '../../model/media-content/pixel-range.ts'
import {
  PIXEL_CHOICES,
  choicesOf,
  filterOf,
  isPixelChoice,
  rangeWords,
  remapOf,
  type Ends,
  type PixelChoice,
} from './pixel-choices.ts'
import './ranged-picture.css'

interface RangedPictureProps {
  /** Null where there is nothing to choose: its colours are no numbers. */
  readonly range: PixelRange | null
  /** Black and white that several pictures share; null where there are none. */
  readonly shared?: Ends | null
  /** What it is about. */
  readonly label: string
  /** Draws it under a filter of CSS; undefined as it was logged. */
  children(filter: Accessor<string | undefined>): JSX.Element
}

/** A picture or film, which of its numbers are black and white, and a choice of others. */
export function RangedPicture(props: RangedPictureProps) {
  const filterId = createUniqueId()
  const shared = (): Ends | null => props.shared ?? null
  const [chosen, setChosen] = createSignal<PixelChoice | null>(null)
  const choice = (): PixelChoice => chosen() ?? (shared() === null ? 'logged' : 'shared')
  return (
    <>
      {props.children(() => filterOf(props.range, choice(), filterId, shared()))}
      <Show when={props.range}>
        {(range) => (
          <p class="ranged-picture-line">
            <span>{rangeWords(range(), choice(), shared())}</span>
            <select
              class="inline-select"
              aria-label={`Range of ${props.label}`}
              title="Of pixels of 8 bits: what was cut when it was logged stays cut. Downloads stay as logged."
              value={choice()}
              onChange={({ currentTarget }) => {
                if (isPixelChoice(currentTarget.value)) setChosen(currentTarget.value)
              }}
            >
              <For each={choicesOf(range(), shared())}>
                {(each) => <option value={each}>{PIXEL_CHOICES[each]}</option>}
              </For>
            </select>
            <Show when={remapOf(range(), choice(), shared())}>
              {(linear) => (
                <svg class="visually-hidden" aria-hidden="true">
                  <filter id={filterId} color-interpolation-filters="sRGB">
                    <feComponentTransfer>
                      <feFuncR type="linear" slope={linear().slope} intercept={linear().intercept} />
                      <feFuncG type="linear" slope={linear().slope} intercept={linear().intercept} />
                      <feFuncB type="linear" slope={linear().slope} intercept={linear().intercept} />
                    </feComponentTransfer>
                  </filter>
                </svg>
              )}
            </Show>
          </p>
        )}
      </Show>
    </>
  )
}
