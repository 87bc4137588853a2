/** Milliseconds since the Unix epoch; fractional when the source clock is. */
export type UnixMs = number

/** A length of time in milliseconds. */
export type Milliseconds = number

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
