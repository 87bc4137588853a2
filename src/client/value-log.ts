import { BYTES_PER_POINT } from '../model/column-memory.ts'
import type { RefusalReason } from '../model/log-batch.ts'
import { err } from '../model/result.ts'
import type { Step, UnixMs } from '../model/units.ts'
import type { ArrayLog } from './array-log.ts'
import { parseArray, type ParsedArray } from './array-value.ts'
import { preparedOf, type Prepared } from './media-value.ts'
import { toMetricValue, type MetricValue } from './metric-value.ts'
import { describeThrown, describeValue, type Refusals } from './refusals.ts'

/** A value that is no plain number, and how it was logged. */
export interface LoggedValue {
  readonly key: string
  readonly value: unknown
  readonly step: Step
  readonly time: UnixMs
  /** Whether the call said the step. */
  readonly isAtStep: boolean
  readonly transfer: boolean
  /** All values of the call. */
  readonly beside: Readonly<Record<string, unknown>>
}

/** Everything that is logged besides plain numbers: what it was meant to be is kept, or refused with its name. */
export interface ValueLog {
  /** Answers how many points it is worth by now. Errors: throws what the getters of the value throw. */
  add(logged: LoggedValue): number
  /** Whether a value of this name is still on its way, so that others of it have to queue. */
  isAwaited(key: string): boolean
  /** Resolves when all that was logged is buffered; null while nothing is on its way. Never rejects. */
  readonly pending: Promise<void> | null
}

interface ValueLogOptions {
  readonly arrays: ArrayLog
  readonly refusals: Refusals
  isSeries(key: string): boolean
  /** The step of a call that was made before it was known where the log counts from. */
  settled(step: Step): Step
  point(key: string, step: Step, value: number, time: UnixMs): void
  /** Epochs that came at once reach beyond the step of their call. */
  reach(step: Step): void
  readonly onBuffered: (count: number, now: UnixMs) => void
}

/** Deeper or more than this is an object that was passed by mistake. */
const MAX_DEPTH = 8
const MAX_LEAVES = 1_000

/** A value that is not there after so long never comes; a lost graphics context keeps such promises. Unit: milliseconds. */
export const LATE_MS = 60_000

/** The same of what is shown, since the last of it was ready: a film is encoded for long. Unit: milliseconds. */
export const MEDIA_LATE_MS = 300_000

