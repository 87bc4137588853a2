import EllipsisVertical from 'lucide-solid/icons/ellipsis-vertical'
import { createSignal, For, Show, Suspense } from 'solid-js'
import type { ControlStanding } from '../../protocol/control.ts'
import { Button } from '../../widgets/button.tsx'
import { IconButton } from '../../widgets/icon-button.tsx'
import { LiveDot } from '../../widgets/live-dot.tsx'
import { Menu } from '../../widgets/menu.tsx'
import { PausedDot } from '../../widgets/paused-dot.tsx'
import { formatDuration } from '../../widgets/time-format.ts'
import { createControl, type ControlState } from '../experiment/create-control.ts'
import { controlEntries, type ControlEntry, type RunMenuDeeds } from '../runs/run-menu-entries.ts'
import { createClock } from '../shell/create-clock.ts'
import { useToasts } from '../shell/create-toasts.ts'
import { lazyView } from '../shell/lazy-view.ts'
import { useTrainings, type RunningTraining } from './create-trainings.ts'
import './training-bars.css'

const ForkCode = lazyView(async () => (await import('../runs/run-code.tsx')).ForkCode)

/** The trainings that run in this tab, each with a hand on it. They have a place of their own, so that nothing moves when one starts or ends. */
export function TrainingBars() {
  const trainings = useTrainings()
  const now = createClock(() => trainings.running().length > 0)
  const control = createControl(useToasts())
  return (
    <div class="training-bars">
      <For each={trainings.running()}>
        {(training) => <TrainingBar training={training} control={control} now={now()} />}
      </For>
    </div>
  )
}

interface TrainingBarProps {
  readonly training: RunningTraining
  readonly control: ControlState
  readonly now: number
}

function TrainingBar(props: TrainingBarProps) {
  const { control, training } = props
  const { title } = training.demo
  const [menuAt, setMenuAt] = createSignal<HTMLElement | null>(null)
  const [isForking, setForking] = createSignal(false)
  const standing = (): ControlStanding | undefined => {
    const runId = training.runId()
    return runId === null ? undefined : control.standing(runId)
  }
  const isPaused = (): boolean => standing()?.state === 'paused'

  function stop(): void {
    training.stop()
    // One that is paused looks at nothing else.
    const held = standing()
    if (held !== undefined) control.ask(held.runId, title, { type: 'stop' })
  }

  const deeds: Pick<RunMenuDeeds, 'ask' | 'control'> = {
    ask: (what) => (what === 'fork' ? setForking(true) : stop()),
    control: (type) => control.ask(training.runId() ?? '', title, { type }),
  }
  /** Of a training that answers; a sweep has nothing but its stop, which is there at once. */
  const entries = (): readonly ControlEntry[] =>
    standing() === undefined ? [] : controlEntries({ standing: standing(), isRunning: true }, deeds)
  const pause = (): ControlEntry | undefined => entries()[0]

  return (
    <section class="training-bars-one" aria-label={`${title} training`}>
      <p class="training-bars-words">
        <Show when={isPaused()} fallback={<LiveDot label="live" />}>
          <PausedDot />
        </Show>
        <strong>{title}</strong>
        <span class="training-bars-time">{formatDuration(Math.max(0, props.now - training.startedAt))}</span>
      </p>
      <p class="training-bars-progress" title={training.progress()}>
        {training.progress() || (isPaused() ? 'paused' : 'trains in this tab')}
      </p>
      <div class="training-bars-deeds">
        <Show when={pause()}>
          {(entry) => (
            <Button disabled={entry().disabled ?? false} onClick={() => entry().run()}>
              {entry().text}
            </Button>
          )}
        </Show>
        <Button disabled={training.stopping()} onClick={stop}>
          {training.stopping() ? 'Stopping' : 'Stop'}
        </Button>
        <Show when={pause()}>
          <IconButton
            label={`What can be done with ${title}`}
            aria-haspopup="menu"
            onClick={(event: MouseEvent & { readonly currentTarget: HTMLElement }) =>
              setMenuAt(event.currentTarget)
            }
          >
            <EllipsisVertical size={14} />
          </IconButton>
        </Show>
      </div>
      <Show when={menuAt()} keyed>
        {(anchor) => (
          <Menu label={title} entries={entries()} anchor={anchor} onClose={() => setMenuAt(null)} />
        )}
      </Show>
      <Show when={isForking() && training.runId()}>
        {(runId) => (
          <Suspense>
            <ForkCode name={title} from={runId()} onClose={() => setForking(false)} />
          </Suspense>
        )}
      </Show>
    </section>
  )
}
