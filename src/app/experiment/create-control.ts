import { createSignal, onCleanup } from 'solid-js'
import { openControlChannel } from '../../client/control-channel.ts'
import { createId, type RunId } from '../../model/units.ts'
import type { ControlCommand, ControlMessage, ControlStanding } from '../../protocol/control.ts'
import { holdBusy } from '../tracker/idle.ts'

/** What can be asked of trainings that run, in whichever tab or worker. */
export interface ControlState {
  /** How a run stands that can be asked; undefined for all others. */
  standing(runId: RunId): ControlStanding | undefined
  /** The same, or how one stood last that was heard of and cannot be asked any more. */
  lastStanding(runId: RunId): ControlStanding | undefined
  /** Whether something was asked of it for longer than a training should need to take it. */
  isSilent(runId: RunId): boolean
  /** `name` is what the run is called where something is said of it. */
  ask(runId: RunId, name: string, command: ControlCommand): void
}

/** A training that is at its barrier now and then has taken a command by then. */
const PATIENCE_MS = 3_000

interface Words {
  say(text: string): void
  complain(text: string): void
}

interface Heard {
  readonly standing: ControlStanding
  readonly isGone: boolean
}

interface Asked {
  readonly runId: RunId
  readonly name: string
  readonly command: ControlCommand
  settle(): void
}

/** Hears of every training of the origin that can be asked. */
export function createControl({ say, complain }: Words): ControlState {
  const [heard, setHeard] = createSignal<ReadonlyMap<RunId, Heard>>(new Map())
  const [silent, setSilent] = createSignal<ReadonlySet<RunId>>(new Set<RunId>())
  const asked = new Map<string, Asked>()

  function hear(message: ControlMessage): void {
    switch (message.type) {
      case 'standing': {
        const { standing } = message
        return void setHeard((known) => new Map(known).set(standing.runId, { standing, isGone: false }))
      }
      case 'gone':
        setHeard(
          (known) =>
            new Map(
              [...known].map(([id, each]) => [id, id === message.runId ? { ...each, isGone: true } : each]),
            ),
        )
        for (const [id, { runId }] of asked) if (runId === message.runId) settle(id)
        return
      case 'taken':
        return take(message.id)
      case 'done': {
        const done = settle(message.id)
        if (done === undefined) return
        if (message.problem !== null) complain(`${done.name}: ${message.problem}.`)
        else if (done.command.type === 'checkpoint') say(`${done.name} stored a checkpoint.`)
        return
      }
      default:
    }
  }

  function take(id: string): void {
    const taken = asked.get(id)
    if (taken === undefined) return
    taken.settle()
    setSilent((runs) => new Set([...runs].filter((runId) => runId !== taken.runId)))
  }

  function settle(id: string): Asked | undefined {
    const settled = asked.get(id)
    take(id)
    asked.delete(id)
    return settled
  }

  const channel = openControlChannel(hear)
  onCleanup(() => {
    for (const id of asked.keys()) settle(id)
    channel.close()
  })
  channel.post({ type: 'whoIsThere' })

  return {
    standing(runId) {
      const known = heard().get(runId)
      return known?.isGone === false ? known.standing : undefined
    },
    lastStanding: (runId) => heard().get(runId)?.standing,
    isSilent: (runId) => silent().has(runId),
    ask(runId, name, command) {
      const id = createId()
      const release = holdBusy()
      const timer = setTimeout(() => {
        release()
        setSilent((runs) => new Set([...runs, runId]))
      }, PATIENCE_MS)
      asked.set(id, {
        runId,
        name,
        command,
        settle() {
          clearTimeout(timer)
          release()
        },
      })
      channel.post({ type: 'command', runId, id, command })
    },
  }
}
