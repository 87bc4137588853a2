import type { Uplink } from '../../src/client/create-uplink.ts'
import { describeError } from '../../src/client/console-text.ts'
import type { PointSource } from '../../src/client/point-source.ts'
import type { EndStatus } from '../../src/model/run.ts'

/**
 * The same uplink, whose runs end as their process does: finished when it exits with 0, failed for another code or an error
 * nobody caught. What is buffered is written before.
 *
 * Signals are left alone: a loop that never yields would not hear them, and could not be interrupted. Whoever is ended by one is
 * found dead by whoever looks next.
 */
export function endWithProcess(uplink: Uplink): Uplink {
  const living = new Set<PointSource>()
  let error: string | null = null

  function endAll(status: EndStatus): void {
    const endedAt = Date.now()
    for (const { runId } of living) {
      if (error !== null)
        uplink.enqueue({
          type: 'addEvents',
          runId,
          events: [{ kind: 'error', time: endedAt, until: null, step: null, text: error }],
        })
      uplink.enqueue({ type: 'endRun', runId, status, endedAt })
    }
    living.clear()
    uplink.flushNow()
    const { problem } = uplink
    if (problem !== null)
      process.stderr.write(`kymo: the last of what was logged is not kept: ${problem.message}\n`)
  }

  process.on('uncaughtExceptionMonitor', (thrown) => (error = describeError(thrown)))
  process.on('exit', (code) => endAll(code === 0 && error === null ? 'finished' : 'failed'))

  return {
    ...uplink,
    get problem() {
      return uplink.problem
    },
    get memory() {
      return uplink.memory
    },
    add(source) {
      living.add(source)
      uplink.add(source)
    },
    remove(source) {
      living.delete(source)
      uplink.remove(source)
    },
  }
}
