import { transfer } from 'comlink'
import { RETURNED_MIN_BYTES } from '../../src/model/log-batch.ts'
import { ok } from '../../src/model/result.ts'
import type { WorkerApi } from '../../src/protocol/worker-api.ts'

/**
 * Gives a page the large buffers of its batch back with the receipt, so that it need not ask for new memory. A batch that
 * was refused may still wait for an owner here, so it keeps them.
 */
export function giveBuffersBack(api: WorkerApi): WorkerApi {
  return {
    ...api,
    async ingest(batch) {
      const answer = await api.ingest(batch)
      if (!answer.ok) return answer
      const used = [batch.points.columns, ...(batch.arrays ?? []).map(({ bytes }) => bytes)]
      const buffers = [...new Set(used.map(({ buffer }) => buffer))].filter(
        (buffer) => buffer instanceof ArrayBuffer && buffer.byteLength >= RETURNED_MIN_BYTES,
      ) as ArrayBuffer[]
      return buffers.length === 0 ? answer : transfer(ok({ ...answer.value, buffers }), buffers)
    },
  }
}
