/** How places along an axis are spaced. On a log axis what is not above 0 lies beyond its lower end. */
export type Scale = 'linear' | 'log'

/** The least number above 0: what is not above 0 is drawn there, far outside. */
export const LEAST = Number.MIN_VALUE

/** An axis shorter than this runs out of digits. */
export const LEAST_LENGTH = 1e-300
/** Values nearer than this part of their size are a constant and the noise of its mean. */
export const NEAR = 1e-12

/** Whether two ends are too near to each other for an axis between them. */
export function areOne(low: number, high: number): boolean {
  return high - low <= Math.max(NEAR * Math.max(Math.abs(low), Math.abs(high)), LEAST_LENGTH)
}

/** Ends that are numbers: there is none beyond the largest. */
export function finiteEnds(low: number, high: number): readonly [number, number] {
  return [Math.max(-Number.MAX_VALUE, low), Math.min(Number.MAX_VALUE, high)]
}

/** What an axis measures places by. */
export function toScale(place: number, scale: Scale): number {
  return scale === 'log' ? Math.log(Math.max(place, LEAST)) : place
}

export function fromScale(measure: number, scale: Scale): number {
  return scale === 'log' ? Math.exp(measure) : measure
}

/** Which part of an axis lies before a place: 0 at its lower end, 1 at the other. */
export function placeToPart(place: number, from: number, to: number, scale: Scale): number {
  const [at, low, high] = [toScale(place, scale), toScale(from, scale), toScale(to, scale)]
  const length = high - low
  // An axis may be longer than the largest number.
  return Number.isFinite(length) ? (at - low) / length : (at / 2 - low / 2) / (high / 2 - low / 2)
}

export function partToPlace(part: number, from: number, to: number, scale: Scale): number {
  const [low, high] = [toScale(from, scale), toScale(to, scale)]
  return fromScale(low * (1 - part) + high * part, scale)
}

/** Pixels for each unit of an axis. */
export function pixelsPerUnit(pixels: number, low: number, high: number): number {
  const length = high - low
  return Number.isFinite(length) ? pixels / length : pixels / 2 / (high / 2 - low / 2)
}
