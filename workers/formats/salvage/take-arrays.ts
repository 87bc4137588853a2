import { nextTask } from '../../../src/model/event-loop.ts'
import type { RunId } from '../../../src/model/units.ts'
import { computeDigests } from '../../ingest/digests.ts'
import { arraysToParts } from '../array-parts.ts'
import type { Ledger } from './ledger.ts'
import { probeArray } from './read-arrays.ts'
import type { DamagedArray } from './read-arrays.ts'
import { isLoss } from './scan.ts'

/** Takes over arrays, run by run. */
export interface ArrayTaker {
  /** Those of the next run; false when all are over. */
  takeNext(): Promise<boolean>
  takeOf(runId: RunId): Promise<void>
}

export function makeArrayTaker(ledger: Ledger, arrays: readonly DamagedArray[]): ArrayTaker {
  const pending = new Map<RunId, DamagedArray[]>()
  for (const array of arrays) {
    const known = pending.get(array.source.runId)
    if (known === undefined) pending.set(array.source.runId, [array])
    else known.push(array)
  }

  async function take({ id, source }: DamagedArray): Promise<void> {
    const what = `array ${id}`
    try {
      probeArray({ id, source })
      let sequence = 0
      for await (const part of arraysToParts([source], source.length, { report: () => nextTask() })) {
        sequence += 1
        const digests = await computeDigests(part)
        if (!ledger.isTaken(what, sequence)) ledger.commit(() => ledger.take(what, sequence, part, digests))
      }
    } catch (cause) {
      if (!isLoss(cause)) throw cause
      ledger.note({ lostArrays: ledger.record.lostArrays + 1 })
    }
  }

  async function takeOf(runId: RunId): Promise<void> {
    const arrays = pending.get(runId) ?? []
    for (let array = arrays[0]; array !== undefined; array = arrays[0]) {
      await take(array)
      arrays.shift()
    }
    pending.delete(runId)
  }

  return {
    async takeNext() {
      const [runId] = pending.keys()
      if (runId !== undefined) await takeOf(runId)
      return runId !== undefined
    },
    takeOf,
  }
}
