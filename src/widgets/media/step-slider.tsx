import Pause from 'lucide-solid/icons/pause'
import Play from 'lucide-solid/icons/play'
import { createEffect, createSignal, on, onCleanup } from 'solid-js'
import { IconButton } from '../icon-button.tsx'
import { formatStep, formatPlural } from '../number-format.ts'
import './step-slider.css'

interface StepSliderProps {
  /** What it is about. */
  readonly label: string
  /** From small to large; at least two. */
  readonly steps: readonly number[]
  /** Null for the latest. */
  readonly step: number | null
  onStep(step: number | null): void
}

/** Fast enough to see a movement, slow enough to see each step. Unit: milliseconds. */
const PLAY_PAUSE_MS = 400

/** Chooses a step among those there are; the last one stays the last when more come. */
export function StepSlider(props: StepSliderProps) {
  const [isPlaying, setPlaying] = createSignal(false)
  const last = (): number => props.steps.length - 1
  const at = (): number => {
    const { step } = props
    if (step === null) return last()
    const after = props.steps.findIndex((each) => each > step)
    return after < 0 ? last() : Math.max(0, after - 1)
  }
  const stepAt = (): number => props.steps[at()] ?? 0
  const choose = (index: number): void => props.onStep(index >= last() ? null : (props.steps[index] ?? null))
  const words = (): string =>
    props.step === null ? `step ${formatStep(stepAt())}, the latest` : `step ${formatStep(stepAt())}`

  createEffect(
    on(isPlaying, (playing) => {
      if (!playing) return
      if (at() === last()) choose(0)
      const timer = setInterval(() => {
        if (at() >= last()) setPlaying(false)
        else choose(at() + 1)
      }, PLAY_PAUSE_MS)
      onCleanup(() => clearInterval(timer))
    }),
  )

  return (
    <div class="step-slider">
      <IconButton
        class="step-slider-play"
        label={isPlaying() ? `Stop playing ${props.label}` : `Play ${props.label} step by step`}
        onClick={() => setPlaying(!isPlaying())}
      >
        {isPlaying() ? <Pause size={14} /> : <Play size={14} />}
      </IconButton>
      <input
        type="range"
        min={0}
        max={Math.max(0, last())}
        step={1}
        value={at()}
        style={{ '--part': last() > 0 ? at() / last() : 1 }}
        aria-label={`Step of ${props.label}`}
        aria-valuetext={words()}
        onInput={(event) => {
          setPlaying(false)
          choose(event.currentTarget.valueAsNumber)
        }}
      />
      <span class="step-slider-words">
        {words()}
        <span class="step-slider-count"> of {formatPlural(props.steps.length, 'step')}</span>
      </span>
    </div>
  )
}
