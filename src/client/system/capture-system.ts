import { letExit } from '../../model/event-loop.ts'
import { makeFrameRate } from './frame-rate.ts'
import { sampleLogCost } from './log-cost.ts'
import { makeRates } from './rates.ts'
import { makeStorageUse } from './storage-use.ts'
import type { Reading, SystemOptions, SystemTarget, TfSystem } from './system-options.ts'
import { watchStalls } from './stalls.ts'
import { watchContext } from './watch-context.ts'

const PREFIX = 'system/'
const EVERY_MS = 2_000
const MIN_EVERY_MS = 500
const MAX_EVERY_MS = 60_000
const BYTES_PER_MB = 1e6

/**
 * Logs every few seconds how the machine and Kymo itself are doing, as metrics `system/…` at the run's last step, and when
 * the thread was busy or the graphics context lost. Nothing is logged before the training logs. Returns how to stop.
 *
 * Cost: a sample takes well under a millisecond, besides a look at the clock ten times a second.
 */
export function captureSystem(options: SystemOptions, target: SystemTarget): () => void {
  const { tf } = options
  const everyMs = Math.min(
    MAX_EVERY_MS,
    Math.max(MIN_EVERY_MS, Number(options.everyMs ?? EVERY_MS) || EVERY_MS),
  )
  const { lastStep, addEvent } = target
  const stalls = watchStalls((time, until) =>
    addEvent({ kind: 'stall', time, until, step: lastStep(), text: '' }),
  )
  const context = watchContext(tf, (time, until) =>
    addEvent({ kind: 'context-lost', time, until, step: lastStep(), text: '' }),
  )
  const cost = sampleLogCost(target.run)
  const frames = makeFrameRate()
  const storage = makeStorageUse()
  const rates = makeRates(target)
  const readings: readonly (() => Reading)[] = [
    readHeap,
    () => readTf(tf),
    stalls.take,
    cost.take,
    frames.take,
    storage.take,
    rates.take,
  ]

  function sample(): void {
    context.look()
    const values: Record<string, number> = {}
    for (const read of readings) {
      for (const [name, value] of Object.entries(attempt(read) ?? {}))
        if (value !== undefined && Number.isFinite(value)) values[PREFIX + name] = value
    }
    if (lastStep() !== null) target.log(values)
  }

  context.look()
  const timer = setInterval(sample, everyMs)
  letExit(timer)
  return () => {
    clearInterval(timer)
    for (const { stop } of [stalls, context, cost, frames]) stop()
  }
}

function readHeap(): Reading {
  const memory: unknown = Reflect.get(performance, 'memory')
  return { heap_mb: megabytes(memory, 'usedJSHeapSize') }
}

function readTf(tf: TfSystem | undefined): Reading {
  if (tf === undefined) return {}
  const memory = tf.memory()
  return {
    tensors: numberOf(memory, 'numTensors'),
    tensor_mb: megabytes(memory, 'numBytes'),
    gpu_mb: megabytes(memory, 'numBytesInGPU'),
  }
}

function megabytes(of: unknown, key: string): number | undefined {
  const bytes = numberOf(of, key)
  return bytes === undefined ? undefined : bytes / BYTES_PER_MB
}

function numberOf(of: unknown, key: string): number | undefined {
  const value: unknown = typeof of === 'object' && of !== null ? Reflect.get(of, key) : undefined
  return typeof value === 'number' ? value : undefined
}

/** What cannot be read is left out: it is never a reason to disturb a training. */
function attempt(read: () => Reading): Reading | null {
  try {
    return read()
  } catch {
    return null
  }
}
