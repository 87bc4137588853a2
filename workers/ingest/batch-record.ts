import { toJsonValue } from '../../src/model/json.ts'
import type { LogBatch } from '../../src/model/log-batch.ts'
import { bytesToDoubles, doublesToBytes } from '../db/points/point-columns.ts'

/**
 * A batch as the payload of a record of the commit log.
 *
 * Byte by byte, little-endian: 0 length of the head (u32); 4 zero; 8 the head, JSON of everything but the columns, then
 * spaces up to a multiple of 8; then the columns, doubles.
 */
const HEAD_OFFSET = 8

/** Owner: may share memory with the batch. Cost: no copy of the points. */
export function encodeBatch({ points, changes, ...batch }: LogBatch): readonly Uint8Array[] {
  const text = JSON.stringify({ ...batch, changes: toJsonValue(changes), sections: points.sections })
  const head = new TextEncoder().encode(text)
  const lengths = Uint32Array.of(Math.ceil(head.length / 8) * 8, 0)
  const padding = new Uint8Array((lengths[0] ?? 0) - head.length).fill(SPACE)
  return [new Uint8Array(lengths.buffer), head, padding, doublesToBytes(points.columns)]
}

const SPACE = 0x20

/** Owner: shares memory with the payload. Errors: throws when it is no batch. */
export function decodeBatch(payload: Uint8Array<ArrayBuffer>): LogBatch {
  const length = new DataView(payload.buffer, payload.byteOffset).getUint32(0, true)
  const head = payload.subarray(HEAD_OFFSET, HEAD_OFFSET + length)
  const { sections, ...batch } = JSON.parse(new TextDecoder().decode(head)) as Omit<LogBatch, 'points'> & {
    readonly sections: LogBatch['points']['sections']
  }
  return { ...batch, points: { sections, columns: bytesToDoubles(payload.subarray(HEAD_OFFSET + length)) } }
}
