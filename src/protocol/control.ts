import { isStep, type RunId, type Step } from '../model/units.ts'

/** Where dashboards and trainings of the origin meet; both only ever parse what is said here. */
export const CONTROL_CHANNEL = 'kymo:control'

/** What somebody asks of a training that runs. */
export type ControlCommand =
  | { readonly type: 'pause' }
  | { readonly type: 'resume' }
  /** Lets a paused training go on to its next barrier. */
  | { readonly type: 'step' }
  | { readonly type: 'stop' }
  | { readonly type: 'checkpoint' }
  | { readonly type: 'setParam'; readonly name: string; readonly value: number }

export const CONTROL_STATES = ['running', 'paused', 'stopping'] as const
export type ControlState = (typeof CONTROL_STATES)[number]

/** A param that can be set while the training runs. */
export interface LiveParam {
  readonly name: string
  readonly value: number
}

/** How a training that can be asked stands. */
export interface ControlStanding {
  readonly runId: RunId
  readonly state: ControlState
  readonly step: Step | null
  readonly params: readonly LiveParam[]
  /** Whether it stores a checkpoint when asked. */
  readonly takesCheckpoints: boolean
}

export type ControlMessage =
  /** Every training that can be asked answers with `standing`. */
  | { readonly type: 'whoIsThere' }
  | { readonly type: 'standing'; readonly standing: ControlStanding }
  /** The training has ended, or nobody waits for its barrier any more. */
  | { readonly type: 'gone'; readonly runId: RunId }
  | {
      readonly type: 'command'
      readonly runId: RunId
      readonly id: string
      readonly command: ControlCommand
    }
  /** The training has begun with it. */
  | { readonly type: 'taken'; readonly runId: RunId; readonly id: string }
  /** Nothing more comes of it; `problem` says why it failed. */
  | { readonly type: 'done'; readonly runId: RunId; readonly id: string; readonly problem: string | null }

/** More live params than this are no row of fields. */
export const MAX_LIVE_PARAMS = 16
/** Unit: UTF-16 code units of an id, a name, a problem. */
export const MAX_CONTROL_TEXT = 200

type Fields = Readonly<Record<string, unknown>>

/** Anything on the origin may write to the channel: what is no message of ours is null. */
export function parseControlMessage(value: unknown): ControlMessage | null {
  if (!isFields(value)) return null
  const { type, runId, id } = value
  if (type === 'whoIsThere') return { type }
  if (type === 'standing') {
    const standing = parseStanding(value['standing'])
    return standing === null ? null : { type, standing }
  }
  if (!isText(runId)) return null
  if (type === 'gone') return { type, runId }
  if (!isText(id)) return null
  switch (type) {
    case 'taken':
      return { type, runId, id }
    case 'done': {
      const { problem } = value
      if (problem === null) return { type, runId, id, problem }
      return typeof problem === 'string' ? { type, runId, id, problem: toControlText(problem) } : null
    }
    case 'command': {
      const command = parseCommand(value['command'])
      return command === null ? null : { type, runId, id, command }
    }
    default:
      return null
  }
}

function parseCommand(value: unknown): ControlCommand | null {
  if (!isFields(value)) return null
  const { type } = value
  switch (type) {
    case 'pause':
    case 'resume':
    case 'step':
    case 'stop':
    case 'checkpoint':
      return { type }
    case 'setParam': {
      const param = parseParam(value)
      return param === null ? null : { type, ...param }
    }
    default:
      return null
  }
}

function parseStanding(value: unknown): ControlStanding | null {
  if (!isFields(value)) return null
  const { runId, state, step, params, takesCheckpoints } = value
  const known = CONTROL_STATES.find((candidate) => candidate === state)
  if (!isText(runId) || known === undefined || typeof takesCheckpoints !== 'boolean') return null
  if (step !== null && !isStep(step)) return null
  if (!Array.isArray(params)) return null
  return {
    runId,
    state: known,
    step,
    params: params.slice(0, MAX_LIVE_PARAMS).flatMap((param) => parseParam(param) ?? []),
    takesCheckpoints,
  }
}

function parseParam(value: unknown): LiveParam | null {
  if (!isFields(value)) return null
  const { name, value: number } = value
  return isText(name) && typeof number === 'number' && Number.isFinite(number)
    ? { name, value: number }
    : null
}

/** Words of an error, short enough to be sent. */
export function toControlText(text: string): string {
  return text.slice(0, MAX_CONTROL_TEXT)
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.length <= MAX_CONTROL_TEXT
}
