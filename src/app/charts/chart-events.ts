import type { RunId, UnixMs } from '../../model/units.ts'
import type { EventColumns } from '../../protocol/run-events.ts'
import {
  arrangeEvents,
  NO_EVENTS,
  type ChartEvent,
  type ChartEvents,
} from '../../widgets/chart/chart-event.ts'
import type { XKind } from '../../widgets/chart/chart-line.ts'
import { formatPlural } from '../../widgets/number-format.ts'
import { happeningWords } from '../experiment/happening-words.ts'

/** How a run that something happened to is drawn. */
export interface EventfulRun {
  readonly name: string
  readonly color: string
  readonly startedAt: UnixMs
}

const BAD_KINDS: ReadonlySet<string> = new Set(['error', 'alert', 'context-lost'])

/** What happened to the drawn runs, along x; nothing where x is a metric, which has no place for it. */
export function toChartEvents(
  columns: EventColumns | undefined,
  x: XKind,
  runOf: (id: RunId) => EventfulRun | undefined,
): ChartEvents {
  if (columns === undefined || x === 'metric') return NO_EVENTS
  const { time, until, step, untilStep } = columns
  const events = columns.runId.flatMap((runId, index): readonly ChartEvent[] => {
    const run = runOf(runId)
    const kind = columns.kind[index] ?? 'mark'
    if (run === undefined) return []
    const [start, end] = [time[index] ?? Number.NaN, until[index] ?? Number.NaN]
    const origin = x === 'relative' ? run.startedAt : 0
    const from = x === 'step' ? (step[index] ?? Number.NaN) : start - origin
    const reached = x === 'step' ? (untilStep[index] ?? Number.NaN) : end - origin
    const lasted = !Number.isNaN(end)
    return [
      {
        color: run.color,
        runName: run.name,
        from: Number.isNaN(from) ? reached : from,
        until: lasted ? reached : null,
        words: happeningWords({
          kind,
          time: start,
          until: lasted ? end : null,
          text: columns.text[index] ?? '',
        }),
        isBad: BAD_KINDS.has(kind),
      },
    ]
  })
  return arrangeEvents(events)
}

/** “, 3 events”, for whoever does not see them. */
export function eventCountWords({ spans, moments }: ChartEvents): string {
  const count = spans.length + moments.length
  return count === 0 ? '' : `, ${formatPlural(count, 'event')}`
}
