/** A value between −0.5 and 0.5 that every machine computes to the same bit, so that tests know what was logged. */
export function waveAt(step: number): number {
  return ((step * 7919) % 10_007) / 10_007 - 0.5
}
