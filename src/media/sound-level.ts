import type { SoundLevel } from '../model/media-content/sound-content.ts'
import type { Samples } from './jobs.ts'

/** What integers of sound are full at, where their type does not say. Unit: 16, 24 and 32 bits. */
const FULL_SCALES = [2 ** 15, 2 ** 23, 2 ** 31]
/** Whole numbers up to here may count anything. */
const LEAST_OF_INTEGERS = 2 ** 7
/** Quieter ones would be lost in 16 bits. */
const LEAST_PEAK = 1e-3

/** The number that is played as loud as can be, and how many samples were no finite number. */
export function levelOf({ channels, full }: Samples): SoundLevel {
  let [peak, lost, isWhole] = [0, 0, true]
  for (const channel of channels) {
    for (const sample of channel) {
      if (!Number.isFinite(sample)) lost += 1
      else {
        peak = Math.max(peak, Math.abs(sample))
        isWhole &&= Number.isInteger(sample)
      }
    }
  }
  const count = channels.reduce((sum, { length }) => sum + length, 0)
  return { full: full ?? fullOf(peak, isWhole), count, ...(lost === 0 ? {} : { lost }) }
}

function fullOf(peak: number, isWhole: boolean): number {
  if (peak <= 1) return peak > 0 && peak < LEAST_PEAK ? peak : 1
  const scale = isWhole && peak > LEAST_OF_INTEGERS ? FULL_SCALES.find((each) => peak <= each) : undefined
  return scale ?? peak
}
