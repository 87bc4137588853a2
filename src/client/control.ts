import { nextTask } from '../model/event-loop.ts'
import type { RunEvent } from '../model/run.ts'
import type { RunId, Step, UnixMs } from '../model/units.ts'
import { toControlText, type ControlCommand, type ControlMessage } from '../protocol/control.ts'
import { onAlertRaised } from './alert-notices.ts'
import { openControlChannel, type OpenControlChannel } from './control-channel.ts'
import { createLiveParams, type LiveParams } from './live-params.ts'
import { describeThrown } from './refusals.ts'
import { createCourse, type RunCourse } from './run-course.ts'
import { warnOnce } from './warn.ts'

/** What a training lets others do at its barrier. */
export interface BarrierOptions<P extends LiveParams> {
  /** Numbers that may be set while it runs, as they are now. */
  readonly params?: P
  /** Called when one was set, before the barrier answers. */
  readonly onParam?: (name: keyof P & string, value: number) => void
  /** Stores a checkpoint; the training waits for it. */
  readonly checkpoint?: () => unknown
}

/** What a training does next. */
export interface Barrier<P extends LiveParams> {
  /** Somebody, or an alert, asked it to stop. */
  readonly stop: boolean
  /** The params it passed, as they were set. */
  readonly params: P
}

/** The training's end of the control of one run. */
export interface RunControl {
  /** Resolves when the training may go on. Never rejects. Cost: a few hundred nanoseconds while nothing is asked. */
  barrier(options: BarrierOptions<LiveParams>): Promise<Barrier<LiveParams>>
  /** Lets everybody go who waits: the run has ended. */
  close(): void
}

export interface ControlOptions {
  readonly runId: RunId
  readonly lastStep: () => Step | null
  readonly addEvent: (event: RunEvent) => void
  /** Hears what somebody set, or the training anew after that, what it was before, and at which step. */
  readonly onParamSet: (name: string, value: number, before: number, step: Step | null) => void
  readonly openChannel?: OpenControlChannel
  readonly onAlert?: typeof onAlertRaised
}

/** How often a training that never waits hears what is asked, and how often others and the store hear of its params. Unit: milliseconds. */
const BREATH_MS = 50
const SAY_MS = 1_000

/** More commands than this before the next barrier are no person's. */
const MAX_WAITING = 100

/** What the training set anew of what somebody had set. */
interface SetAnew {
  readonly value: number
  readonly before: number
  readonly step: Step | null
}

interface Asked {
  readonly id: string
  readonly command: ControlCommand
}

const errorWords = (thrown: unknown): string =>
  toControlText(thrown instanceof Error ? thrown.message : describeThrown(thrown))

