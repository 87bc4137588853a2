/** Words are English, so numbers are too, whatever the browser's language. */
const LOCALE = 'en-US'

const COUNT = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 0 })

/** 1204331 → `1,204,331`. */
export function formatCount(count: number): string {
  return COUNT.format(count)
}

const FRACTION = new Intl.NumberFormat(LOCALE, { maximumSignificantDigits: 9 })

/** 1204331 → `1,204,331`, 0.25 → `0.25`. */
export function formatStep(step: number): string {
  return Number.isInteger(step) ? COUNT.format(step) : FRACTION.format(step)
}

/** `1 run`, `14 runs`. */
export function formatPlural(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`
}

/** Four significant digits unless told: enough to rank runs, short enough for a column. */
export function formatValue(value: number, digits = 4): string {
  if (!Number.isFinite(value)) return nonFiniteName(value)
  if (value === 0) return '0'
  const size = Math.abs(value)
  if (size >= 1e7 || size < 1e-3) return shortExponent(value.toExponential(digits - 1))
  if (Number.isInteger(value)) return COUNT.format(value)
  const integerDigits = Math.max(1, Math.floor(Math.log10(size)) + 1)
  if (size >= 1) {
    return decimalFormat(Math.max(0, digits - integerDigits)).format(value)
  }
  return size >= 0.1 ? value.toFixed(digits) : value.toPrecision(digits).replace(/0+$/, '')
}

/** A number somebody chose, as it is written: `0.1`, `3e-4`; shortened only where it is long. */
export function formatGiven(value: number): string {
  const written = shortExponent(String(value))
  return Number.isFinite(value) && !Number.isInteger(value) && written.length <= LONGEST_GIVEN
    ? written
    : formatValue(value)
}

const LONGEST_GIVEN = 8

/** How many digits tell places apart on an axis between two ends: 2.7 … 2.70000000002 takes more than 0 … 1. */
export function digitsWithin(low: number, high: number): number {
  const size = Math.max(Math.abs(low), Math.abs(high))
  const ratio = size / (high - low)
  return Number.isFinite(ratio) && ratio > 0 ? Math.min(17, Math.max(4, Math.ceil(Math.log10(ratio)) + 2)) : 4
}

const decimalFormats = new Map<number, Intl.NumberFormat>()

/** A format costs about as much to make as thousands of numbers to write. */
function decimalFormat(fractionDigits: number): Intl.NumberFormat {
  let format = decimalFormats.get(fractionDigits)
  if (format === undefined) {
    format = new Intl.NumberFormat(LOCALE, {
      minimumFractionDigits: fractionDigits,
      maximumFractionDigits: fractionDigits,
    })
    decimalFormats.set(fractionDigits, format)
  }
  return format
}

function nonFiniteName(value: number): string {
  if (Number.isNaN(value)) return 'NaN'
  return value > 0 ? '∞' : '−∞'
}

/** `1.2000e-7` → `1.2e-7`. */
function shortExponent(text: string): string {
  return text.replace(/\.?0*e/, 'e').replace('e+', 'e')
}

/** A number at full length, as it was logged. */
export function formatExact(value: number): string {
  if (!Number.isFinite(value)) return nonFiniteName(value)
  return String(value)
}

/** Axis labels that lie `increment` apart: as many decimals as that needs, thousands in short. */
export function formatTick(value: number, increment: number): string {
  if (value === 0) return '0'
  const size = Math.abs(value)
  if (size < 1e-4 || increment < 1e-6)
    return shortExponent(value.toExponential(exponentDigits(value, increment)))
  if (size >= 1e15) return shortExponent(value.toExponential(exponentDigits(value, increment)))
  for (const [unit, suffix] of [
    [1e12, 'T'],
    [1e9, 'G'],
    [1e6, 'M'],
  ] as const) {
    if (size >= unit) return `${fixed(value / unit, increment / unit)}${suffix}`
  }
  return fixed(value, increment)
}

function fixed(value: number, increment: number): string {
  return value.toLocaleString(LOCALE, { maximumFractionDigits: decimalsOf(increment) })
}

/** How many decimals an increment such as 0.25 has itself; a multiple of it has no more. */
function decimalsOf(increment: number): number {
  let decimals = 0
  for (
    let scaled = increment;
    decimals < 8 && Math.abs(scaled - Math.round(scaled)) > 1e-6 * scaled;
    scaled *= 10
  ) {
    decimals += 1
  }
  return decimals
}

function exponentDigits(value: number, increment: number): number {
  return Math.min(
    6,
    Math.max(0, Math.floor(Math.log10(Math.abs(value))) - Math.floor(Math.log10(increment) + 1e-9)),
  )
}

const BYTE_UNITS = ['bytes', 'kB', 'MB', 'GB', 'TB'] as const

/** 24_100_000 → `24.1 MB`. Unit: decimal, as disks and browsers count. */
export function formatBytes(bytes: number): string {
  let size = bytes
  let unit = 0
  while (size >= 999.5 && unit < BYTE_UNITS.length - 1) {
    size /= 1000
    unit += 1
  }
  const text = unit > 0 && size < 99.95 ? size.toFixed(1).replace(/\.0$/, '') : Math.round(size).toString()
  return `${text} ${BYTE_UNITS[unit] ?? ''}`
}
