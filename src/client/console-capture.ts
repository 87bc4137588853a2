import {
  CONSOLE_LEVELS,
  MAX_CONSOLE_TEXT,
  type ConsoleLevel,
  type ConsoleLine,
} from '../model/console-line.ts'
import type { Step } from '../model/units.ts'
import { describeError, formatArguments } from './console-text.ts'

/** More than this between two batches is noise: the rest is counted. */
const MAX_WAITING_LINES = 2_000

export interface ConsoleCaptureOptions {
  /** Which calls are kept; all when left out. */
  readonly levels?: readonly ConsoleLevel[]
  /** Whether errors that nobody caught are kept; true when left out. */
  readonly errors?: boolean
  /** Ends the run as failed at the first error that nobody caught; true in a worker, false in a page, when left out. */
  readonly failOnError?: boolean
}

/** The console and the place where errors end up that nobody caught. */
export interface ConsoleScope {
  readonly console: Record<ConsoleLevel, (...values: unknown[]) => void>
  readonly events: Pick<EventTarget, 'addEventListener' | 'removeEventListener'>
}

export interface CaptureTarget {
  readonly lastStep: () => Step | null
  /** Called after every line. */
  readonly onLine: () => void
  /** Called with the stack of an error that nobody caught and that ends the run. */
  readonly onFatal: (stack: string) => void
}

export interface ConsoleCapture {
  /** Moves out the lines that came together since the last call. */
  take(): readonly ConsoleLine[]
  stop(): void
}

/**
 * Keeps what this page or worker says on its console, which is said there all the same, and errors that nobody catches.
 *
 * Never throws, and never calls itself. Cost: some microseconds a line.
 */
export function captureConsole(
  { levels = CONSOLE_LEVELS, errors = true, failOnError = isWorker() }: ConsoleCaptureOptions,
  target: CaptureTarget,
  scope: ConsoleScope = { console: globalThis.console, events: globalThis },
): ConsoleCapture {
  let waiting: ConsoleLine[] = []
  let leftOut = 0
  let isFormatting = false

  function add(level: ConsoleLevel, text: string): void {
    if (waiting.length >= MAX_WAITING_LINES) {
      leftOut += 1
      return
    }
    waiting.push({
      time: Date.now(),
      step: target.lastStep(),
      level,
      text: text.slice(0, MAX_CONSOLE_TEXT),
    })
    target.onLine()
  }

  function addCall(level: ConsoleLevel, values: readonly unknown[]): void {
    // What is formatted may speak itself.
    if (isFormatting) return
    isFormatting = true
    try {
      add(level, formatArguments(values))
    } finally {
      isFormatting = false
    }
  }

  function addError(reason: unknown): void {
    const text = `Uncaught ${describeError(reason)}`
    add('error', text)
    if (failOnError) target.onFatal(text)
  }

  const unpatch = patchConsole(scope.console, levels, addCall)
  const onError = (event: Event): void =>
    addError(Reflect.get(event, 'error') ?? Reflect.get(event, 'message'))
  const onRejection = (event: Event): void => addError(Reflect.get(event, 'reason'))
  if (errors) {
    scope.events.addEventListener('error', onError)
    scope.events.addEventListener('unhandledrejection', onRejection)
  }

  return {
    take() {
      const lines = waiting
      waiting = []
      if (leftOut > 0 && lines.length > 0) {
        const text = `${leftOut} more lines were left out: they came faster than they could be kept.`
        lines.push({ time: Date.now(), step: target.lastStep(), level: 'warn', text })
        leftOut = 0
      }
      return lines
    },
    stop() {
      unpatch()
      scope.events.removeEventListener('error', onError)
      scope.events.removeEventListener('unhandledrejection', onRejection)
    },
  }
}

/** Whoever patched it after us keeps what they put there. */
function patchConsole(
  console: ConsoleScope['console'],
  levels: readonly ConsoleLevel[],
  hear: (level: ConsoleLevel, values: readonly unknown[]) => void,
): () => void {
  const undo = levels.map((level) => {
    const said = console[level]
    let isOn = true
    const patched = (...values: unknown[]): void => {
      if (isOn) hear(level, values)
      said.apply(console, values)
    }
    console[level] = patched
    return () => {
      isOn = false
      if (console[level] === patched) console[level] = said
    }
  })
  return () => {
    for (const each of undo) each()
  }
}

function isWorker(): boolean {
  return typeof Reflect.get(globalThis, 'document') === 'undefined'
}
