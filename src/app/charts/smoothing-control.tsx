import { For, Show } from 'solid-js'
import { alongTime } from '../experiment/create-chart-view.ts'
import { SMOOTHING_METHODS, type SmoothingMethod } from '../../protocol/windows.ts'
import { formatElapsed } from '../../widgets/time-format.ts'
import { formatValue } from '../../widgets/number-format.ts'
import { useExperiment } from '../experiment/experiment-context.ts'
import './smoothing-control.css'

const METHOD_WORDS: Readonly<Record<SmoothingMethod, string>> = {
  ema: 'Exponential',
  gaussian: 'Gaussian',
  mean: 'Running mean',
}
/** What the width of each is, for the reader of its number. */
const WIDTH_WORDS: Readonly<Record<SmoothingMethod, string>> = {
  ema: 'half-life',
  gaussian: 'deviation',
  mean: 'window',
}

/** The widest each unit is smoothed. Unit: steps, and milliseconds from a second to a day. */
const MOST_STEPS = 100_000
const LEAST_MS = 1_000
const MOST_MS = 86_400_000
const NOTCHES = 100
const FIRST_NOTCH = 25

/** How lines are smoothed, and how much. */
export function SmoothingControl() {
  const { view } = useExperiment()
  const isTime = (): boolean => alongTime(view.x())
  const least = (): number => (isTime() ? LEAST_MS : 1)
  const most = (): number => (isTime() ? MOST_MS : MOST_STEPS)
  const widthAt = (notch: number): number => rounded(least() * (most() / least()) ** (notch / NOTCHES))
  const notchOf = (width: number): number =>
    Math.round((NOTCHES * Math.log(width / least())) / Math.log(most() / least()))
  const widthWords = (width: number): string =>
    isTime() ? formatElapsed(width, 1_000) : `${formatValue(width, 2)} ${width === 1 ? 'step' : 'steps'}`

  return (
    <div class="smoothing-control">
      <label class="smoothing-control-method">
        <span>Smoothing</span>
        <select
          class="inline-select"
          onChange={(event) => {
            const method = SMOOTHING_METHODS.find((each) => each === event.currentTarget.value)
            const width = view.smoothing()?.width ?? widthAt(FIRST_NOTCH)
            view.setSmoothing(method === undefined ? null : { method, width })
          }}
        >
          <option value="" selected={view.smoothing() === null}>
            off
          </option>
          <For each={SMOOTHING_METHODS}>
            {(method) => (
              <option value={method} selected={view.smoothing()?.method === method}>
                {METHOD_WORDS[method]}
              </option>
            )}
          </For>
        </select>
      </label>
      <Show when={view.smoothing()}>
        {(smoothing) => (
          <label class="smoothing-control-width">
            <span class="visually-hidden">How much</span>
            <input
              type="range"
              min={0}
              max={NOTCHES}
              value={notchOf(smoothing().width)}
              aria-valuetext={`${WIDTH_WORDS[smoothing().method]} ${widthWords(smoothing().width)}`}
              onInput={(event) =>
                view.setSmoothing({
                  method: smoothing().method,
                  width: widthAt(event.currentTarget.valueAsNumber),
                })
              }
            />
            <span class="smoothing-control-words" title={WIDTH_WORDS[smoothing().method]}>
              {widthWords(smoothing().width)}
            </span>
          </label>
        )}
      </Show>
    </div>
  )
}

/** To two digits: nobody means 31.6 steps. */
function rounded(width: number): number {
  const unit = 10 ** (Math.floor(Math.log10(width)) - 1)
  return Math.max(1, Math.round(width / unit) * unit)
}
