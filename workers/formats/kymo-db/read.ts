import { parseJson, parseJsonOrText, type JsonValue } from '../../../src/model/json.ts'
import type { RunEvent } from '../../../src/model/run.ts'
import { NO_POINTS } from '../../../src/model/log-batch.ts'
import type { Row, Sql } from '../../db/sql.ts'
import type { StoreFiles } from '../../db/store-files.ts'
import { readEvents, readPairs } from '../../read/run-detail.ts'
import { artifactsToParts } from '../artifact-parts.ts'
import { openArtifacts } from '../artifact-sources.ts'
import { openConsoles, readConsoles } from '../console-sources.ts'
import { SLICE_POINTS, type Part } from '../contents.ts'
import type { Progress } from '../../jobs/progress.ts'
import { Unreadable } from '../../jobs/errors.ts'
import { parseExperiment, parseRunRecord } from '../parse-run.ts'
import { runsToChanges } from '../run-changes.ts'
import { makeSectionParts } from '../section-parts.ts'
import { readArraysAsParts } from './read-arrays.ts'
import { distrust, holdsArrangement, holdsArrays, holdsMedia } from './trust.ts'

/** Bytes of the file copied at a time. */
const PART_BYTES = 2 ** 20

/**
 * Reads a database that Kymo exported.
 *
 * The file is copied into `files` under `temporaryName`, read there as plain rows, and gone when this ends. Errors:
 * throws `Unreadable`, or an engine failure when the file is damaged deeper than its header tells.
 */
export async function* readKymoDb(
  file: Blob,
  files: StoreFiles,
  temporaryName: string,
  progress: Progress,
): AsyncGenerator<Part> {
  try {
    await files.importParts(temporaryName, readFile(file, progress))
    const sql = await files.open(temporaryName)
    try {
      distrust(sql, file.size)
      yield readRuns(sql)
      yield* readPoints(sql, progress)
      if (holdsArrays(sql)) yield* readArraysAsParts(sql, progress)
      if (holdsMedia(sql)) yield* readConsolesAndArtifacts(sql)
    } finally {
      sql.close()
    }
  } finally {
    files.remove(temporaryName)
  }
}

/** What runs said, and their artifacts. */
function* readConsolesAndArtifacts(sql: Sql): Generator<Part> {
  const runIds = sql.all('select id from runs', [], (row) => row.text(0))
  for (const { runId, lines } of readConsoles(openConsoles(sql, runIds))) {
    yield { changes: [{ type: 'addConsole', runId, lines }], points: NO_POINTS }
  }
  const known = new Set(runIds)
  yield* artifactsToParts(openArtifacts(sql, 'exported', (runId) => known.has(runId)))
}

async function* readFile(file: Blob, progress: Progress): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < file.size; from += PART_BYTES) {
    yield new Uint8Array(await file.slice(from, from + PART_BYTES).arrayBuffer())
    await progress.report(from, file.size, 'bytes')
  }
}

function readRuns(sql: Sql): Part {
  const isArranged = holdsArrangement(sql)
  const experiments = sql
    .all('select id, name, notes, created_at from experiments', [], (row) => ({
      id: row.text(0),
      name: row.text(1),
      notes: row.text(2),
      createdAt: row.number(3),
      ...(isArranged ? readArranged(sql, row.text(0)) : {}),
    }))
    .map(parseExperiment)
  const runs = sql
    .all(isArranged ? SELECT_RUNS.replace('null as archived_at', 'archived_at') : SELECT_RUNS, [], (row) =>
      readRun(sql, row, isArranged),
    )
    .map(parseRunRecord)
  return { changes: runsToChanges(experiments, runs), points: NO_POINTS }
}

function readArranged(sql: Sql, experimentId: string): Record<string, JsonValue> {
  return {
    views: sql.all('select name, view from views where experiment_id = ?', [experimentId], (row) => ({
      name: row.text(0),
      view: row.text(1),
    })),
    directions: Object.fromEntries(
      sql.all('select key, direction from directions where experiment_id = ?', [experimentId], (row) => [
        row.text(0),
        row.text(1),
      ]),
    ),
    alerts: holdsMedia(sql) ? readAlerts(sql, experimentId) : [],
  }
}

function readAlerts(sql: Sql, experimentId: string): JsonValue {
  return sql.all('select id, rule from alerts where experiment_id = ?', [experimentId], (row) => ({
    id: row.text(0),
    rule: parseJson(row.text(1)) ?? null,
  }))
}

const SELECT_RUNS = `select id, experiment_id, name, status, started_at, ended_at, group_name, job_type, parent_run_id,
  forked_at_step, notes, color, environment, summary, null as archived_at from runs order by started_at`

function readRun(sql: Sql, row: Row, isArranged: boolean): JsonValue {
  const id = row.text(0)
  return {
    run: {
      id,
      experimentId: row.text(1),
      name: row.text(2),
      status: row.text(3),
      startedAt: row.number(4),
      endedAt: row.numberOrNull(5),
      groupName: row.textOrNull(6),
      jobType: row.textOrNull(7),
      parentRunId: row.textOrNull(8),
      forkedAtStep: row.numberOrNull(9),
      notes: row.text(10),
      color: row.textOrNull(11),
      environment: parseJson(row.text(12)) ?? null,
      archivedAt: row.numberOrNull(14),
    },
    summary: parseJson(row.text(13)) ?? null,
    params: Object.fromEntries(
      readPairs(sql, 'params', id).map(([key, text]) => [key, parseJsonOrText(text)]),
    ),
    tags: Object.fromEntries(readPairs(sql, 'tags', id)),
    events: isArranged ? readEvents(sql, id).map(eventToJson) : [],
    refusals: sql.all('select key, reason, count, example from refusals where run_id = ?', [id], (row) => ({
      key: row.text(0),
      reason: row.text(1),
      count: row.number(2),
      example: row.text(3),
    })),
  }
}

function eventToJson({ time, kind, text, until, step }: RunEvent): JsonValue {
  return { time, kind, text, until, step }
}

async function* readPoints(sql: Sql, progress: Progress): AsyncGenerator<Part> {
  const series = new Map<number, { readonly runId: string; readonly key: string }>()
  let total = 0
  sql.each('select id, run_id, key, count from series', [], (row) => {
    series.set(row.number(0), { runId: row.text(1), key: row.text(2) })
    total += row.number(3)
  })
  const sections = makeSectionParts()
  let done = 0
  let lastRow = Number.MIN_SAFE_INTEGER
  for (;;) {
    sql.each(SELECT_POINTS, [lastRow, SLICE_POINTS], (row) => {
      lastRow = row.number(0)
      const owner = series.get(row.number(1))
      if (owner === undefined) throw new Unreadable('file-corrupt', 'it holds points of no series')
      sections.add(owner.runId, owner.key, row.number(2), row.number(3), row.number(4))
    })
    if (sections.count === 0) break
    done += sections.count
    yield { changes: [], points: sections.close() }
    await progress.report(done, total, 'points')
  }
  if (done !== total) {
    throw new Unreadable('file-corrupt', `it says it has ${total} points but holds ${done}`)
  }
}

const SELECT_POINTS = `select rowid, series_id, step, value, time from points not indexed
  where rowid > ? order by rowid limit ?`
