import type { SectionColumns } from '../../../src/model/log-batch.ts'
import { maskedCrc32c } from './crc32c.ts'
import { scalarSummary } from './events.ts'

/** A length of 8 bytes and its checksum before the event, the event's checksum after it. Source: record_writer.py of TensorBoard. */
const HEAD_BYTES = 12
const TAIL_BYTES = 4

/** An event as it is in a file. */
export function frame(event: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(HEAD_BYTES + event.length + TAIL_BYTES)
  bytes.set(event, HEAD_BYTES)
  seal(bytes, new DataView(bytes.buffer), 0, event.length)
  return bytes
}

/** Writes the length and the checksums around an event. */
function seal(bytes: Uint8Array, view: DataView, at: number, length: number): void {
  const event = at + HEAD_BYTES
  view.setUint32(at, length, true)
  view.setUint32(at + 4, 0, true)
  view.setUint32(at + 8, maskedCrc32c(bytes, at, at + 8), true)
  view.setUint32(event + length, maskedCrc32c(bytes, event, event + length), true)
}

/** The most bytes of one piece. */
const PIECE_BYTES = 4 * 2 ** 20

const TIME_TAG = 0x09
const STEP_TAG = 0x10
const SUMMARY_TAG = 0x2a
/** Tag and double of the time; tag and varint of a step; tag and length of the summary. */
const MAX_EVENT_HEAD = 9 + 11 + 6

/**
 * Points of one series as records, an event each, made in place: a message writer for each of millions would take several times
 * as long.
 *
 * Shape: pieces of at most PIECE_BYTES, or of one record.
 */
export function* frameScalars(
  tag: string,
  { steps, values, times }: SectionColumns,
): Generator<Uint8Array<ArrayBuffer>> {
  const summary = scalarSummary(tag)
  const most = HEAD_BYTES + MAX_EVENT_HEAD + summary.length + TAIL_BYTES
  const pieceLength = Math.max(1, Math.floor(PIECE_BYTES / most))
  for (let from = 0; from < steps.length; from += pieceLength) {
    const to = Math.min(steps.length, from + pieceLength)
    const bytes = new Uint8Array(most * (to - from))
    const view = new DataView(bytes.buffer)
    let at = 0
    for (let index = from; index < to; index += 1) {
      let end = at + HEAD_BYTES
      bytes[end] = TIME_TAG
      view.setFloat64(end + 1, (times[index] ?? 0) / 1000, true)
      bytes[end + 9] = STEP_TAG
      end = setStep(bytes, end + 10, steps[index] ?? 0)
      bytes[end] = SUMMARY_TAG
      end = setVarint(bytes, end + 1, summary.length)
      bytes.set(summary, end)
      end += summary.length
      view.setFloat32(end - 4, values[index] ?? Number.NaN, true)
      seal(bytes, view, at, end - at - HEAD_BYTES)
      at = end + TAIL_BYTES
    }
    yield bytes.subarray(0, at)
  }
}

/** An int64 there: fractions are rounded. */
function setStep(bytes: Uint8Array, at: number, step: number): number {
  const whole = Math.round(step)
  if (whole >= 0) return setVarint(bytes, at, whole)
  let left = BigInt.asUintN(64, BigInt(whole))
  let end = at
  for (; left > 0x7fn; end += 1) {
    bytes[end] = Number(left & 0x7fn) | 0x80
    left >>= 7n
  }
  bytes[end] = Number(left)
  return end + 1
}

/** Of a whole number from 0 to 2^53. */
function setVarint(bytes: Uint8Array, at: number, value: number): number {
  let left = value
  let end = at
  for (; left > 0x7f; end += 1) {
    bytes[end] = (left % 0x80) | 0x80
    left = Math.floor(left / 0x80)
  }
  bytes[end] = left
  return end + 1
}
