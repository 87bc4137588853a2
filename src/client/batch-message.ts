import { transfer } from 'comlink'
import { RETURNED_MIN_BYTES, type ArraySection, type LogBatch } from '../model/log-batch.ts'
import type { Outcome } from '../protocol/outcome.ts'
import type { IngestReceipt } from '../protocol/store-api.ts'
import { copyToBuffer, giveBuffer } from '../model/buffer-pool.ts'

/**
 * Sends a batch. What is large in it goes as a copy that changes hands; the batch itself is kept until it is durable. The
 * worker gives the buffers back with its receipt. Cost: one copy, where cloning costs two and new memory for both.
 */
export async function sendBatch(
  batch: LogBatch,
  ingest: (batch: LogBatch) => Outcome<IngestReceipt>,
): Outcome<IngestReceipt> {
  const { points, arrays } = batch
  const moved: ArrayBuffer[] = []

  function copy({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array<ArrayBuffer> {
    const bytes = new Uint8Array(buffer, byteOffset, byteLength)
    // A message carries the whole buffer under a view.
    if (byteLength < RETURNED_MIN_BYTES) return bytes.slice()
    const copied = copyToBuffer(bytes)
    moved.push(copied.buffer)
    return copied
  }

  const columns = new Float64Array(copy(points.columns).buffer, 0, points.columns.length)
  const copied = arrays?.map((section) => withBytes(section, copy(section.bytes)))
  const message = { ...batch, points: { ...points, columns }, ...(copied && { arrays: copied }) }
  const answer = await ingest(transfer(message, moved))
  if (answer.ok) for (const buffer of answer.value.buffers ?? []) giveBuffer(buffer)
  return answer
}

function withBytes(section: ArraySection, bytes: Uint8Array): ArraySection {
  return { ...section, bytes }
}
