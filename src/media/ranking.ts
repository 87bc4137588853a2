/** Points of a curve over all thresholds, and the area it stands for. Shape: as many x as y. */
export interface Curve {
  readonly x: Float64Array
  readonly y: Float64Array
  readonly score: number
}

/** How many positives and negatives have at least each score that occurs, the highest first. */
interface Ranking {
  readonly truePositives: readonly number[]
  readonly falsePositives: readonly number[]
}

/** Examples of equal score are taken together: no threshold separates them. Cost: n log n. */
function rank(isPositive: Uint8Array, scores: Float64Array): Ranking {
  const order = Uint32Array.from(scores.keys()).toSorted((a, b) => falling(scores[a] ?? 0, scores[b] ?? 0))
  const truePositives: number[] = []
  const falsePositives: number[] = []
  let [positives, negatives] = [0, 0]
  for (const [place, example] of order.entries()) {
    if (isPositive[example] === 1) positives += 1
    else negatives += 1
    const next = order[place + 1]
    if (next !== undefined && scores[next] === scores[example]) continue
    truePositives.push(positives)
    falsePositives.push(negatives)
  }
  return { truePositives, falsePositives }
}

/** Infinite scores have an order, but no difference. */
function falling(a: number, b: number): number {
  return a < b ? 1 : a > b ? -1 : 0
}

/** False positive rate, true positive rate, and the area under them: the chance that a positive scores above a negative. */
export function rocOf(isPositive: Uint8Array, scores: Float64Array): Curve {
  const { truePositives, falsePositives } = rank(isPositive, scores)
  const positives = truePositives.at(-1) ?? 0
  const negatives = falsePositives.at(-1) ?? 0
  const xs = new Float64Array(truePositives.length + 1)
  const ys = new Float64Array(truePositives.length + 1)
  let area = 0
  for (let index = 1; index < xs.length; index += 1) {
    xs[index] = (falsePositives[index - 1] ?? 0) / negatives
    ys[index] = (truePositives[index - 1] ?? 0) / positives
    const before = falsePositives[index - 2] ?? 0
    const width = (falsePositives[index - 1] ?? 0) - before
    area += (width * ((truePositives[index - 1] ?? 0) + (truePositives[index - 2] ?? 0))) / 2
  }
  return { x: xs, y: ys, score: area / (positives * negatives) }
}

/** Recall, precision, and the average precision: what each step of recall was worth. It begins at no recall. */
export function prOf(isPositive: Uint8Array, scores: Float64Array): Curve {
  const { truePositives, falsePositives } = rank(isPositive, scores)
  const positives = truePositives.at(-1) ?? 0
  const xs = new Float64Array(truePositives.length + 1)
  const ys = new Float64Array(truePositives.length + 1)
  ys[0] = 1
  let average = 0
  for (let index = 1; index < xs.length; index += 1) {
    const found = truePositives[index - 1] ?? 0
    xs[index] = found / positives
    ys[index] = found / (found + (falsePositives[index - 1] ?? 0))
    average += ((found - (truePositives[index - 2] ?? 0)) / positives) * (ys[index] ?? 0)
  }
  return { x: xs, y: ys, score: average }
}

/** As many points as a line keeps: more than a screen is wide. */
export const MAX_CURVE_POINTS = 1_000

/** The points of a curve at even distances along it, its first and last among them; the score stays. */
export function thinned(curve: Curve, most = MAX_CURVE_POINTS): Curve {
  const { x, y, score } = curve
  if (x.length <= most) return curve
  const along = new Float64Array(x.length)
  for (let index = 1; index < x.length; index += 1) {
    const step =
      Math.abs((x[index] ?? 0) - (x[index - 1] ?? 0)) + Math.abs((y[index] ?? 0) - (y[index - 1] ?? 0))
    along[index] = (along[index - 1] ?? 0) + step
  }
  const total = along.at(-1) ?? 0
  const kept: number[] = []
  for (let index = 0; index < x.length - 1 && kept.length < most - 1; index += 1) {
    if ((along[index] ?? 0) >= (kept.length / (most - 1)) * total) kept.push(index)
  }
  kept.push(x.length - 1)
  return {
    x: Float64Array.from(kept, (index) => x[index] ?? 0),
    y: Float64Array.from(kept, (index) => y[index] ?? 0),
    score,
  }
}
