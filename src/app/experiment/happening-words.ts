import type { RunEvent } from '../../model/run.ts'
import type { ChartEventKind } from '../../protocol/run-events.ts'
import { formatDuration, formatElapsed } from '../../widgets/time-format.ts'

interface Happening extends Pick<RunEvent, 'time' | 'until' | 'text'> {
  readonly kind: ChartEventKind
}

/** What happened in words, without its step: “new data”, “page hidden for 3:20”. */
export function happeningWords({ kind, time, until, text: said }: Happening): string {
  const length = until === null ? '' : ` for ${lengthWords(until - time)}`
  switch (kind) {
    case 'mark':
    case 'control':
    case 'alert':
      return `${said}${length}`
    case 'error':
      return said.split('\n', 1)[0] ?? ''
    case 'hidden':
      return `page hidden${length}`
    case 'stall':
      return `thread busy${length}`
    case 'context-lost':
      return `graphics context lost${length}`
    case 'checkpoint':
      return `made ${said}`
  }
}

/** A stall of a quarter of a second is not none. */
function lengthWords(length: number): string {
  return length < 10_000 ? formatElapsed(length, 100) : formatDuration(length)
}
