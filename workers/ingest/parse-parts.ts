/** Steps and times of one section. */
export function whyNoTimeline(key: string, steps: Float64Array, times: Float64Array): string | null {
  for (let index = 0; index < steps.length; index++) {
    const step = steps[index] ?? Number.NaN
    if (!(step <= Number.MAX_SAFE_INTEGER && step >= Number.MIN_SAFE_INTEGER)) {
      return `a step of ${key} is ${step}, no number up to 2^53`
    }
    const time = times[index] ?? Number.NaN
    if (time - time !== 0) return `a time of ${key} is ${time}, no finite number`
  }
  return null
}

export function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
}
