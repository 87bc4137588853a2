/** Milliseconds since the Unix epoch; fractional when the source clock is. */
export type UnixMs = number

/** A length of time in milliseconds. */
export type Milliseconds = number

/** Integer x of a point: a safe integer, negative allowed. */
export type Step = number

export type ExperimentId = string
export type RunId = string

/** A random 96-bit id in base-36, URL-safe, never reused. */
export function createId(): string {
  const words = crypto.getRandomValues(new Uint32Array(3))
  return Array.from(words, (word) => word.toString(36).padStart(7, '0')).join('')
}
