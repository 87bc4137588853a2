import { For } from 'solid-js'
import { PALETTE } from './run-colors.ts'
import { RunDot } from '../../widgets/run-dot.tsx'
import './color-picker.css'

interface ColorPickerProps {
  /** null: the colour of its place in the order of start. */
  readonly value: string | null
  onPick(color: string | null): void
}

const NAMES = ['blue', 'amber', 'green', 'pink', 'violet', 'yellow', 'teal', 'orange']

/** The eight colours that stay apart for everyone, and the automatic one. */
export function ColorPicker(props: ColorPickerProps) {
  return (
    <fieldset class="color-picker">
      <legend class="visually-hidden">Colour</legend>
      <label class="color-picker-auto">
        <input
          class="visually-hidden"
          type="radio"
          name="run-color"
          checked={props.value === null}
          onChange={() => props.onPick(null)}
        />
        Automatic
      </label>
      <For each={PALETTE}>
        {(color, index) => (
          <label title={NAMES[index()]}>
            <input
              class="visually-hidden"
              type="radio"
              name="run-color"
              aria-label={NAMES[index()]}
              checked={props.value === color}
              onChange={() => props.onPick(color)}
            />
            <RunDot color={color} stroke={0} />
          </label>
        )}
      </For>
    </fieldset>
  )
}
