/** How two columns go together over the rows where both are numbers; `value` is NaN where that says nothing. */
export interface Correlation {
  readonly value: number
  /** How many rows both have a number in. */
  readonly n: number
}

/** Pearson's r, −1 … 1; NaN with fewer than two rows or a column that does not vary. */
export function pearson(a: Float64Array, b: Float64Array): Correlation {
  const [x, y] = bothFinite(a, b)
  return { value: linear(x, y), n: x.length }
}

/** Spearman's ρ: Pearson's r of the ranks, those of ties averaged. Cost: n log n. */
export function spearman(a: Float64Array, b: Float64Array): Correlation {
  const [x, y] = bothFinite(a, b)
  return { value: linear(ranks(x), ranks(y)), n: x.length }
}

/** η²: which part of the variance of `values` lies between groups; NaN where there is one group or no variance. */
export function etaSquared(groups: Float64Array, values: Float64Array): Correlation {
  const [group, value] = bothFinite(groups, values)
  const mean = meanOf(value)
  const sums = new Map<number, { sum: number; count: number }>()
  let total = 0
  for (const [row, each] of value.entries()) {
    total += (each - mean) ** 2
    const name = group[row] ?? 0
    const known = sums.get(name)
    if (known === undefined) sums.set(name, { sum: each, count: 1 })
    else {
      known.sum += each
      known.count += 1
    }
  }
  let between = 0
  for (const { sum, count } of sums.values()) between += count * (sum / count - mean) ** 2
  const says = sums.size > 1 && hasSpread(value)
  return { value: says ? Math.min(1, between / total) : Number.NaN, n: value.length }
}

/** 1 for the smallest; equal values share the mean of their ranks. Values must be finite. */
export function ranks(values: Float64Array): Float64Array {
  const order = Uint32Array.from(values, (_, index) => index).toSorted(
    (a, b) => (values[a] ?? 0) - (values[b] ?? 0),
  )
  const ranked = new Float64Array(values.length)
  for (let from = 0; from < order.length;) {
    let to = from + 1
    while (to < order.length && values[order[to] ?? 0] === values[order[from] ?? 0]) to += 1
    for (let at = from; at < to; at += 1) ranked[order[at] ?? 0] = (from + 1 + to) / 2
    from = to
  }
  return ranked
}

export function hasSpread(values: Float64Array): boolean {
  return values.some((value) => value !== values[0])
}

function linear(x: Float64Array, y: Float64Array): number {
  if (!hasSpread(x) || !hasSpread(y)) return Number.NaN
  const [a, b] = [centred(x), centred(y)]
  let both = 0
  let ofA = 0
  let ofB = 0
  for (const [row, each] of a.entries()) {
    const other = b[row] ?? 0
    both += each * other
    ofA += each * each
    ofB += other * other
  }
  return Math.max(-1, Math.min(1, both / Math.sqrt(ofA * ofB)))
}

/** Without mean and size: squares of very small and of very large numbers are 0 and infinite. */
function centred(values: Float64Array): Float64Array {
  const size = values.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0)
  const scaled = values.map((value) => value / size)
  const mean = meanOf(scaled)
  return scaled.map((value) => value - mean)
}

function meanOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

function bothFinite(a: Float64Array, b: Float64Array): readonly [Float64Array, Float64Array] {
  const isBoth = (_: number, row: number): boolean => Number.isFinite(a[row]) && Number.isFinite(b[row])
  return [a.filter(isBoth), b.filter(isBoth)]
}
