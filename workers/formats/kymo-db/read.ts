import { SERIES_NAME, TABLES } from '../../../src/protocol/public-schema.ts'
import { INTEGER, TEXT, selectUpTo, type RowOf } from '../../../src/model/column.ts'
import { parseJson, parseJsonOrText, type JsonValue } from '../../../src/model/json.ts'
import { NO_POINTS } from '../../../src/model/log-batch.ts'
import type { Sql } from '../../db/sql.ts'
import type { StoreFiles } from '../../db/store-files.ts'
import { readParamChanges } from '../../read/param-changes.ts'
import { readEvents, readPairs } from '../../read/run-detail.ts'
import { artifactsToParts } from '../artifact-parts.ts'
import { openArtifacts } from '../artifact-sources.ts'
import { openConsoles, readConsoles } from '../console-sources.ts'
import { SLICE_POINTS, type Part } from '../contents.ts'
import { Unreadable } from '../../jobs/errors.ts'
import type { Progress } from '../../jobs/progress.ts'
import { parseExperiment, parseRunRecord, type UnparsedRun } from '../parse-run.ts'
import { runsToChanges } from '../run-changes.ts'
import { makeSectionParts } from '../section-parts.ts'
import { readArraysAsParts } from './read-arrays.ts'
import { distrust, holdsArrangement, holdsArrays, holdsMedia, holdsParamChanges, versionOf } from './trust.ts'

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
  const runIds = sql.column('select id from runs', [], TEXT)
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
    .all('select id, name, notes, created_at from experiments', [], TABLES.experiments)
    .map((row) => parseExperiment({ ...row, ...(isArranged ? readArranged(sql, row.id) : {}) }))
  const columns = selectUpTo(TABLES.runs, versionOf(sql))
  const runs = sql
    .all(`select ${columns} from runs order by started_at`, [], TABLES.runs)
    .map((row) => parseRunRecord(readRun(sql, row, isArranged)))
  return { changes: runsToChanges(experiments, runs), points: NO_POINTS }
}

function readArranged(sql: Sql, experimentId: string): Record<string, JsonValue> {
  return {
    views: sql.all('select name, view from views where experiment_id = ?', [experimentId], VIEW_ROW),
    directions: Object.fromEntries(
      sql.map(
        'select key, direction from directions where experiment_id = ?',
        [experimentId],
        DIRECTION_ROW,
        ({ key, direction }) => [key, direction],
      ),
    ),
    alerts: holdsMedia(sql) ? readAlerts(sql, experimentId) : [],
  }
}

const VIEW_ROW = { name: TEXT, view: TEXT } as const
const DIRECTION_ROW = { key: TEXT, direction: TEXT } as const
const ALERT_ROW = { id: TEXT, rule: TEXT } as const

function readAlerts(sql: Sql, experimentId: string): JsonValue {
  const query = 'select id, rule from alerts where experiment_id = ?'
  return sql.map(query, [experimentId], ALERT_ROW, ({ id, rule }) => ({ id, rule: parseJson(rule) ?? null }))
}

function readRun(sql: Sql, row: RowOf<typeof TABLES.runs>, isArranged: boolean): UnparsedRun {
  const { id, summary } = row
  return {
    run: row,
    summary,
    params: Object.fromEntries(
      readPairs(sql, 'params', id).map(([key, text]) => [key, parseJsonOrText(text)]),
    ),
    paramChanges: holdsParamChanges(sql) ? (readParamChanges(sql, [id]).get(id) ?? {}) : undefined,
    tags: Object.fromEntries(readPairs(sql, 'tags', id)),
    events: isArranged ? readEvents(sql, id) : [],
    refusals: sql.all('select key, reason, count, example from refusals where run_id = ?', [id], REFUSAL_ROW),
  }
}

const REFUSAL_ROW = { key: TEXT, reason: TEXT, count: INTEGER, example: TEXT } as const

async function* readPoints(sql: Sql, progress: Progress): AsyncGenerator<Part> {
  const series = new Map<number, { readonly runId: string; readonly key: string }>()
  let total = 0
  sql.each('select id, run_id, key, count from series', [], SERIES_ROW, ({ id, runId, key, count }) => {
    series.set(id, { runId, key })
    total += count
  })
  const sections = makeSectionParts()
  let done = 0
  let lastRow = Number.MIN_SAFE_INTEGER
  for (;;) {
    sql.each(SELECT_POINTS, [lastRow, SLICE_POINTS], POINT_ROW, (row) => {
      lastRow = row.rowid
      const owner = series.get(row.seriesId)
      if (owner === undefined) throw new Unreadable('file-corrupt', 'it holds points of no series')
      sections.add(owner.runId, owner.key, row.step, row.value, row.time)
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

const SERIES_ROW = { ...SERIES_NAME, count: INTEGER } as const
const POINT_ROW = { rowid: INTEGER, ...TABLES.points } as const
const SELECT_POINTS = `select rowid, series_id, step, value, time from points not indexed
  where rowid > ? order by rowid limit ?`
