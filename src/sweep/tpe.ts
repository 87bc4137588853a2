import type { JsonValue } from '../model/json.ts'
import type { Params } from '../model/run.ts'
import type { Random } from '../model/seeded-random.ts'
import {
  choiceOf,
  placeOf,
  valueAt,
  type ChoiceDimension,
  type Dimension,
  type RangeDimension,
} from './dimension.ts'
import { createRandomSearch, randomOf, type Observation, type Propose } from './method.ts'
import { createParzen, logDensity, sampleParzen } from './parzen.ts'

/** Trials at random before there is anything to learn from. */
const FIRST_TRIALS = 10
/** The share of the trials that counts as good, and how many of them at most: what was good long ago is not any more. */
const GOOD_SHARE = 0.15
const MAX_GOOD = 25
/** Places drawn for every param, of which the most promising one is taken. */
const CANDIDATES = 24

/**
 * Learns from the trials so far where the good ones are: of values drawn like the good ones it takes the one that is most
 * like them and least like the others, for each param by itself.
 *
 * Trials that run count as bad until they end, so that lanes do not all try the same; so do those that failed.
 *
 * Source: Bergstra, Bardenet, Bengio and Kégl, "Algorithms for Hyper-Parameter Optimization", NeurIPS 2011, section 4; the
 * constant liar: Ginsbourger, Le Riche and Carraro, "Kriging is well-suited to parallelize optimization", 2010.
 */
export function createTpe(dimensions: readonly Dimension[], seed: number): Propose {
  const randomSearch = createRandomSearch(dimensions, seed)
  return (index, seen) => {
    const ended = seen.filter(({ loss }) => loss !== null && loss < Infinity)
    if (ended.length < FIRST_TRIALS) return randomSearch(index, seen)
    const random = randomOf(seed, index)
    const { good, bad } = split(seen)
    return Object.fromEntries(
      dimensions.map((dimension) => [dimension.name, proposeValue(dimension, good, bad, random)]),
    )
  }
}

function split(seen: readonly Observation[]): { good: readonly Params[]; bad: readonly Params[] } {
  const ranked = seen.toSorted((a, b) => rank(a) - rank(b))
  const goodCount = Math.min(MAX_GOOD, Math.ceil(GOOD_SHARE * ranked.length))
  return {
    good: ranked.slice(0, goodCount).map(({ params }) => params),
    bad: ranked.slice(goodCount).map(({ params }) => params),
  }
}

function rank({ loss }: Observation): number {
  // Both infinite would make a difference of NaN.
  return loss === null || !Number.isFinite(loss) ? Number.MAX_VALUE : loss
}

function proposeValue(
  dimension: Dimension,
  good: readonly Params[],
  bad: readonly Params[],
  random: Random,
): JsonValue {
  return dimension.kind === 'choice'
    ? proposeChoice(dimension, good, bad, random)
    : proposeNumber(dimension, good, bad, random)
}

function proposeNumber(
  dimension: RangeDimension,
  good: readonly Params[],
  bad: readonly Params[],
  random: Random,
): JsonValue {
  const likeGood = createParzen(placesOf(dimension, good))
  const likeBad = createParzen(placesOf(dimension, bad))
  let best = 0.5
  let bestScore = -Infinity
  for (let candidate = 0; candidate < CANDIDATES; candidate += 1) {
    const place = sampleParzen(likeGood, random)
    const score = logDensity(likeGood, place) - logDensity(likeBad, place)
    if (score <= bestScore) continue
    bestScore = score
    best = place
  }
  return valueAt(dimension, best)
}

function placesOf(dimension: RangeDimension, trials: readonly Params[]): readonly number[] {
  return trials.flatMap((params) => placeOf(dimension, params[dimension.name]) ?? [])
}

function proposeChoice(
  dimension: ChoiceDimension,
  good: readonly Params[],
  bad: readonly Params[],
  random: Random,
): JsonValue {
  const likeGood = sharesOf(dimension, good)
  const likeBad = sharesOf(dimension, bad)
  let best = 0
  let bestScore = -Infinity
  for (let candidate = 0; candidate < CANDIDATES; candidate += 1) {
    const index = draw(likeGood, random)
    const score = (likeGood[index] ?? 0) / (likeBad[index] ?? 1)
    if (score <= bestScore) continue
    bestScore = score
    best = index
  }
  return dimension.values[best] ?? null
}

/** How likely each choice is, as if each had been seen once more. */
function sharesOf(dimension: ChoiceDimension, trials: readonly Params[]): readonly number[] {
  const counts = dimension.values.map(() => 1)
  let sum = counts.length
  for (const params of trials) {
    const index = choiceOf(dimension, params[dimension.name])
    if (index < 0) continue
    counts[index] = (counts[index] ?? 0) + 1
    sum += 1
  }
  return counts.map((count) => count / sum)
}

function draw(shares: readonly number[], random: Random): number {
  let left = random()
  for (const [index, share] of shares.entries()) {
    left -= share
    if (left < 0) return index
  }
  return shares.length - 1
}
