import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js'
import { z } from 'zod'
import { jsonText } from '../../src/model/json.ts'
import type { Change } from '../../src/model/log-batch.ts'
import { NO_POINTS } from '../../src/model/log-batch.ts'
import { createId } from '../../src/model/units.ts'
import { runJson } from '../formats/jsonl/run-json.ts'
import { CommandError } from './command-error.ts'
import { findDiff } from './diff.ts'
import { findRun, findRuns, readFound, type FoundRun } from './find-runs.ts'
import { queryRows, rowsToJson } from './query.ts'
import { withSources, type Source } from './sources.ts'

declare const KYMO_VERSION: string

export interface McpOptions {
  readonly project?: string
  readonly write?: boolean
}

/** What an agent reads at once. */
const MAX_RUNS = 200
const MAX_ROWS = 500
const MAX_BUCKETS = 1_000

const RUN = z.string().describe('An id, the beginning of one, or a name')

/** `kymo mcp`: answers until its input ends. Every answer reads what is there by then. */
export async function serveAgents({ project, write = false }: McpOptions): Promise<void> {
  const server = new McpServer({ name: 'kymo', version: KYMO_VERSION })

  /** A tool over the databases of the project. What goes wrong is said as a sentence. */
  async function answer(work: (sources: readonly Source[]) => Promise<unknown>) {
    try {
      return textOf(jsonText(await withSources(project, work)))
    } catch (cause) {
      if (!(cause instanceof CommandError)) throw cause
      return { ...textOf(cause.message), isError: true }
    }
  }

  server.registerTool(
    'list_runs',
    {
      description: `Runs with params, tags and summaries of their metrics, newest first, at most ${MAX_RUNS}.`,
      inputSchema: {
        filter: z.string().optional().describe('val_acc > 0.9 and status = finished'),
        experiment: z.string().optional(),
        sort: z.string().optional().describe('A metric, param or field; -name for the largest first'),
        limit: z.number().int().min(1).max(MAX_RUNS).optional(),
      },
    },
    ({ limit = 20, ...wanted }) =>
      answer(async (sources) => {
        const found = await findRuns(sources, { ...wanted, limit })
        const runs = []
        for (const run of found) runs.push(runJson(await readFound(run)))
        return runs
      }),
  )
  server.registerTool(
    'show_run',
    { description: 'All that is known of one run but its points.', inputSchema: { run: RUN } },
    ({ run }) =>
      answer(async (sources) => {
        const detail = await readFound(findRun(sources, run))
        return { ...runJson(detail), events: detail.events, refusals: detail.refusals }
      }),
  )
  server.registerTool(
    'diff_runs',
    { description: 'What two runs do not have alike.', inputSchema: { a: RUN, b: RUN } },
    ({ a, b }) => answer(async (sources) => (await findDiff(sources, a, b)).diff),
  )
  server.registerTool(
    'query',
    {
      description: `Rows of a SELECT over one experiment, at most ${MAX_ROWS}. Tables: runs, params, tags, series, metrics(run_id, key, step, value, time), events, artifacts. A null value is NaN.`,
      inputSchema: { sql: z.string(), experiment: z.string().optional() },
    },
    ({ sql, experiment }) =>
      answer(() => Promise.resolve(rowsToJson(queryRows(sql, { project, experiment }, MAX_ROWS)))),
  )
  server.registerTool(
    'curve',
    {
      description:
        'A metric of a run over its steps, in buckets with mean, least and greatest value: every extreme is kept.',
      inputSchema: {
        run: RUN,
        metric: z.string(),
        buckets: z.number().int().min(1).max(MAX_BUCKETS).optional(),
      },
    },
    ({ run, metric, buckets = 100 }) =>
      answer((sources) => readCurve(findRun(sources, run), metric, buckets)),
  )
  if (write) {
    server.registerTool(
      'set_notes',
      {
        description: 'Writes the notes of a run, in Markdown.',
        inputSchema: { run: RUN, notes: z.string() },
      },
      ({ run, notes }) =>
        answer((sources) =>
          change(findRun(sources, run), (runId) => ({ type: 'setRunNotes', runId, notes })),
        ),
    )
    server.registerTool(
      'set_tag',
      {
        description: 'Sets a tag of a run; null takes it away.',
        inputSchema: { run: RUN, key: z.string(), value: z.string().nullable() },
      },
      ({ run, key, value }) =>
        answer((sources) =>
          change(findRun(sources, run), (runId) => ({ type: 'setTags', runId, tags: { [key]: value } })),
        ),
    )
  }
  const closed = new Promise<void>((resolve) => {
    for (const event of ['end', 'close']) process.stdin.once(event, () => resolve())
  })
  await server.connect(new StdioServerTransport())
  await closed
  await server.close()
}

function textOf(text: string): { content: { type: 'text'; text: string }[] } {
  return { content: [{ type: 'text', text }] }
}

/** Shape: one entry a bucket in each column. */
async function readCurve({ source, runId }: FoundRun, metric: string, buckets: number): Promise<unknown> {
  const answer = await source.service.readWindows({
    database: source.id,
    x: 'step',
    from: null,
    to: null,
    buckets,
    series: [{ runId, key: metric }],
  })
  if (!answer.ok) throw new CommandError(answer.error.message)
  const [window] = answer.value.windows
  if (window === undefined || window.points === 0)
    throw new CommandError(`The run has no metric ${metric}. show_run tells which it has.`)
  const { points, raw, x, mean, min, max, nonFinite } = window
  return {
    points,
    isEveryPoint: raw,
    step: [...x],
    mean: [...mean],
    ...(raw ? {} : { min: [...min], max: [...max] }),
    nan: counted(nonFinite.nan),
    infinite: counted(nonFinite.posInf) + counted(nonFinite.negInf),
  }
}

function counted(counts: Uint32Array): number {
  return counts.reduce((sum, count) => sum + count, 0)
}

async function change({ source, runId }: FoundRun, make: (runId: string) => Change): Promise<unknown> {
  const written = await source.service.ingest({
    clientId: createId(),
    sequence: 1,
    firstUnacknowledged: 1,
    changes: [make(runId)],
    points: NO_POINTS,
  })
  if (!written.ok) throw new CommandError(written.error.message)
  return { done: true }
}
