import { type RunEvent } from '../../model/run.ts'
import { RUN_FIELDS, type RunField } from '../../model/run-fields.ts'
import type { UnixMs } from '../../model/units.ts'
import type { ArraySummary, RunDetail } from '../../protocol/runs-api.ts'
import { formatBytes, formatCount, formatStep, formatPlural } from '../../widgets/number-format.ts'
import { formatDuration, formatMoment } from '../../widgets/time-format.ts'
import type { Fact } from '../shell/json-words.ts'
import { happeningWords } from '../experiment/happening-words.ts'
import { runDuration, statusWords } from '../experiment/run-words.ts'

/** When a run lived and how much it logged. */
export function lifeFacts(detail: RunDetail, now: number, readOnly: boolean): readonly Fact[] {
  const { run, series } = detail
  const facts: Fact[] = [text('Started', formatMoment(run.startedAt, now))]
  const lastPoint = Math.max(...series.map((summary) => summary.lastTime))
  if (run.endedAt !== null) {
    facts.push(text(run.status === 'killed' ? 'Stopped at' : 'Ended', formatMoment(run.endedAt, now)))
  }
  if (Number.isFinite(lastPoint) && run.status !== 'finished') {
    const lastStep = Math.max(...series.map((summary) => summary.maxStep))
    facts.push(text('Last point', `step ${formatStep(lastStep)}, ${formatMoment(lastPoint, now)}`))
  }
  const duration = runDuration(run, now, readOnly)
  if (duration !== null) facts.push(text('Duration', formatDuration(duration)))
  const points = series.reduce((sum, summary) => sum + summary.count, 0)
  facts.push(text('Logged', `${formatPlural(points, 'point')} of ${formatPlural(series.length, 'metric')}`))
  for (const { title, of } of Object.values(RUN_FIELDS).filter(isFact)) {
    const value = run[of]
    if (value !== null) facts.push(text(title, value))
  }
  return facts
}

type FactField = Extract<(typeof RUN_FIELDS)[RunField], { readonly isFact: true }>

function isFact(field: (typeof RUN_FIELDS)[RunField]): field is FactField {
  return 'isFact' in field
}

function text(name: string, value: string): Fact {
  return { name, value, kind: 'text' }
}

/** Something that happened to a run. */
export interface Moment {
  readonly time: UnixMs
  readonly text: string
}

/** What happened to a run, in order. */
export function runTimeline({ run, series, events }: RunDetail, readOnly: boolean): readonly Moment[] {
  const firstPoint = Math.min(...series.map(({ firstTime }) => firstTime))
  const lastPoint = Math.max(...series.map(({ lastTime }) => lastTime))
  const lastStep = Math.max(...series.map(({ maxStep }) => maxStep))
  const fork = run.forkedAtStep === null ? '' : `, forked at step ${formatStep(run.forkedAtStep)}`
  const moments: readonly Moment[] = [
    { time: run.startedAt, text: `started${fork}` },
    { time: firstPoint, text: 'first point' },
    { time: lastPoint, text: `last point, step ${formatStep(lastStep)}` },
    ...events.map((event) => ({ time: event.time, text: eventWords(event) })),
    { time: run.endedAt ?? Number.NaN, text: statusWords(run.status, readOnly) },
    { time: run.archivedAt ?? Number.NaN, text: 'archived' },
  ]
  return moments.filter(({ time }) => Number.isFinite(time)).toSorted((a, b) => a.time - b.time)
}

/** “new data, step 400”, “page hidden for 3:20”. */
function eventWords(event: RunEvent): string {
  return event.step === null
    ? happeningWords(event)
    : `${happeningWords(event)}, step ${formatStep(event.step)}`
}

/** What ended a run, with its stack; null when nothing did. */
export function failureOf({ events }: RunDetail): string | null {
  return events.findLast(({ kind }) => kind === 'error')?.text ?? null
}

/** `gradient`: `200 × float32 [128, 64], 6.3 MB`. The type and shape are those of the latest. */
export function arrayFacts(arrays: readonly ArraySummary[]): readonly Fact[] {
  const plain = arrays.filter(({ kind }) => kind === null)
  return plain.map(({ key, count, bytes, dtype, shape }) =>
    text(key, `${formatCount(count)} × ${dtype} [${shape.join(', ')}], ${formatBytes(bytes)}`),
  )
}
