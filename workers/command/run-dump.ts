import { createHash } from 'node:crypto'
import type { Database } from '../db/database.ts'
import { openContents } from '../formats/database-contents.ts'
import {
  readSlices,
  type ArraySource,
  type Contents,
  type FileSource,
  type SeriesSource,
} from '../formats/contents.ts'
import { runJson, type RunJson } from '../formats/jsonl/run-json.ts'
import { readRun } from '../read/run-detail.ts'

/** Shape: step, value, time. */
type PointJson = readonly [number, number, number]

/** All of a run, as `kymo import --json` says it, in log order. */
interface RunDump extends Omit<RunJson, 'metrics' | 'summary'> {
  readonly metrics: Readonly<
    Record<
      string,
      { count: number; first: number; last: number; min: number; max: number; points?: readonly PointJson[] }
    >
  >
  readonly summary: RunJson['summary']
  readonly media: readonly { key: string; step: number; kind: string; sha256: string; bytes: number }[]
  readonly artifacts: readonly {
    name: string
    version: number
    files: readonly { path: string; sha256: string; bytes: number }[]
  }[]
}

/** What a file could not be read of, or what has no place here. */
export interface ImportProblem {
  readonly path: string
  readonly what: string
  readonly kept: boolean
}

/** Every run of a database. `withPoints`: each point too. Cost: reads all bytes of media, for their digests. */
export function dumpRuns(database: Database, withPoints: boolean): readonly RunDump[] {
  const contents = openContents(database, { experimentId: null, runIds: null })
  return contents.runs.flatMap(({ run }) => {
    const detail = readRun(database, run.id)
    return detail === undefined ? [] : [{ ...runJson(detail), ...partsOf(contents, run.id, withPoints) }]
  })
}

function partsOf(
  { series, arrays, artifacts }: Contents,
  runId: string,
  withPoints: boolean,
): Pick<RunDump, 'metrics' | 'media' | 'artifacts'> {
  return {
    metrics: Object.fromEntries(
      series
        .filter(({ summary }) => summary.runId === runId)
        .map((source) => [source.summary.key, metricOf(source, withPoints)]),
    ),
    media: arrays
      .filter((array) => array.runId === runId)
      .map((array) => ({
        key: array.key,
        step: array.step,
        kind: array.media?.kind ?? 'array',
        sha256: digestOf(array, array.length),
        bytes: array.length,
      })),
    artifacts: artifacts
      .filter((artifact) => artifact.runId === runId)
      .map(({ name, version, files }) => ({
        name,
        version,
        files: files.map((file) => ({ path: file.path, sha256: file.digest, bytes: file.bytes })),
      })),
  }
}

function metricOf(source: SeriesSource, withPoints: boolean): RunDump['metrics'][string] {
  const { count, first, last, min, max } = source.summary
  return { count, first, last, min, max, ...(withPoints ? { points: pointsOf(source) } : {}) }
}

function pointsOf(source: SeriesSource): readonly PointJson[] {
  const points: PointJson[] = []
  for (const { steps, values, times } of readSlices(source))
    for (let at = 0; at < steps.length; at += 1)
      points.push([steps[at] ?? 0, values[at] ?? Number.NaN, times[at] ?? 0])
  return points
}

function digestOf({ read }: Pick<ArraySource | FileSource, 'read'>, length: number): string {
  const hash = createHash('sha256')
  for (let at = 0; at < length;) {
    const part = read(at)
    if (part.length === 0) break
    hash.update(part)
    at += part.length
  }
  return hash.digest('hex')
}
