import type { JsonValue } from '../../model/json.ts'
import type { SweepAim } from '../experiment/sweep-aim.ts'

/** What the compared runs say of the sweeps they are trials of. Shape: one entry a run in every column; null where there is none. */
export interface TrialColumns {
  readonly status: readonly JsonValue[]
  readonly startedAt: readonly JsonValue[]
  readonly sweep: readonly JsonValue[]
  readonly trial: readonly JsonValue[]
  readonly stopped: readonly JsonValue[]
  readonly error: readonly JsonValue[]
  readonly objective: readonly JsonValue[]
}

/** One sweep as far as its trials are among the compared runs. */
export interface SweepSummary {
  readonly finished: number
  readonly stopped: number
  readonly failed: number
  readonly running: number
  /** Those that were cut off or cancelled, and not tried again. */
  readonly cutOff: number
  /** The row of the best trial; null where none has a number, or nobody knows which end is the good one. */
  readonly best: number | null
  /** Shape: one entry a compared run in both; NaN where it is no trial of this sweep, or gave no number. */
  readonly numbers: Float64Array
  readonly objectives: Float64Array
  /** The best objective so far, by the number of the trial that reached it, and at the last trial with a number. */
  readonly line: { readonly x: Float64Array; readonly y: Float64Array }
}

/** The sweeps that compared runs are trials of, the one that began last first. */
export function sweepNames({ sweep, trial, startedAt }: TrialColumns): readonly string[] {
  const began = new Map<string, number>()
  for (const [row, name] of sweep.entries()) {
    if (typeof name !== 'string' || numberOf(trial[row]) === null) continue
    began.set(name, Math.max(began.get(name) ?? 0, Number(startedAt[row] ?? 0)))
  }
  return [...began].toSorted(([, a], [, b]) => b - a).map(([name]) => name)
}

type Fate = 'finished' | 'stopped' | 'failed' | 'running' | 'cutOff'

export function summarizeSweep(columns: TrialColumns, name: string, aim: SweepAim | null): SweepSummary {
  const rows = rowsByTrial(columns, name)
  const counts = { finished: 0, stopped: 0, failed: 0, running: 0, cutOff: 0 }
  const numbers = new Float64Array(columns.sweep.length).fill(Number.NaN)
  const objectives = new Float64Array(columns.sweep.length).fill(Number.NaN)
  const line: [number, number][] = []
  let best: number | null = null
  let last = 0
  for (const [number, row] of rows) {
    counts[fateOf(columns, row)] += 1
    const objective = columns.objective[row]
    if (typeof objective !== 'number' || !Number.isFinite(objective)) continue
    numbers[row] = number
    objectives[row] = objective
    last = number
    if (aim === null || !isBetter(objective, best === null ? null : (objectives[best] ?? null), aim)) continue
    best = row
    line.push([number, objective])
  }
  const end = line.at(-1)
  if (end !== undefined && end[0] < last) line.push([last, end[1]])
  return {
    ...counts,
    best,
    numbers,
    objectives,
    line: { x: Float64Array.from(line, ([x]) => x), y: Float64Array.from(line, ([, y]) => y) },
  }
}

function isBetter(value: number, than: number | null, { direction }: SweepAim): boolean {
  return than === null || (direction === 'min' ? value < than : value > than)
}

/** The row of every trial of a sweep, in order of their numbers; of one that was tried again the try that ended. */
function rowsByTrial(columns: TrialColumns, name: string): ReadonlyMap<number, number> {
  const rows = new Map<number, number>()
  for (const [row, sweep] of columns.sweep.entries()) {
    const number = numberOf(columns.trial[row])
    if (sweep !== name || number === null) continue
    const known = rows.get(number)
    if (known === undefined || fateOf(columns, known) === 'cutOff') rows.set(number, row)
  }
  return new Map([...rows].toSorted(([a], [b]) => a - b))
}

function fateOf({ status, stopped, error }: TrialColumns, row: number): Fate {
  if (status[row] === 'running') return 'running'
  if (status[row] === 'failed' || isGiven(error[row])) return 'failed'
  if (status[row] !== 'finished' || stopped[row] === 'cancelled') return 'cutOff'
  return isGiven(stopped[row]) ? 'stopped' : 'finished'
}

function isGiven(value: JsonValue | undefined): boolean {
  return value !== null && value !== undefined
}

/** Which trial a run is; null where its tag is no number from 1 on. */
function numberOf(tag: JsonValue | undefined): number | null {
  const number = typeof tag === 'string' || typeof tag === 'number' ? Number(tag) : Number.NaN
  return Number.isSafeInteger(number) && number > 0 ? number : null
}
