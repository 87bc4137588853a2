import { describe, expect, it } from 'vitest'
import { RETURNED_MIN_BYTES, type LogBatch } from '../model/log-batch.ts'
import { ok } from '../model/result.ts'
import { sendBatch } from './batch-message.ts'

const COUNT = RETURNED_MIN_BYTES / 8

function batchOf(bytes: Uint8Array): LogBatch {
  return {
    clientId: 'c',
    sequence: 1,
    firstUnacknowledged: 1,
    changes: [],
    points: {
      sections: [{ runId: 'a', key: 'loss', count: COUNT }],
      columns: Float64Array.from({ length: 3 * COUNT }, (_, index) => index),
    },
    arrays: [
      {
        runId: 'a',
        key: 'w',
        dtype: 'uint8',
        shape: [bytes.length],
        steps: Float64Array.of(0),
        times: Float64Array.of(0),
        bytes,
      },
    ],
  }
}

/** What becomes of a batch whose large buffers change hands, as they do on the way to a worker. */
async function sendAway(batch: LogBatch): Promise<{ received: LogBatch; buffers: ArrayBuffer[] }> {
  let received = batch
  let buffers: ArrayBuffer[] = []
  await sendBatch(batch, (message) => {
    const views = [message.points.columns, ...(message.arrays ?? []).map(({ bytes }) => bytes)]
    buffers = views
      .map(({ buffer }) => buffer as ArrayBuffer)
      .filter(({ byteLength }) => byteLength >= RETURNED_MIN_BYTES)
    received = structuredClone(message, { transfer: buffers })
    const back = [received.points.columns, ...(received.arrays ?? []).map(({ bytes }) => bytes)]
      .map(({ buffer }) => buffer as ArrayBuffer)
      .filter(({ byteLength }) => byteLength >= RETURNED_MIN_BYTES)
    return Promise.resolve(ok({ sequence: 1, watched: false, buffers: structuredClone(back) }))
  })
  return { received, buffers }
}

describe('a batch on its way', () => {
  it('arrives as it is, and stays with whoever must send it again', async () => {
    const bytes = Uint8Array.from({ length: 100_000 }, (_, index) => index)
    const batch = batchOf(bytes)
    const copy = structuredClone(batch)
    for (let time = 0; time < 2; time += 1) {
      // Both sends must arrive whole: the first may have been lost.
      const { received, buffers } = await sendAway(batch)
      expect(buffers).toHaveLength(2)
      expect(received).toEqual(copy)
    }
    expect(batch).toEqual(copy)
  })

  it('takes no more of a large buffer along than is used', async () => {
    const { received } = await sendAway(batchOf(new Uint8Array(1_000_000).subarray(0, 10)))
    expect(received.arrays?.[0]?.bytes.buffer.byteLength).toBe(10)
  })
})
