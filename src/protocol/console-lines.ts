import type { ConsoleLevel, ConsoleLine } from '../model/console-line.ts'
import type { RunId } from '../model/units.ts'

/** The lines of a run that fit, from the `from`-th of them on. */
export interface ConsoleRequest {
  /** A DatabaseId. */
  readonly database: string
  readonly runId: RunId
  /** Part of their text, upper and lower case alike where the letters are ASCII; empty for all. */
  readonly search: string
  /** null for all. */
  readonly levels: readonly ConsoleLevel[] | null
  readonly from: number
  /** At most MAX_CONSOLE_READ. */
  readonly limit: number
}

/** A screen shows about fifty. */
export const MAX_CONSOLE_READ = 1_000

export interface ConsoleLines {
  /** Of the lines that fit. */
  readonly total: number
  /** Of all lines of the run. */
  readonly all: number
  readonly lines: readonly ConsoleLine[]
}
