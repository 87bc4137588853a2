import type { ConsoleLine } from '../model/console-line.ts'
import {
  captureConsole,
  type CaptureTarget,
  type ConsoleCapture,
  type ConsoleCaptureOptions,
} from './console-capture.ts'

/** What a run keeps of the console, when it is asked to. */
export interface RunConsole {
  /** Begins anew when it is called again. Returns how to stop. */
  capture(options?: ConsoleCaptureOptions): () => void
  /** Moves out the lines that came together since the last call. */
  take(): readonly ConsoleLine[]
  stop(): void
}

export function createRunConsole(target: CaptureTarget): RunConsole {
  let capture: ConsoleCapture | null = null
  return {
    capture(options = {}) {
      capture?.stop()
      capture = captureConsole(options, target)
      return capture.stop
    },
    take: () => capture?.take() ?? [],
    stop: () => capture?.stop(),
  }
}
