import { TABLES } from '../../src/protocol/public-schema.ts'
import { TEXT } from '../../src/model/column.ts'
import type { ExperimentId, RunId } from '../../src/model/units.ts'
import type { RunDetail } from '../../src/protocol/runs-api.ts'
import type { Database } from '../db/database.ts'
import { listArrays, readArrayBytes, type ListedArray } from '../read/arrays.ts'
import { findSeriesId, readPoints } from '../read/read-points.ts'
import { readRun } from '../read/run-detail.ts'
import { readArrangement } from '../read/arrangement.ts'
import { openArtifacts } from './artifact-sources.ts'
import { openConsoles } from './console-sources.ts'
import type { ArraySource, Contents, ExperimentRecord, RunRecord, SeriesSource } from './contents.ts'

/** Which runs: those of one experiment or of all, all of them or the ones named. */
export interface Selection {
  readonly experimentId: ExperimentId | null
  readonly runIds: readonly RunId[] | null
}

/**
 * Takes a picture of a database: its runs as they are now, and as many points of each series as there are now. What is
 * logged while it is being read is not in it.
 */
export function openContents(database: Database, { experimentId, runIds }: Selection): Contents {
  const { sql } = database
  const ids = sql.column(
    `select id from runs where removed_at is null and (?1 is null or experiment_id = ?1)
     and (?2 is null or id in (select value from json_each(?2))) order by started_at, rowid`,
    [experimentId, runIds === null ? null : JSON.stringify(runIds)],
    TEXT,
  )
  const runs: RunRecord[] = []
  const series: SeriesSource[] = []
  const arrays: ArraySource[] = []
  for (const id of ids) {
    const detail = readRun(database, id)
    if (detail === undefined) continue
    runs.push(toRecord(detail))
    for (const { key } of detail.arrays) arrays.push(...readArraySources(database, id, key))
    for (const summary of detail.series) {
      const seriesId = findSeriesId(database, id, summary.key)
      if (seriesId === undefined) continue
      series.push({ summary, read: (from, limit) => readPoints(database, seriesId, from, limit) })
    }
  }
  const known = new Set(ids)
  return {
    experiments: readExperimentRecords(
      database,
      runs.map(({ run }) => run.experimentId),
    ),
    runs,
    series,
    arrays,
    consoles: openConsoles(sql, ids),
    ...openArtifacts(sql, 'ours', (runId) => known.has(runId)),
  }
}

/** What is known of a run besides what grows. */
export function toRecord(detail: RunDetail): RunRecord {
  const { run, params, paramChanges, tags, summary, refusals, events } = detail
  return { run, params, paramChanges, tags, summary, refusals, events }
}

/** Those of some ids, the oldest first, with what was arranged in them. */
export function readExperimentRecords(
  database: Database,
  experimentIds: readonly ExperimentId[],
): ExperimentRecord[] {
  return database.sql.map(
    `select id, name, notes, created_at from experiments where id in (select value from json_each(?))
     order by created_at, rowid`,
    [JSON.stringify(experimentIds)],
    TABLES.experiments,
    (row) => ({ ...row, ...readArrangement(database, row.id) }),
  )
}

function* readArraySources(database: Database, runId: RunId, key: string): Generator<ArraySource> {
  for (const array of listArrays(database, runId, key)) yield toArraySource(database, runId, key, array)
}

/** An array as something to write. */
export function toArraySource(
  database: Database,
  runId: RunId,
  key: string,
  { id, bytes: length, media, ...array }: ListedArray,
): ArraySource {
  const found = { database: database.id, id, length }
  return {
    ...array,
    runId,
    key,
    media: media ?? undefined,
    length,
    read: (offset) => readArrayBytes(database, { ...found, offset }) ?? new Uint8Array(0),
  }
}
