import { err, ok, type Result } from '../model/result.ts'
import type { LabelledRows } from './labelled-rows.ts'

export const DIGIT_SIDE = 8
const PIXELS = DIGIT_SIDE * DIGIT_SIDE
const ROW_BYTES = PIXELS + 1
const BRIGHTEST = 16
const LAST_DIGIT = 9

/**
 * Reads `public/data/digits.bin`; the pixels come out as 0 … 1.
 *
 * Shape: rows of 65 bytes without a header: 64 pixels of an 8 × 8 scan, line by line, 0 … 16; then the digit, 0 … 9.
 */
export function parseDigits(bytes: Uint8Array): Result<LabelledRows, string> {
  const count = bytes.length / ROW_BYTES
  if (count === 0 || !Number.isInteger(count)) {
    return err(
      `digits.bin holds ${bytes.length} bytes, which are no whole rows of ${ROW_BYTES}. Load the page again.`,
    )
  }
  const features = new Float32Array(count * PIXELS)
  const labels = new Int32Array(count)
  for (let row = 0; row < count; row += 1) {
    const start = row * ROW_BYTES
    const pixels = bytes.subarray(start, start + PIXELS)
    const digit = bytes[start + PIXELS] ?? 0
    if (digit > LAST_DIGIT || pixels.some((pixel) => pixel > BRIGHTEST)) {
      return err(`Row ${row + 1} of digits.bin is no scan of a digit. Load the page again.`)
    }
    labels[row] = digit
    for (const [index, pixel] of pixels.entries()) features[row * PIXELS + index] = pixel / BRIGHTEST
  }
  return ok({ count, width: PIXELS, features, labels })
}
