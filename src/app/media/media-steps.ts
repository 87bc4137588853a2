/** What is known of one array under a key of a run, without its bytes. */
export interface MediaEntry {
  readonly id: number
  /** Which of its key it is, in log order. */
  readonly place: number
  readonly step: number
  readonly time: number
  readonly bytes: number
}

/** The entry of a run that is shown, and how many there are of its step. */
export interface ShownEntry {
  readonly entry: MediaEntry
  readonly index: number
  readonly count: number
}

/** Every step any of the runs has something of, from small to large. */
export function stepsOf(runs: Iterable<readonly MediaEntry[]>): readonly number[] {
  const steps = new Set<number>()
  for (const entries of runs) for (const { step } of entries) steps.add(step)
  return [...steps].toSorted((a, b) => a - b)
}

/**
 * All that a run has at a step: at the nearest of its steps that is not later. Nothing before its first step.
 *
 * Shape: `entries` by step, then in log order.
 */
export function entriesAt(entries: readonly MediaEntry[], step: number): readonly MediaEntry[] {
  const end = firstAfter(entries, step)
  let start = end
  while (start > 0 && entries[start - 1]?.step === entries[end - 1]?.step) start -= 1
  return entries.slice(start, end)
}

/** Of all that a run has at a step the `index`-th, or the last where there are fewer. Undefined before its first step. */
export function shownAt(entries: readonly MediaEntry[], step: number, index: number): ShownEntry | undefined {
  const all = entriesAt(entries, step)
  const chosen = Math.min(all.length - 1, Math.max(0, index))
  const entry = all[chosen]
  return entry === undefined ? undefined : { entry, index: chosen, count: all.length }
}

/** Entries by step, in log order within each. */
export function sortEntries(entries: readonly MediaEntry[]): readonly MediaEntry[] {
  return entries.toSorted((a, b) => a.step - b.step || a.place - b.place)
}

/** One entry a step, the last logged of each, and of more than `most` of them evenly many with both ends. */
export function spreadEntries(entries: readonly MediaEntry[], most: number): readonly MediaEntry[] {
  const lasts = entries.filter(({ step }, index) => entries[index + 1]?.step !== step)
  if (lasts.length <= most) return lasts
  return Array.from(
    { length: most },
    (_, at) => lasts[Math.round((at * (lasts.length - 1)) / (most - 1))],
  ).filter((entry) => entry !== undefined)
}

function firstAfter(entries: readonly MediaEntry[], step: number): number {
  let [low, high] = [0, entries.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((entries[middle]?.step ?? 0) <= step) low = middle + 1
    else high = middle
  }
  return low
}