export function createValueLog(log: ValueLogOptions): ValueLog {
  const { arrays, refusals } = log
  /** The latest value of each name that is on its way; those of one name are kept in the order they were logged. */
  const awaited = new Map<string, Promise<void>>()
  const arrayKeys = new Set<string>()
  /** The latest of what is shown: cards of several names stand in the order they were logged. */
  let preparing: Promise<void> | null = null
  let mediaReadyAt = 0

  function add(logged: LoggedValue): number {
    const { key, value, beside } = logged
    const epochs = epochsOfHistory(beside)
    if (epochs !== null) return key === 'history' ? addLeaves({ ...logged, value: epochs, key: '' }) : 0
    const prepared = preparedOf(value)
    if (prepared !== undefined) return addMedia(logged, prepared)
    const array = arrayKeys.has(key) ? parseArray(value) : null
    const meant: MetricValue =
      array?.ok === true ? { kind: 'array', array: array.value } : toMetricValue(value)
    if (meant.kind === 'nested') return addLeaves({ ...logged, value: meant.values })
    if (meant.kind === 'later') return addLater(logged, meant.value)
    if (!awaited.has(key)) return keep(logged, meant)
    const copied = meant.kind === 'array' ? { ...meant, array: copyOf(meant.array) } : meant
    return queue(
      key,
      Promise.resolve(() => keep(logged, copied)),
    )
  }

  function keep(logged: LoggedValue, meant: MetricValue): number {
    const { key, step, time } = logged
    switch (meant.kind) {
      case 'number':
        log.point(key, step, meant.number, time)
        return 1
      case 'array':
        if (log.isSeries(key)) return refuse(logged, 'array-of-a-curve')
        return addArray(logged, meant.array, logged.transfer)
      case 'list':
        return addList(logged, meant.values)
      case 'refused':
        return refuse(logged, meant.reason)
      default:
        return refuse(logged, 'value-is-an-object')
    }
  }

  function refuse({ key, value }: LoggedValue, reason: RefusalReason): number {
    refusals.add(key, reason, describeValue(value))
    return 0
  }

  function addArray({ key, step, time }: LoggedValue, array: ParsedArray, transfer: boolean): number {
    arrayKeys.add(key)
    return worthOf(arrays.add(key, array, log.settled(step), time, transfer))
  }

  /** `{ train: { loss } }` is `train/loss`. */
  function addLeaves({ key: prefix, value, ...call }: LoggedValue): number {
    const left = { leaves: MAX_LEAVES }
    const visit = (values: object, before: string, depth: number): number => {
      let worth = 0
      const beside = values as Readonly<Record<string, unknown>>
      for (const [name, each] of Object.entries(beside)) {
        const key = before === '' ? name : `${before}/${name}`
        left.leaves -= 1
        if (left.leaves < 0) return worth + refuse({ ...call, key: prefix, value }, 'nested-too-much')
        const inner = isNested(each) ? toMetricValue(each) : null
        if (inner?.kind !== 'nested') worth += add({ ...call, key, value: each, beside })
        else if (depth < MAX_DEPTH) worth += visit(inner.values, key, depth + 1)
        else worth += refuse({ ...call, key: prefix, value: each }, 'nested-too-much')
      }
      return worth
    }
    return visit(Object(value), prefix, 1)
  }

  /** One number an epoch, from the step of the call on, where that is beyond doubt. */
  function addList(logged: LoggedValue, values: readonly unknown[]): number {
    const { key, step } = logged
    if (logged.isAtStep || log.isSeries(key) || !areEpochs(logged.beside, values.length))
      return refuse(logged, 'list-of-numbers')
    for (const [epoch, value] of values.entries())
      keep({ ...logged, value, step: step + epoch, isAtStep: true }, listed(value))
    log.reach(step + values.length - 1)
    return values.length
  }

  /** The same of what is shown; what is still being prepared follows when it is, in the order it was logged. */
  function addMedia(logged: LoggedValue, prepared: Prepared | Promise<Prepared>): number {
    const { key } = logged
    if (!(prepared instanceof Promise) && preparing === null && !awaited.has(key))
      return keepMedia(logged, prepared)
    const settled = Promise.all([mediaInTime(prepared), preparing]).then(
      ([media]) =>
        () =>
          keepMedia(logged, media),
    )
    queue(key, settled)
    const after = awaited.get(key) ?? null
    preparing = after
    void after?.then(() => {
      if (preparing === after) preparing = null
    })
    return 0
  }

  async function mediaInTime(prepared: Prepared | Promise<Prepared>): Promise<Prepared> {
    const settled = settledMedia(prepared)
    let since = Date.now()
    for (;;) {
      const media = await inTime<Prepared | null>(settled, null, since + MEDIA_LATE_MS - Date.now())
      if (media !== null) {
        mediaReadyAt = Date.now()
        return media
      }
      if (mediaReadyAt <= since) return err('it was not ready after five minutes')
      since = mediaReadyAt
    }
  }

  function keepMedia(logged: LoggedValue, prepared: Prepared): number {
    // A copy: the value may be logged again, or be in a table too.
    if (prepared.ok) return addArray(logged, prepared.value, false)
    refusals.add(logged.key, 'media-unreadable', prepared.error)
    return 0
  }

  function addLater(logged: LoggedValue, value: Promise<unknown>): number {
    const late = (): number => refuse(logged, 'value-late')
    return queue(
      logged.key,
      inTime(
        value.then(
          (settled) => () => keepSettled({ ...logged, value: settled }),
          (thrown: unknown) => () => {
            refusals.add(logged.key, 'value-unreadable', describeThrown(thrown))
            return 0
          },
        ),
        late,
        LATE_MS,
      ),
    )
  }

  function keepSettled(logged: LoggedValue): number {
    try {
      const meant = toMetricValue(logged.value)
      if (meant.kind === 'nested') return addLeaves({ ...logged, value: meant.values })
      return keep({ ...logged, transfer: false }, meant)
    } catch (thrown) {
      refusals.add(logged.key, 'value-not-a-number', describeThrown(thrown))
      return 0
    }
  }

  /** Behind what is awaited under the same name. */
  function queue(key: string, settled: Promise<() => number>): number {
    const after: Promise<void> = Promise.all([settled, awaited.get(key)]).then(([take]) => {
      if (awaited.get(key) === after) awaited.delete(key)
      log.onBuffered(take() || 1, Date.now())
    })
    awaited.set(key, after)
    return 0
  }

  return {
    add,
    isAwaited: (key) => awaited.has(key),
    get pending() {
      return awaited.size === 0 ? null : Promise.all(awaited.values()).then(() => undefined)
    },
  }
}

/** Whether a call is what `model.fit` answers: several names, and a list of the same length under each. */
function areEpochs(beside: Readonly<Record<string, unknown>>, length: number): boolean {
  return Object.values(beside).every((each) => Array.isArray(each) && each.length === length)
}

/** The epochs of a `History` of TensorFlow.js that was passed whole; null for any other call. */
function epochsOfHistory(beside: Readonly<Record<string, unknown>>): object | null {
  if (!Object.hasOwn(beside, 'history') || !Array.isArray(beside['epoch'])) return null
  const { history } = beside
  return typeof history === 'object' && history !== null ? history : null
}

function listed(value: unknown): MetricValue {
  // A list of lists is no list of epochs.
  return Array.isArray(value) ? { kind: 'refused', reason: 'list-of-numbers' } : toMetricValue(value)
}

/** Cheap to ask of what mostly is a number. */
function isNested(value: unknown): boolean {
  return typeof value === 'object' && value !== null && preparedOf(value) === undefined
}

async function settledMedia(prepared: Prepared | Promise<Prepared>): Promise<Prepared> {
  try {
    return await prepared
  } catch (thrown) {
    return err(describeThrown(thrown))
  }
}

async function inTime<T>(settled: Promise<T>, late: T, ms: number): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const deadline = new Promise<T>((resolve) => {
    timer = setTimeout(() => resolve(late), ms)
  })
  try {
    return await Promise.race([settled, deadline])
  } finally {
    clearTimeout(timer)
  }
}

function copyOf(array: ParsedArray): ParsedArray {
  return { ...array, data: structuredClone(array.data) }
}

/** How many points some bytes are worth. */
function worthOf(bytes: number): number {
  return Math.ceil(bytes / BYTES_PER_POINT) + 1
}
