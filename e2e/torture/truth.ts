/**
 * What every point of a torture must look like, known to whoever logs it and to whoever audits it.
 *
 * A run lives once for every tab that logs it. Life n of a run logs each of its series from step n × LIFE_STEPS on, one
 * by one, so that what a dead tab had under way cannot be mistaken for what the next one logs.
 */
export const LIFE_STEPS = 2 ** 32

/** Metrics that are logged by the same calls: one, many, and one in bulk with times of its own. */
export const GROUPS = {
  single: ['loss'],
  wide: ['wide/0', 'wide/1', 'wide/2', 'wide/3', 'wide/4', 'wide/5'],
  bulk: ['bulk'],
} as const satisfies Record<string, readonly string[]>

export type Group = keyof typeof GROUPS

/** Arrays are logged by calls of their own. */
export const ARRAY_KEY = 'array'

/** In a row, in a blob, and in blobs of several parts. Unit: bytes. */
const ARRAY_BYTES = [2_000, 2_000, 2_000, 100_000, 100_000, 1_200_000] as const

/** The array that a run logs at a step. */
export function arrayAt(runId: string, step: number): Uint8Array {
  let state = hash(`${runId} ${step}`) >>> 0
  const words = new Uint32Array((ARRAY_BYTES[state % ARRAY_BYTES.length] ?? 0) / 4)
  for (let index = 0; index < words.length; index += 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    words[index] = state
  }
  return new Uint8Array(words.buffer)
}

const BULK_STARTED_AT = 1_700_000_000_000

/** The time of a point that is logged in bulk. Unit: UnixMs. */
export function bulkTimeAt(step: number): number {
  return BULK_STARTED_AT + (step % LIFE_STEPS)
}

/** The values of one series: numbers that follow from the step, with a NaN or an infinity among about 700. */
export function makeValueAt(runId: string, key: string): (step: number) => number {
  const salt = hash(`${runId} ${key}`)
  return (step) => {
    const life = Math.floor(step / LIFE_STEPS)
    let mixed = Math.imul((step - life * LIFE_STEPS) ^ salt, 0x9e3779b1)
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x85ebca6b)
    mixed = (mixed ^ (mixed >>> 13)) >>> 0
    if (mixed % 997 === 0) return Number.NaN
    if (mixed % 1999 === 0) return mixed % 2 === 0 ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY
    return life + mixed / 2 ** 32
  }
}

/** Source: FNV-1a, 32 bits. */
function hash(text: string): number {
  let state = 0x811c9dc5
  for (const letter of text) state = Math.imul(state ^ (letter.codePointAt(0) ?? 0), 0x01000193)
  return state
}
