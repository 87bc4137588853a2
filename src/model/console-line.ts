import type { Step, UnixMs } from './units.ts'

/** As `console` names them; `error` also for what nobody caught. */
export const CONSOLE_LEVELS = ['debug', 'log', 'info', 'warn', 'error'] as const
export type ConsoleLevel = (typeof CONSOLE_LEVELS)[number]

/** One call of `console` by a training. */
export interface ConsoleLine {
  readonly time: UnixMs
  /** The last step logged before; null where there was none. */
  readonly step: Step | null
  readonly level: ConsoleLevel
  readonly text: string
}

/** What is longer is cut: a console is read by people. Unit: UTF-16 code units. */
export const MAX_CONSOLE_TEXT = 20_000

export function isConsoleLevel(value: unknown): value is ConsoleLevel {
  return (CONSOLE_LEVELS as readonly unknown[]).includes(value)
}
