import type { Page } from 'playwright'

/** A trace event of Chromium, as far as it is read here. Unit: microseconds. */
interface TraceEvent {
  readonly name: string
  readonly ph: string
  readonly pid: number
  readonly tid: number
  readonly ts: number
  readonly dur?: number
  /** Of `dur`, how long the thread had a core. */
  readonly tdur?: number
}

/** Unit: milliseconds. */
export interface Busy {
  readonly total: number
  /** Without what the thread waited for a core, where other processes had them all. */
  readonly onCore: number
}

/**
 * For each pair of marks, how long the thread that made them was busy in between, tasks that followed included; in
 * order.
 */
export async function busyBetween(
  page: Page,
  marks: { readonly from: string; readonly to: string },
  work: () => Promise<unknown>,
): Promise<readonly Busy[]> {
  const events = await traceOf(page, work)
  const begins = events.filter(({ name, ph }) => name === marks.from && isMark(ph))
  const [first] = begins
  if (first === undefined) throw new Error(`the trace has no mark ${marks.from}`)
  const isOurs = ({ pid, tid }: TraceEvent): boolean => pid === first.pid && tid === first.tid
  const ends = events.filter((event) => event.name === marks.to && isMark(event.ph) && isOurs(event))
  if (ends.length !== begins.length) throw new Error('the trace lost marks')
  const tasks = events.filter((event) => event.name === 'RunTask' && isOurs(event))
  return begins.map(({ ts: from }, index) => {
    const to = ends[index]?.ts ?? Number.NaN
    const busy = { total: 0, onCore: 0 }
    for (const { ts, dur = 0, tdur = dur } of tasks) {
      const inside = overlap(from, to, ts, ts + dur) / 1000
      busy.total += inside
      if (inside > 0) busy.onCore += inside * (tdur / dur)
    }
    return busy
  })
}

function isMark(phase: string): boolean {
  return phase === 'I' || phase === 'R' || phase === 'i'
}

function overlap(from: number, to: number, start: number, end: number): number {
  return Math.max(0, Math.min(to, end) - Math.max(from, start))
}

/** What Chromium noted of tasks and marks meanwhile, in order of time. */
async function traceOf(page: Page, work: () => Promise<unknown>): Promise<readonly TraceEvent[]> {
  const devTools = await page.context().newCDPSession(page)
  const events: TraceEvent[] = []
  devTools.on('Tracing.dataCollected', ({ value }) => events.push(...(value as unknown as TraceEvent[])))
  const complete = new Promise((resolve) => {
    devTools.once('Tracing.tracingComplete', resolve)
  })
  await devTools.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['blink.user_timing', 'disabled-by-default-devtools.timeline'] },
  })
  await work()
  await devTools.send('Tracing.end')
  await complete
  await devTools.detach()
  return events.toSorted((a, b) => a.ts - b.ts)
}
