import { toJsonValue } from '../../src/model/json.ts'
import type { ArraySection, LogBatch, PointColumns } from '../../src/model/log-batch.ts'
import { bytesToDoubles, doublesToBytes } from '../db/points/point-columns.ts'

/**
 * A batch as the payload of a record of the commit log.
 *
 * Byte by byte, little-endian: 0 length of the head (u32); 4 length of the columns of points (u32); 8 the head, JSON of
 * everything but columns and bytes, then spaces up to a multiple of 8; then the columns of points; then, for each section
 * of arrays, its steps, its times and its bytes, these up to a multiple of 8.
 */
const HEAD_OFFSET = 8
const DOUBLE_BYTES = 8

/** Owner: may share memory with the batch. Cost: no copy of points and arrays. */
export function encodeBatch({ points, arrays = [], changes, ...batch }: LogBatch): readonly Uint8Array[] {
  const head = new TextEncoder().encode(
    JSON.stringify({
      ...batch,
      changes: toJsonValue(changes),
      sections: points.sections,
      arrays: arrays.map(({ steps, times: _times, bytes, ...section }) => ({
        ...section,
        count: steps.length,
        length: bytes.length,
      })),
    }),
  )
  const lengths = Uint32Array.of(padded(head.length), points.columns.byteLength)
  return [
    new Uint8Array(lengths.buffer),
    head,
    new Uint8Array(padded(head.length) - head.length).fill(SPACE),
    doublesToBytes(points.columns),
    ...arrays.flatMap(({ steps, times, bytes }) => [
      doublesToBytes(steps),
      doublesToBytes(times),
      bytes,
      new Uint8Array(padded(bytes.length) - bytes.length),
    ]),
  ]
}

const SPACE = 0x20

function padded(length: number): number {
  return Math.ceil(length / 8) * 8
}

type Head = Omit<LogBatch, 'points' | 'arrays'> & {
  readonly sections: PointColumns['sections']
  readonly arrays: readonly (Omit<ArraySection, 'steps' | 'times' | 'bytes'> & {
    readonly count: number
    readonly length: number
  })[]
}

/** Owner: shares memory with the payload. Errors: throws when it is no batch. */
export function decodeBatch(payload: Uint8Array<ArrayBuffer>): LogBatch {
  let at = HEAD_OFFSET
  const take = (length: number): Uint8Array => payload.subarray(at, (at += length))
  const [headLength = 0, columnsLength = 0] = new Uint32Array(payload.buffer, payload.byteOffset, 2)
  const { sections, arrays, ...batch } = JSON.parse(new TextDecoder().decode(take(headLength))) as Head
  const points = { sections, columns: bytesToDoubles(take(columnsLength)) }
  return {
    ...batch,
    points,
    arrays: arrays.map(({ count, length, ...section }) =>
      Object.assign(section, {
        steps: bytesToDoubles(take(count * DOUBLE_BYTES)),
        times: bytesToDoubles(take(count * DOUBLE_BYTES)),
        bytes: take(padded(length)).subarray(0, length),
      }),
    ),
  }
}
