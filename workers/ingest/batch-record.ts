import { arrayBytes } from '../../src/model/array.ts'
import { toJsonValue } from '../../src/model/json.ts'
import type { ArraySection, LogBatch, PointColumns } from '../../src/model/log-batch.ts'
import { bytesToDoubles, doublesToBytes } from '../db/points/point-columns.ts'

/**
 * A batch as the payload of a record of the commit log.
 *
 * Byte by byte, little-endian: 0 length of the head (u32); 4 length of the columns of points (u32); 8 the head, JSON of
 * everything but columns and bytes, then spaces up to a multiple of 8; then the columns of points; then, for each section
 * of arrays, its steps, its times and its bytes, these up to a multiple of 8. In a record with a bulk the bytes are there
 * instead, in the same order.
 */
const HEAD_OFFSET = 8
const DOUBLE_BYTES = 8

export interface BatchRecord {
  readonly payload: readonly Uint8Array[]
  readonly bulk: readonly Uint8Array[]
}

/** Owner: may share memory with the batch. Cost: no copy of points and arrays. */
export function encodeBatch(
  { points, arrays = [], changes, ...batch }: LogBatch,
  isBulk: boolean,
): BatchRecord {
  const head = new TextEncoder().encode(
    JSON.stringify({
      ...batch,
      changes: toJsonValue(changes),
      sections: points.sections,
      ...(isBulk ? { isBulk } : {}),
      arrays: arrays.map(({ steps, times: _times, bytes, ...section }) => ({
        ...section,
        count: steps.length,
        length: bytes.length,
      })),
    }),
  )
  const lengths = Uint32Array.of(padded(head.length), points.columns.byteLength)
  const bytesOf = ({ bytes }: ArraySection): Uint8Array[] => [
    bytes,
    new Uint8Array(padded(bytes.length) - bytes.length),
  ]
  const payload = [
    new Uint8Array(lengths.buffer),
    head,
    new Uint8Array(padded(head.length) - head.length).fill(SPACE),
    doublesToBytes(points.columns),
    ...arrays.flatMap((section) => [
      doublesToBytes(section.steps),
      doublesToBytes(section.times),
      ...(isBulk ? [] : bytesOf(section)),
    ]),
  ]
  return { payload, bulk: isBulk ? arrays.flatMap(bytesOf) : [] }
}

const SPACE = 0x20

function padded(length: number): number {
  return Math.ceil(length / 8) * 8
}

type Head = Omit<LogBatch, 'points' | 'arrays'> & {
  readonly sections: PointColumns['sections']
  readonly isBulk?: true
  readonly arrays: readonly (Omit<ArraySection, 'steps' | 'times' | 'bytes'> & {
    readonly count: number
    readonly length: number
  })[]
}

/** A batch that was logged. In one with a bulk the arrays have no bytes. */
export interface LoggedBatch {
  readonly batch: LogBatch
  readonly isBulk: boolean
}

/** Owner: shares memory with the payload. Errors: throws when it is no batch. */
export function decodeBatch(payload: Uint8Array<ArrayBuffer>): LoggedBatch {
  let at = HEAD_OFFSET
  const take = (length: number): Uint8Array => payload.subarray(at, (at += length))
  const [headLength = 0, columnsLength = 0] = new Uint32Array(payload.buffer, payload.byteOffset, 2)
  const {
    sections,
    arrays,
    isBulk = false,
    ...batch
  } = JSON.parse(new TextDecoder().decode(take(headLength))) as Head
  const points = { sections, columns: bytesToDoubles(take(columnsLength)) }
  const withColumns = arrays.map(({ count, length, ...section }) =>
    Object.assign(section, {
      steps: bytesToDoubles(take(count * DOUBLE_BYTES)),
      times: bytesToDoubles(take(count * DOUBLE_BYTES)),
      bytes: isBulk ? NO_BYTES : take(padded(length)).subarray(0, length),
    }),
  )
  return { batch: { ...batch, points, arrays: withColumns }, isBulk }
}

const NO_BYTES = new Uint8Array(0)

/** How many bytes of a bulk a section takes. */
export function bulkBytes(section: ArraySection): number {
  return padded(arrayBytes(section.dtype, section.shape) * section.steps.length)
}
