export type EarlyStopRule = 'median' | 'asha'

/** Decides from what trials report whether they are worth going on with. Looks at nothing else, so it can be replayed. */
export interface EarlyStopper {
  readonly rule: EarlyStopRule
  /** Why this trial should stop now, in words; null when it may go on. `loss`: smaller is better, Infinity for NaN. */
  report(trial: number, step: number, loss: number): string | null
  /** No more of this trial; one that does not count, because it failed, is forgotten. */
  end(trial: number, counts: boolean): void
}
