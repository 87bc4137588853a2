import type { Scale } from '../ticks/axis-places.ts'
import type { ChartLine } from './chart-line.ts'

/** Of fewer lines none is out of the ordinary: there is no ordinary. */
const MIN_LINES = 4
/** What a line is judged by: where it is for most of its length. */
const TYPICAL_PART = 0.1
/** How far outside of where most lines are one lies before it does not count. Unit: heights of that range. */
const FAR = 3
/** Entries looked at of each line: more do not move a tenth of it. */
const LOOKED_AT = 64

/**
 * The lines that lie far away from where most of them do, by id: runs that diverged.
 *
 * They are judged over the whole of what is given, so pass whole lines: what part of them is looked at does not change
 * which run is an outlier. On a log axis by orders of magnitude. Cost: a sort of at most 64 entries of each line.
 */
export function outlyingLines(lines: readonly ChartLine[], scale: Scale): ReadonlySet<string> {
  const bands = lines
    .filter(({ isPast }) => isPast !== true)
    .flatMap((line) => {
      const values = typicalValues(line, scale)
      const [low, high] = [quantile(values, TYPICAL_PART), quantile(values, 1 - TYPICAL_PART)]
      return low === undefined || high === undefined ? [] : [{ id: line.id, low, high }]
    })
  if (bands.length < MIN_LINES) return new Set()
  const low = quantile(Float64Array.from(bands, (band) => band.low).toSorted(), 0.25) ?? 0
  const high = quantile(Float64Array.from(bands, (band) => band.high).toSorted(), 0.75) ?? 0
  // Lines that are all the same constant have no height; then one is far off at its own size.
  const height = Math.max(high - low, 0.01 * Math.max(Math.abs(low), Math.abs(high)))
  const far = FAR * height
  return new Set(bands.filter((band) => band.high > high + far || band.low < low - far).map(({ id }) => id))
}

/** Ascending, as they lie along the axis. */
function typicalValues({ mean, smoothed }: ChartLine, scale: Scale): Float64Array {
  const drawn = smoothed?.mean ?? mean
  const stride = Math.max(1, Math.ceil(drawn.length / LOOKED_AT))
  const values = Float64Array.from({ length: Math.ceil(drawn.length / stride) }, (_, index) => {
    const value = drawn[index * stride] ?? Number.NaN
    return scale === 'log' ? Math.log10(value) : value
  })
  return values.filter(Number.isFinite).toSorted()
}

function quantile(sorted: Float64Array, part: number): number | undefined {
  return sorted[Math.round(part * (sorted.length - 1))]
}
