/** The first index whose x is at least `bound`; the length when there is none. Cost: logarithmic. */
export function lowerBound(x: Float64Array, bound: number): number {
  let low = 0
  let high = x.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((x[middle] ?? 0) < bound) low = middle + 1
    else high = middle
  }
  return low
}
