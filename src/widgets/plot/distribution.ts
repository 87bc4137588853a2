/** Some numbers of one group. */
export interface DistributionGroup {
  readonly name: string
  /** Short, beside its row. */
  readonly text: string
  /** `series-1` … `series-8`, `scale-1` … `scale-8` or `#rrggbb`. */
  readonly color: string
  /** Finite, one for each member. */
  readonly members: readonly { readonly name: string; readonly value: number }[]
}

/** Where the numbers of a group lie. */
export interface Quartiles {
  readonly low: number
  readonly median: number
  readonly high: number
}

/** With fewer a box says more than is known: then there are only dots and their median. */
export const MIN_BOX = 5

/** The median with the quartiles beside it, straight between neighbours; null of nothing. Source: Hyndman and Fan (1996), 7. */
export function quartilesOf(values: readonly number[]): Quartiles | null {
  if (values.length === 0) return null
  const sorted = Float64Array.from(values).toSorted()
  const at = (part: number): number => {
    const place = (sorted.length - 1) * part
    const [below, above] = [sorted[Math.floor(place)] ?? 0, sorted[Math.ceil(place)] ?? 0]
    return below + (above - below) * (place - Math.floor(place))
  }
  return { low: at(0.25), median: at(0.5), high: at(0.75) }
}
