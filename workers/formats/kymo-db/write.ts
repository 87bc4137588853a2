import { ownOf } from '../../../src/model/raw-value.ts'
import { EXPORT_FORMATS } from '../../../src/protocol/export-formats.ts'
import { TABLES } from '../../../src/protocol/public-schema.ts'
import { makeInsert } from '../../db/insert.ts'
import { APPLICATION_ID, SCHEMA_VERSION } from '../../db/migrate.ts'
import type { Sql } from '../../db/sql.ts'
import { readParts } from '../../db/read-parts.ts'
import { databaseBytes, type StoreFiles } from '../../db/store-files.ts'
import { makeBlobParts } from '../../jobs/blob-parts.ts'
import {
  areStepsWhole,
  countPoints,
  readSlices,
  type Contents,
  type ExperimentRecord,
  type RunRecord,
  type SeriesSource,
} from '../contents.ts'
import type { Progress } from '../../jobs/progress.ts'
import { writeArrays } from './write-arrays.ts'
import { writeArtifacts } from './write-artifacts.ts'
import { exportedSchema, POINTS_BY_SERIES } from '../../db/public-tables.ts'

/** What every tool opens without question; larger pages gain nothing for a file that is written once. */
const PAGE_BYTES = 4096

/** Others are answered after so many. */
const REPORTED_BYTES = 4 * 2 ** 20

/**
 * Writes contents as a plain SQLite file of the public schema.
 *
 * The file grows in `files` under `temporaryName` and is gone from there when this returns or throws. Cost: a slice of
 * points and a few parts of the file in memory where `files` is a disk.
 */
export async function writeKymoDb(
  contents: Contents,
  files: StoreFiles,
  temporaryName: string,
  progress: Progress,
): Promise<Blob> {
  const sql = await files.open(temporaryName)
  try {
    sql.exec(`pragma page_size = ${PAGE_BYTES}; pragma journal_mode = off; pragma synchronous = off`)
    sql.exec(`pragma application_id = ${APPLICATION_ID}; pragma user_version = ${SCHEMA_VERSION}`)
    sql.exec(exportedSchema((await areStepsWhole(contents.series, progress)) ? 'integer' : 'real'))
    sql.transaction(() => {
      for (const experiment of contents.experiments) insertExperiment(sql, experiment)
      for (const record of contents.runs) insertRun(sql, record)
      for (const [index, { summary }] of contents.series.entries())
        insertSeries(sql, { id: index + 1, ...summary })
    })
    await insertPoints(sql, contents.series, progress)
    await writeArrays(sql, contents.arrays, progress)
    await writeArtifacts(sql, contents, progress)
    sql.exec(POINTS_BY_SERIES)
    return await toBlob(sql, progress)
  } finally {
    sql.close()
    files.remove(temporaryName)
  }
}

const insertExperimentRow = makeInsert('experiments', TABLES.experiments)
const insertView = makeInsert('views', TABLES.views)
const insertDirection = makeInsert('directions', TABLES.directions)
const insertAlert = makeInsert('alerts', TABLES.alerts)
const insertRunRow = makeInsert('runs', TABLES.runs)
const insertParam = makeInsert('params', TABLES.params)
const insertTag = makeInsert('tags', TABLES.tags)
const insertRefusal = makeInsert('refusals', TABLES.refusals)
const insertEvent = makeInsert('events', TABLES.events, { onConflict: 'ignore' })
const insertSeries = makeInsert('series', TABLES.series)

function insertExperiment(sql: Sql, experiment: ExperimentRecord): void {
  const { id: experimentId, views, directions, alerts } = experiment
  insertExperimentRow(sql, experiment)
  for (const { name, view } of views) insertView(sql, { experimentId, name, view })
  for (const [key, direction] of Object.entries(directions))
    insertDirection(sql, { experimentId, key, direction })
  for (const { id, rule } of alerts) insertAlert(sql, { experimentId, id, rule: JSON.stringify(rule) })
}

function insertRun(sql: Sql, record: RunRecord): void {
  const { run, params, paramChanges, tags, summary, refusals, events } = record
  const runId = run.id
  insertRunRow(sql, { ...run, summary })
  for (const [key, value] of Object.entries(params)) {
    const change = ownOf(paramChanges, key)
    insertParam(sql, {
      runId,
      key,
      value: JSON.stringify(value),
      firstValue: change === undefined ? null : JSON.stringify(change.first),
      changedAtStep: change?.step ?? null,
    })
  }
  for (const [key, value] of Object.entries(tags)) insertTag(sql, { runId, key, value })
  for (const refusal of refusals) insertRefusal(sql, { runId, ...refusal })
  for (const event of events) insertEvent(sql, { runId, ...event })
}

async function insertPoints(sql: Sql, series: readonly SeriesSource[], progress: Progress): Promise<void> {
  const total = countPoints(series)
  let done = 0
  for (const [index, source] of series.entries()) {
    for (const { steps, values, times } of readSlices(source)) {
      sql.transaction(() => {
        for (let i = 0; i < steps.length; i += 1) {
          sql.run(
            'insert into points (series_id, step, value, time) values (?, ?, ?, ?)',
            index + 1,
            steps[i] ?? 0,
            values[i] ?? null,
            times[i] ?? 0,
          )
        }
      })
      done += steps.length
      await progress.report(done, total, 'points')
    }
  }
}

async function toBlob(sql: Sql, progress: Progress): Promise<Blob> {
  const total = databaseBytes(sql)
  const parts = makeBlobParts()
  let done = 0
  let reported = 0
  for (const part of readParts(sql)) {
    parts.add(part)
    done += part.length
    if (done - reported < REPORTED_BYTES) continue
    reported = done
    await progress.report(done, total, 'bytes')
  }
  return parts.close(EXPORT_FORMATS.db.mime)
}
