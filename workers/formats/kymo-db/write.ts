import { APPLICATION_ID, SCHEMA_VERSION } from '../../db/migrate.ts'
import type { Sql } from '../../db/sql.ts'
import { readParts, type StoreFiles } from '../../db/store-files.ts'
import { makeBlobParts } from '../../jobs/blob-parts.ts'
import {
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
import { KYMO_DB_MIME } from './mime.ts'
import schema from './schema.sql?raw'

/** What every tool opens without question; larger pages gain nothing for a file that is written once. */
const PAGE_BYTES = 4096

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
    sql.exec(schema)
    sql.transaction(() => {
      for (const experiment of contents.experiments) insertExperiment(sql, experiment)
      for (const record of contents.runs) insertRun(sql, record)
      for (const [index, { summary }] of contents.series.entries()) insertSeries(sql, index + 1, summary)
    })
    await insertPoints(sql, contents.series, progress)
    await writeArrays(sql, contents.arrays, progress)
    await writeArtifacts(sql, contents, progress)
    sql.exec('create index points_by_series on points (series_id)')
    return await toBlob(sql, progress)
  } finally {
    sql.close()
    files.remove(temporaryName)
  }
}

function insertExperiment(sql: Sql, experiment: ExperimentRecord): void {
  const { id, name, notes, createdAt, views, directions, alerts } = experiment
  sql.run('insert into experiments values (?, ?, ?, ?)', id, name, notes, createdAt)
  for (const saved of views) sql.run('insert into views values (?, ?, ?)', id, saved.name, saved.view)
  for (const [key, direction] of Object.entries(directions))
    sql.run('insert into directions values (?, ?, ?)', id, key, direction)
  for (const alert of alerts)
    sql.run('insert into alerts values (?, ?, ?)', id, alert.id, JSON.stringify(alert.rule))
}

function insertRun(sql: Sql, { run, params, tags, summary, refusals, events }: RunRecord): void {
  sql.run(
    'insert into runs values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
    run.id,
    run.experimentId,
    run.name,
    run.status,
    run.startedAt,
    run.endedAt,
    run.groupName,
    run.jobType,
    run.parentRunId,
    run.forkedAtStep,
    run.notes,
    run.color,
    JSON.stringify(run.environment),
    JSON.stringify(summary),
    run.archivedAt,
  )
  for (const [key, value] of Object.entries(params)) {
    sql.run('insert into params values (?, ?, ?)', run.id, key, JSON.stringify(value))
  }
  for (const [key, value] of Object.entries(tags)) {
    sql.run('insert into tags values (?, ?, ?)', run.id, key, value)
  }
  for (const { key, reason, count, example } of refusals) {
    sql.run('insert into refusals values (?, ?, ?, ?, ?)', run.id, key, reason, count, example)
  }
  for (const { time, kind, text, until, step } of events) {
    sql.run('insert or ignore into events values (?, ?, ?, ?, ?, ?)', run.id, time, kind, text, until, step)
  }
}

function insertSeries(sql: Sql, id: number, summary: SeriesSource['summary']): void {
  sql.run(
    'insert into series values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
    id,
    summary.runId,
    summary.key,
    summary.count,
    summary.firstStep,
    summary.lastStep,
    summary.minStep,
    summary.maxStep,
    summary.firstTime,
    summary.lastTime,
    summary.first,
    summary.last,
    summary.min,
    summary.max,
    summary.mean,
    summary.nanCount,
    summary.posInfCount,
    summary.negInfCount,
  )
}

async function insertPoints(sql: Sql, series: readonly SeriesSource[], progress: Progress): Promise<void> {
  const total = countPoints(series)
  let done = 0
  for (const [index, source] of series.entries()) {
    for (const { steps, values, times } of readSlices(source)) {
      sql.transaction(() => {
        for (let i = 0; i < steps.length; i += 1) {
          sql.run(
            'insert into points values (?, ?, ?, ?)',
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
  const total = sql.first('pragma page_count', [], (row) => row.number(0)) ?? 0
  const parts = makeBlobParts()
  let done = 0
  for (const page of readParts(sql)) {
    parts.add(page)
    done += 1
    if (done % 1024 === 0) await progress.report(done * PAGE_BYTES, total * PAGE_BYTES, 'bytes')
  }
  return parts.close(KYMO_DB_MIME)
}
