import type { Random } from '../model/seeded-random.ts'

/** Bells over the unit interval, all of the same weight, each cut off at its ends. */
export interface Parzen {
  readonly centers: readonly number[]
  readonly widths: readonly number[]
}

/**
 * A density from where values were seen: a bell at each, as wide as the farther of its neighbours is away, and one wide
 * bell over everything, so that no place is impossible.
 */
export function createParzen(places: readonly number[]): Parzen {
  const sorted = places.toSorted((a, b) => a - b)
  const narrowest = 1 / Math.min(100, sorted.length + 2)
  const widths = sorted.map((place, index) => {
    const left = place - (sorted[index - 1] ?? 0)
    const right = (sorted[index + 1] ?? 1) - place
    return Math.min(1, Math.max(narrowest, left, right))
  })
  return { centers: [...sorted, 0.5], widths: [...widths, 1] }
}

/** A place at random from a density. */
export function sampleParzen({ centers, widths }: Parzen, random: Random): number {
  const bell = Math.floor(random() * centers.length)
  const center = centers[bell] ?? 0.5
  const width = widths[bell] ?? 1
  // Each bell holds at least a third of itself inside, so this ends soon.
  for (;;) {
    const place = center + width * normal(random)
    if (place >= 0 && place <= 1) return place
  }
}

/** The logarithm of a density at a place of the unit interval. */
export function logDensity({ centers, widths }: Parzen, place: number): number {
  let sum = 0
  for (const [bell, center] of centers.entries()) {
    const width = widths[bell] ?? 1
    const inside = cumulative((1 - center) / width) - cumulative(-center / width)
    sum += Math.exp(-0.5 * ((place - center) / width) ** 2) / (width * inside)
  }
  // Far from every bell of a narrow kind exp is 0; the wide one keeps the sum above it.
  return Math.log(sum / (centers.length * Math.sqrt(2 * Math.PI)))
}

/** Source: Box and Muller, 1958. */
function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
}

/** The normal distribution function, to 7 digits. Source: Abramowitz and Stegun, 26.2.17. */
function cumulative(x: number): number {
  const t = 1 / (1 + 0.231_641_9 * Math.abs(x))
  const poly =
    t * (0.319_381_53 + t * (-0.356_563_782 + t * (1.781_477_937 + t * (-1.821_255_978 + t * 1.330_274_429))))
  const tail = (Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI)) * poly
  return x >= 0 ? 1 - tail : tail
}
