/** Milliseconds since the Unix epoch; fractional when the source clock is. */
export type UnixMs = number

/** A length of time in milliseconds. */
export type Milliseconds = number

/** Nobody trained in a browser before, and nothing is planned after. Unit: UnixMs. */
const EARLIEST = Date.UTC(1990)
const LATEST = Date.UTC(2100)

/** Whether a time is one that may be meant: seconds and microseconds, taken for milliseconds, are not. */
export function isPlausibleTime(time: unknown): time is UnixMs {
  return typeof time === 'number' && time >= EARLIEST && time < LATEST
}

/** The same of how long something took, or how far it lies from something else. */
export function isPlausibleSpan(span: Milliseconds): boolean {
  return Math.abs(span) < LONGEST_SPAN
}

/** Ten years. */
const LONGEST_SPAN: Milliseconds = 10 * 365.25 * 86_400_000

/** x of a point: whole where steps are counted, any real number where they are not; negative allowed. */
export type Step = number

/** Beyond 2^53 two steps in a row are the same number. */
export function isStep(value: unknown): value is Step {
  return typeof value === 'number' && Math.abs(value) <= Number.MAX_SAFE_INTEGER
}

export type ExperimentId = string
export type RunId = string

/** A random 96-bit id in base-36, URL-safe, never reused. */
export function createId(): string {
  if (nextWord === words.length) nextWord = 0
  if (nextWord === 0) crypto.getRandomValues(words)
  let id = ''
  for (const end = nextWord + WORDS_PER_ID; nextWord < end; nextWord += 1) {
    id += (words[nextWord] ?? 0).toString(36).padStart(7, '0')
  }
  return id
}

const WORDS_PER_ID = 3

/** Asked for by the hundred: asking takes longer than what is asked for. */
const words = new Uint32Array(128 * WORDS_PER_ID)
let nextWord = 0
