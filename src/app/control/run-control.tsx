import CirclePause from 'lucide-solid/icons/circle-pause'
import CirclePlay from 'lucide-solid/icons/circle-play'
import CircleStop from 'lucide-solid/icons/circle-stop'
import Save from 'lucide-solid/icons/save'
import StepForward from 'lucide-solid/icons/step-forward'
import { createSignal, Index, Show } from 'solid-js'
import type { RunId } from '../../model/units.ts'
import type { ControlCommand, ControlStanding } from '../../protocol/control.ts'
import { useCommands } from '../shell/create-commands.ts'
import { Button } from '../../widgets/button.tsx'
import { useExperiment } from '../experiment/experiment-context.ts'
import { LiveParamField } from './live-param-field.tsx'
import { StopDialog } from './stop-dialog.tsx'
import './run-control.css'

interface RunControlProps {
  readonly runId: RunId
  readonly name: string
  /** How it stands, or stood last. */
  readonly standing: ControlStanding
  readonly hasEnded: boolean
}

/** What can be asked of a training that runs and answers, or could be. */
export function RunControl(props: RunControlProps) {
  const { control } = useExperiment()
  const [isStopOffered, setStopOffered] = createSignal(false)
  const isPaused = (): boolean => props.standing.state === 'paused'
  const isStopping = (): boolean => props.standing.state === 'stopping'
  /** Whether nothing more can be asked of it. */
  const isOver = (): boolean => props.hasEnded || control.standing(props.runId) === undefined
  const isOff = (): boolean => isStopping() || isOver()
  const ask = (command: ControlCommand): void => control.ask(props.runId, props.name, command)
  const words = (): string => {
    if (props.hasEnded) return 'The run has ended; this is how it last stood.'
    if (isOver()) return 'It takes no commands now; this is how it last stood.'
    if (control.isSilent(props.runId))
      return 'The training does not answer. What was asked is done when it reaches its next barrier.'
    return isStopping() ? 'Asked to stop.' : ''
  }
  const pauseOrResume = (): void => ask({ type: isPaused() ? 'resume' : 'pause' })

  useCommands().offer(() => {
    const [group, { name }] = ['Run', props]
    if (isOff()) return []
    return [
      { title: `${isPaused() ? 'Resume' : 'Pause'} ${name}`, group, key: 'p', run: pauseOrResume },
      ...(isPaused()
        ? [{ title: `Let ${name} take one step`, group, key: 'n', run: () => ask({ type: 'step' }) }]
        : []),
      ...(props.standing.takesCheckpoints
        ? [{ title: `Store a checkpoint of ${name}`, group, run: () => ask({ type: 'checkpoint' }) }]
        : []),
      { title: `Stop ${name}`, group, run: () => setStopOffered(true) },
    ]
  })

  return (
    <section class="run-control" aria-label="Control">
      <div class="run-control-buttons">
        <Button disabled={isOff()} onClick={pauseOrResume}>
          <Show when={isPaused()} fallback={<CirclePause size={14} />}>
            <CirclePlay size={14} />
          </Show>
          {isPaused() ? 'Resume' : 'Pause'}
        </Button>
        <Button
          disabled={!isPaused() || isOff()}
          title="Goes on to the next barrier of the training"
          onClick={() => ask({ type: 'step' })}
        >
          <StepForward size={14} />
          Step
        </Button>
        <Button disabled={isOff()} onClick={() => setStopOffered(true)}>
          <CircleStop size={14} />
          Stop
        </Button>
        <Show when={props.standing.takesCheckpoints}>
          <Button disabled={isOff()} onClick={() => ask({ type: 'checkpoint' })}>
            <Save size={14} />
            Checkpoint
          </Button>
        </Show>
      </div>
      <Show when={props.standing.params.length > 0}>
        <div class="run-control-params">
          <Index each={props.standing.params}>
            {(param) => (
              <LiveParamField
                name={param().name}
                value={param().value}
                disabled={isOff()}
                onSet={(value) => ask({ type: 'setParam', name: param().name, value })}
              />
            )}
          </Index>
        </div>
      </Show>
      <p class="run-control-words" role="status">
        {words()}
      </p>
      <Show when={isStopOffered() && !isOver()}>
        <StopDialog
          name={props.name}
          onStop={() => ask({ type: 'stop' })}
          onClose={() => setStopOffered(false)}
        />
      </Show>
    </section>
  )
}