/** Listens for commands and carries them out at the barrier, each of them an event of the run. */
export function createControl({
  runId,
  lastStep,
  addEvent,
  onParamSet,
  openChannel = openControlChannel,
  onAlert = onAlertRaised,
}: ControlOptions): RunControl {
  const params = createLiveParams()
  const course = createCourse(note)
  const asked: Asked[] = []
  const waiting = new Set<() => void>()
  /** By name, the last of each: a schedule may go on at every step. */
  const anew = new Map<string, SetAnew>()
  let toldAt = Number.NEGATIVE_INFINITY
  let onSet: BarrierOptions<LiveParams>['onParam']
  let store: BarrierOptions<LiveParams>['checkpoint']
  let isClosed = false
  let breathedAt = Number.NEGATIVE_INFINITY
  let said = ''
  let saidAt = Number.NEGATIVE_INFINITY
  let answer = Promise.resolve<Barrier<LiveParams>>({ stop: false, params: {} })

  const channel = openChannel(hear)
  const stopListening = onAlert((alert) => {
    if (alert.runId === runId && alert.stops) {
      stop(`stop asked by an alert: ${alert.text}`)
      wakeAll()
      say()
    }
  })

  function hear(message: ControlMessage): void {
    if (message.type === 'whoIsThere') return say(true)
    if (message.type !== 'command' || message.runId !== runId || asked.length >= MAX_WAITING) return
    asked.push(message)
    wakeAll()
  }

  /** Whatever a training passes, nothing is thrown into its loop. */
  function read(given: BarrierOptions<LiveParams>): void {
    try {
      const { params: passed, onParam, checkpoint } = given
      onSet = onParam
      store = checkpoint
      if (passed !== undefined && params.pass(passed, noteAnew)) changeAnswer()
      if (anew.size > 0 && performance.now() - toldAt >= SAY_MS) tellAnew()
    } catch (thrown) {
      warnOnce(`what a barrier was passed is unreadable: ${describeThrown(thrown)}`)
    }
  }

  function noteAnew(name: string, value: number, before: number): void {
    anew.set(name, { value, before: anew.get(name)?.before ?? before, step: lastStep() })
  }

  function tellAnew(): void {
    toldAt = performance.now()
    for (const [name, { value, before, step }] of anew) onParamSet(name, value, before, step)
    anew.clear()
  }

  function wakeAll(): void {
    for (const wake of waiting) wake()
    waiting.clear()
  }

  /** Tells dashboards how the run stands, unless they know. */
  function say(isAsked = false): void {
    const standing = {
      runId,
      state: course.state,
      step: lastStep(),
      params: params.list(),
      takesCheckpoints: typeof store === 'function',
    } as const
    const { step: _, ...lasting } = standing
    const text = JSON.stringify(lasting)
    if (!isAsked && text === said) return
    said = text
    saidAt = performance.now()
    channel.post({ type: 'standing', standing })
  }

  function note(text: string, from: UnixMs | null = null): void {
    const now = Date.now()
    addEvent({
      kind: 'control',
      time: from ?? now,
      until: from === null ? null : now,
      step: lastStep(),
      text,
    })
  }

  function changeAnswer(): void {
    answer = Promise.resolve({ stop: course.state === 'stopping' || isClosed, params: params.current() })
  }

  function stop(text: string): void {
    if (course.stop(text)) changeAnswer()
  }

  function setParam(name: string, value: number): string | null {
    const before = params.set(name, value)
    if (before === undefined) return `this run has no live param ${name}`
    note(`${name} ${before} → ${value}`)
    anew.delete(name)
    onParamSet(name, value, before, lastStep())
    changeAnswer()
    onSet?.(name, value)
    return null
  }

  async function take({ id, command }: Asked): Promise<void> {
    channel.post({ type: 'taken', runId, id })
    let problem: string | null
    try {
      problem = await carryOut(command, { course, stop, note, setParam, checkpoint: store })
    } catch (thrown) {
      problem = errorWords(thrown)
    }
    if (isClosed) return
    say()
    channel.post({ type: 'done', runId, id, problem: problem === null ? null : toControlText(problem) })
  }

  async function wait(): Promise<Barrier<LiveParams>> {
    if (performance.now() - breathedAt >= BREATH_MS) {
      await nextTask()
      breathedAt = performance.now()
    }
    if (!isClosed && breathedAt - saidAt >= SAY_MS) say()
    for (;;) {
      if (isClosed) break
      const next = asked.shift()
      if (next !== undefined) await take(next)
      else if (course.passes()) break
      else await new Promise<void>((resolve) => waiting.add(resolve))
    }
    return answer
  }

  return {
    barrier(given) {
      read(given)
      const isQuiet = asked.length === 0 && course.state !== 'paused'
      if (isClosed || (isQuiet && performance.now() - breathedAt < BREATH_MS)) return answer
      return wait()
    },
    close() {
      if (isClosed) return
      course.resume()
      isClosed = true
      stopListening()
      tellAnew()
      changeAnswer()
      wakeAll()
      channel.post({ type: 'gone', runId })
      channel.close()
    },
  }
}

/** What commands can do to a training. */
interface Deeds {
  readonly course: RunCourse
  readonly checkpoint: BarrierOptions<LiveParams>['checkpoint'] | undefined
  stop(text: string): void
  note(text: string): void
  /** Answers why it could not, null when it could. */
  setParam(name: string, value: number): string | null
}

/** Carries out one command; answers why it could not, null when it could. */
async function carryOut(command: ControlCommand, deeds: Deeds): Promise<string | null> {
  switch (command.type) {
    case 'pause':
      deeds.course.pause()
      return null
    case 'resume':
      deeds.course.resume()
      return null
    case 'step':
      return deeds.course.allowStep() ? null : 'only a paused run can take one step'
    case 'stop':
      deeds.stop('stop asked')
      return null
    case 'setParam':
      return deeds.setParam(command.name, command.value)
    case 'checkpoint': {
      const { checkpoint } = deeds
      if (typeof checkpoint !== 'function') return 'this run takes no checkpoints'
      deeds.note('checkpoint asked')
      await checkpoint()
      return null
    }
  }
}
