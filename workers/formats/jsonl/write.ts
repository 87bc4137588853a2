import { jsonText } from '../../../src/model/json.ts'
import type { Progress } from '../../jobs/progress.ts'
import { groupSeries, type Contents } from '../contents.ts'
import type { Files } from '../file-entries.ts'
import { pointLines } from '../point-lines.ts'
import { runJson } from './run-json.ts'

/**
 * Contents as two files of JSON lines: `runs.jsonl` with a line a run, and `metrics.jsonl` with a line a point in log order.
 *
 * Cost: a slice of points as text in memory.
 */
export function jsonLinesFiles(contents: Contents, progress: Progress): Files {
  return [
    { name: 'runs.jsonl', input: runLines(contents) },
    { name: 'metrics.jsonl', input: metricLines(contents, progress) },
  ]
}

/** What `kymo runs --json` says of each, then all else that is known of it. */
async function* runLines({ experiments, runs, series }: Contents): AsyncGenerator<string> {
  const names = new Map(experiments.map(({ id, name }) => [id, name]))
  const sources = groupSeries(series, (runId) => runId)
  for (const { run, params, paramChanges, tags, summary, refusals, events } of runs) {
    const said = runJson({
      run,
      experimentName: names.get(run.experimentId) ?? '',
      params,
      tags,
      summary,
      series: (sources.get(run.id) ?? []).map((source) => source.summary),
    })
    // There they are `group` and `parent`.
    const { groupName: _group, parentRunId: _parent, ...rest } = run
    yield `${jsonText({ ...said, ...rest, paramChanges, events, refusals })}\n`
  }
}

async function* metricLines({ series }: Contents, progress: Progress): AsyncGenerator<string> {
  yield* pointLines(
    series,
    {
      beginning: ({ runId, key }) => `{"runId":${JSON.stringify(runId)},"key":${JSON.stringify(key)},"step":`,
      rest: (step, value, time) =>
        `${numberText(step)},"value":${numberText(value)},"time":${numberText(time)}}\n`,
    },
    progress,
  )
}

/** The fewest digits that bring it back; a fraction keeps the sign of a zero where readers have whole numbers of their own. */
function numberText(value: number): string {
  if (Object.is(value, -0)) return '-0.0'
  return Number.isFinite(value) ? String(value) : jsonText(value)
}
