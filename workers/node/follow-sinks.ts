import { Worker } from 'node:worker_threads'
import type { AwaitSinks, FollowedRun } from '../../src/client/follow-sinks.ts'
import type { Sink } from '../../src/client/sinks.ts'
import { warnOnce } from '../../src/client/warn.ts'
import { projectFor } from '../native/project-folder.ts'
import type { SinkAsked, SinkSaid, SinkStart } from './sink-thread.ts'

/** How long a run that has ended waits for servers that take what they are sent; one that is away is not waited for. Unit: milliseconds. */
const MAX_WAIT_MS = 600_000

/** How runs end whose script is over. */
const living = new Set<() => void>()
let isListening = false

/** Takes the place of `client/follow-sinks.ts`: a thread for each server brings it what is stored, so a training waits for none. */
export function followSinks(sinks: readonly Sink[], { runId, finish }: FollowedRun): AwaitSinks {
  if (sinks.length === 0) return () => Promise.resolve()
  const lines = sinks.map(lineTo)
  for (const line of lines) line.follow(runId)
  if (!isListening) process.on('beforeExit', endLiving)
  isListening = true
  living.add(finish)
  return async () => {
    living.delete(finish)
    await Promise.all(lines.map((line) => line.bringRest(runId)))
  }
}

/** A script that is over without ending its runs still brings the rest. */
function endLiving(): void {
  for (const finish of living) finish()
}

interface Line {
  follow(runId: string): void
  bringRest(runId: string): Promise<void>
}

/** Beside the library. */
const THREAD = './sink-thread.js'

const lines = new Map<string, Line>()

function lineTo(sink: Sink): Line {
  const name = JSON.stringify(sink)
  const line = lines.get(name) ?? openLine(sink)
  lines.set(name, line)
  return line
}

function openLine({ url, models }: Sink): Line {
  const waiting = new Map<string, () => void>()
  const start: SinkStart = { folder: projectFor(), url, models }
  const thread = new Worker(new URL(THREAD, import.meta.url), { workerData: start })
  let broken: string | null = null
  thread.on('message', ({ runId, why, isLast }: SinkSaid) => {
    if (why !== null) warnOnce(lacking(why, isLast))
    if (isLast) waiting.get(runId)?.()
  })
  thread.on('error', (cause) => {
    broken = cause.message
    warnOnce(lacking(broken, true))
    for (const settle of waiting.values()) settle()
  })
  // After the listeners, each of which would hold the process.
  thread.unref()
  const ask = (asked: SinkAsked): void => thread.postMessage(asked)

  return {
    follow: (runId) => ask({ runId, isLast: false }),
    async bringRest(runId) {
      if (broken !== null) return
      thread.ref()
      const hasAnswered = await new Promise<boolean>((settle) => {
        const timer = setTimeout(() => settle(false), MAX_WAIT_MS)
        waiting.set(runId, () => {
          clearTimeout(timer)
          settle(true)
        })
        ask({ runId, isLast: true })
      })
      waiting.delete(runId)
      if (waiting.size === 0) thread.unref()
      if (!hasAnswered) warnOnce(lacking('it takes longer than ten minutes.', true))
    },
  }
}

/** Without the address, which may hold a password. */
function lacking(why: string, isLast: boolean): string {
  if (!isLast)
    return `not all that is logged reaches MLflow for now: ${why} The training goes on, and the rest follows.`
  return `MLflow lacks what was logged last: ${why} It is stored here; \`npx kymo push mlflow URL\` brings it there.`
}
