import Square from 'lucide-solid/icons/square'
import { For, Show } from 'solid-js'
import { Banner } from '../../widgets/banner.tsx'
import { Button } from '../../widgets/button.tsx'
import { LiveDot } from '../../widgets/live-dot.tsx'
import { formatDuration } from '../../widgets/time-format.ts'
import { createClock } from '../shell/create-clock.ts'
import { useTrainings } from './create-trainings.ts'
import './training-bars.css'

/** The trainings that run in this tab, each with its stop. */
export function TrainingBars() {
  const trainings = useTrainings()
  const now = createClock(() => trainings.running().length > 0)
  return (
    <div class="training-bars">
      <For each={trainings.running()}>
        {(training) => (
          <Banner
            tone="plain"
            label={`${training.demo.title} training`}
            actions={
              <Button disabled={training.stopping()} onClick={() => training.stop()}>
                <Square size={12} />
                {training.stopping() ? 'Stopping' : 'Stop'}
              </Button>
            }
          >
            <LiveDot label="live" />
            <strong>{training.demo.title}</strong>
            <span>trains in this tab, {formatDuration(Math.max(0, now() - training.startedAt))}</span>
            <Show when={training.progress()}>
              {(words) => <span class="training-bars-progress">{words()}</span>}
            </Show>
          </Banner>
        )}
      </For>
    </div>
  )
}
