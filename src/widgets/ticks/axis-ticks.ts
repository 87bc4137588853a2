import { formatElapsed } from '../time-format.ts'
import { elapsedTicks } from './elapsed-ticks.ts'
import { logTicks } from './log-ticks.ts'
import { numberTicks, type Tick } from './number-ticks.ts'
import { timeTicks } from './time-ticks.ts'

/** What lies along an axis: numbers, whole numbers, durations or local time, both in milliseconds. */
export type TickKind = 'number' | 'whole' | 'elapsed' | 'time'

/** The ticks of an axis, in order and about as many as wanted: never fewer than 3, where there are as many places, or more than 8. */
export function axisTicks(
  kind: TickKind,
  isLog: boolean,
  from: number,
  to: number,
  wanted: number,
): readonly Tick[] {
  // An axis without a length has no place for any.
  if (!(from < to)) return []
  if (isLog && kind !== 'time') {
    return kind === 'elapsed'
      ? logTicks(from, to, wanted, elapsedTicks, elapsedText)
      : logTicks(from, to, wanted, (a, b, count) => LINEAR[kind](a, b, count))
  }
  return LINEAR[kind](from, to, wanted)
}

const LINEAR: Readonly<Record<TickKind, (from: number, to: number, wanted: number) => readonly Tick[]>> = {
  number: numberTicks,
  whole: (from, to, wanted) => numberTicks(from, to, wanted, true),
  elapsed: elapsedTicks,
  time: timeTicks,
}

function elapsedText(value: number): string {
  return formatElapsed(value, value)
}
