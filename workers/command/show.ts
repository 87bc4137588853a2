import { runJson } from '../formats/jsonl/run-json.ts'
import { findRun, readFound } from './find-runs.ts'
import { durationText, printJson, printTable, statusCell, timeText, valueText } from './print.ts'
import { withSources } from './sources.ts'

export interface ShowOptions {
  readonly project?: string
  readonly json?: boolean
}

/** `kymo show RUN` */
export function showRun(text: string, { project, json }: ShowOptions): Promise<void> {
  return withSources(project, async (sources) => {
    const detail = await readFound(findRun(sources, text))
    if (json === true)
      return printJson({ ...runJson(detail), events: detail.events, refusals: detail.refusals })
    const { run, experimentName, params, paramChanges, tags, summary, series, events, refusals } = detail
    printTable(
      ['run', run.name],
      [
        ['id', run.id],
        ['experiment', experimentName],
        ['status', statusCell(run.status)],
        ['started', timeText(run.startedAt)],
        ['took', durationText((run.endedAt ?? Date.now()) - run.startedAt)],
        ...(run.groupName === null ? [] : [['group', run.groupName]]),
        ...(run.notes === '' ? [] : [['notes', run.notes]]),
      ],
    )
    const given = Object.entries(params).map(([key, value]) => {
      const change = paramChanges[key]
      const before = change === undefined ? '' : `${valueText(change.first)} → `
      return [key, `${before}${valueText(value)}`]
    })
    section('param', ['value'], given)
    section(
      'tag',
      ['value'],
      Object.entries(tags).map(([key, value]) => [key, value]),
    )
    section(
      'summary',
      ['value'],
      Object.entries(summary).map(([key, value]) => [key, valueText(value)]),
    )
    section(
      'metric',
      ['points', 'last', 'min', 'max', 'last step'],
      series.map(({ key, count, last, min, max, lastStep }) =>
        [key, count, last, min, max, lastStep].map(valueText),
      ),
    )
    section(
      'event',
      ['when', 'what'],
      events.map(({ kind, time, text }) => [kind, timeText(time), text.split('\n')[0] ?? '']),
    )
    section(
      'refused',
      ['times', 'why', 'such as'],
      refusals.map(({ key, count, reason, example }) => [key, String(count), reason, example]),
    )
  })
}

function section(head: string, heads: readonly string[], rows: readonly (readonly string[])[]): void {
  if (rows.length === 0) return
  process.stdout.write('\n')
  printTable([head, ...heads], rows)
}
