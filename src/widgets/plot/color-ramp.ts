import { parseColor, type Rgb } from '../parse-color.ts'

/** Colours of a ramp from small to large. */
export const RAMP_STEPS = 24

/**
 * Colours between two of the palette, for values from small to large: from the first made darker to the second made
 * lighter, so that they differ in lightness too, for eyes that cannot tell hues and on either surface.
 *
 * Colours are as computed styles have them: `rgb(1, 2, 3)` or `#rrggbb`. Source: bottosson.github.io/posts/oklab.
 */
export function colorRamp(low: string, high: string): readonly string[] {
  const [from, to] = [toOklab(parseColor(low)), toOklab(parseColor(high))]
  const start = { ...from, l: Math.max(0.42, from.l - 0.14) }
  const end = { ...to, l: Math.min(0.9, to.l + 0.1) }
  return Array.from({ length: RAMP_STEPS }, (_, step) => {
    const part = step / (RAMP_STEPS - 1)
    const mix = (a: number, b: number): number => a + (b - a) * part
    return fromOklab({ l: mix(start.l, end.l), a: mix(start.a, end.a), b: mix(start.b, end.b) })
  })
}

/** Which colour of a ramp a part of the way has. */
export function rampStep(part: number): number {
  return Math.min(RAMP_STEPS - 1, Math.max(0, Math.floor(part * RAMP_STEPS)))
}

/** Which of some colours is read best on another. Source: WCAG 2.2, contrast ratio. */
export function readableOn(ground: string, colors: readonly string[]): string {
  const contrast = (color: string): number => {
    const [light, dark] = [luminance(ground), luminance(color)].toSorted((a, b) => b - a)
    return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05)
  }
  return colors.toSorted((a, b) => contrast(b) - contrast(a))[0] ?? ground
}

function luminance(color: string): number {
  const [red, green, blue] = parseColor(color)
  return 0.2126 * toLinear(red) + 0.7152 * toLinear(green) + 0.0722 * toLinear(blue)
}

interface Oklab {
  readonly l: number
  readonly a: number
  readonly b: number
}

function toOklab([red, green, blue]: Rgb): Oklab {
  const [r, g, b] = [toLinear(red), toLinear(green), toLinear(blue)]
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
  return {
    l: 0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    a: 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    b: 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  }
}

function fromOklab({ l, a, b }: Oklab): string {
  const long = (l + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const medium = (l - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const short = (l - 0.0894841775 * a - 1.291485548 * b) ** 3
  const red = toByte(4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short)
  const green = toByte(-1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short)
  const blue = toByte(-0.0041960863 * long - 0.7034186147 * medium + 1.707614701 * short)
  return `rgb(${red}, ${green}, ${blue})`
}

function toLinear(byte: number): number {
  const part = byte / 255
  return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
}

function toByte(linear: number): number {
  const part = linear <= 0.0031308 ? linear * 12.92 : 1.055 * linear ** (1 / 2.4) - 0.055
  return Math.round(255 * Math.min(1, Math.max(0, part)))
}
