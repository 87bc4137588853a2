/** What tfjs-vis tells of the values of a tensor, by its names. */
export interface ValueStats {
  readonly numVals: number
  readonly numZeros: number
  readonly numNans: number
  readonly numInfs: number
  /** Of all but NaN; NaN where there is nothing else. */
  readonly min: number
  readonly max: number
}

export function statsOf(values: ArrayLike<number>): ValueStats {
  let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  let [numZeros, numNans, numInfs] = [0, 0, 0]
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index] ?? Number.NaN
    if (Number.isNaN(value)) numNans += 1
    else {
      if (!Number.isFinite(value)) numInfs += 1
      if (value === 0) numZeros += 1
      if (value < min) min = value
      if (value > max) max = value
    }
  }
  const isEmpty = numNans === values.length
  return {
    numVals: values.length,
    numZeros,
    numNans,
    numInfs,
    min: isEmpty ? Number.NaN : min,
    max: isEmpty ? Number.NaN : max,
  }
}
