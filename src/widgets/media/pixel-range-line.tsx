import { For, Show } from 'solid-js'
import type { PixelRange } from '../../model/media-content/pixel-range.ts'
import {
  PIXEL_CHOICES,
  choicesOf,
  isPixelChoice,
  rangeWords,
  remapOf,
  type PixelChoice,
} from './pixel-choices.ts'
import './pixel-range-line.css'

interface PixelRangeLineProps {
  readonly range: PixelRange
  readonly choice: PixelChoice
  /** Of the filter that a picture names to be drawn by the choice. */
  readonly filterId: string
  /** What it is about. */
  readonly label: string
  onChoice(choice: PixelChoice): void
}

/** Which numbers are black and white in a picture, and a choice of others. */
export function PixelRangeLine(props: PixelRangeLineProps) {
  const remap = () => remapOf(props.range, props.choice)
  return (
    <p class="pixel-range-line">
      <span>{rangeWords(props.range, props.choice)}</span>
      <select
        class="inline-select"
        aria-label={`Range of ${props.label}`}
        title="Of pixels of 8 bits: what was cut when it was logged stays cut. Downloads stay as logged."
        value={props.choice}
        onChange={({ currentTarget }) => {
          if (isPixelChoice(currentTarget.value)) props.onChoice(currentTarget.value)
        }}
      >
        <For each={choicesOf(props.range)}>
          {(choice) => <option value={choice}>{PIXEL_CHOICES[choice]}</option>}
        </For>
      </select>
      <Show when={remap()}>
        {(linear) => (
          <svg class="visually-hidden" aria-hidden="true">
            <filter id={props.filterId} color-interpolation-filters="sRGB">
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
  )
}
