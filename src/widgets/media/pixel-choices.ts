import type { PixelRange } from '../../model/media-content/pixel-range.ts'
import { digitsWithin, formatCount, formatValue } from '../number-format.ts'

/** Which numbers of a picture are black and white: as it was logged, or others. */
export const PIXEL_CHOICES = {
  shared: 'As all',
  logged: 'As logged',
  unit: '0 … 1',
  signed: '−1 … 1',
  bytes: '0 … 255',
  whole: 'Lowest … highest',
} as const
export type PixelChoice = keyof typeof PIXEL_CHOICES

export function isPixelChoice(text: string): text is PixelChoice {
  return Object.hasOwn(PIXEL_CHOICES, text)
}

export type Ends = readonly [black: number, white: number]

function endsOf({ black, white, min, max }: PixelRange, choice: PixelChoice, shared: Ends | null): Ends {
  const ends: Record<PixelChoice, Ends> = {
    shared: shared ?? [black, white],
    logged: [black, white],
    unit: [0, 1],
    signed: [-1, 1],
    bytes: [0, 255],
    whole: min < max ? [min, max] : [black, white],
  }
  return ends[choice]
}

/** The choices that differ from how it was logged; `shared`, where there is one, is always among them. */
export function choicesOf(range: PixelRange, shared: Ends | null = null): readonly PixelChoice[] {
  return Object.keys(PIXEL_CHOICES)
    .filter(isPixelChoice)
    .filter((choice) =>
      choice === 'shared' ? shared !== null : choice === 'logged' || remapOf(range, choice) !== null,
    )
}

/** How brightness of 0 … 1 becomes that of a choice; null where it stays. */
export function remapOf(
  range: PixelRange,
  choice: PixelChoice,
  shared: Ends | null = null,
): { readonly slope: number; readonly intercept: number } | null {
  const [black, white] = endsOf(range, choice, shared)
  if (black === range.black && white === range.white) return null
  return {
    slope: (range.white - range.black) / (white - black),
    intercept: (range.black - black) / (white - black),
  }
}

/** The filter of a picture in CSS; undefined where it is drawn as it was logged. */
export function filterOf(
  range: PixelRange | null,
  choice: PixelChoice,
  id: string,
  shared: Ends | null,
): string | undefined {
  return range === null || remapOf(range, choice, shared) === null ? undefined : `url(#${id})`
}

/** `−1 … 1 is black … white; 3 of 64 not finite, drawn as nothing`. */
export function rangeWords(range: PixelRange, choice: PixelChoice, shared: Ends | null = null): string {
  const [black, white] = endsOf(range, choice, shared)
  const digits = digitsWithin(black, white)
  const { count, lost = 0, cut = 0 } = range
  return [
    `${formatValue(black, digits)} … ${formatValue(white, digits)} is black … white`,
    ...(lost > 0 ? [`${formatCount(lost)} of ${formatCount(count)} not finite, drawn as nothing`] : []),
    ...(cut > 0 ? [`${formatCount(cut)} beyond when logged, cut`] : []),
  ].join('; ')
}
