import { NUMBER } from '../../src/model/column.ts'
import { Damaged } from '../db/damage.ts'
import type { Database } from '../db/database.ts'
import type { PointArrays } from '../db/points/point-columns.ts'
import type { SeriesView } from '../db/points/point-store.ts'
import { engineOf, SqlError, type Sql } from '../db/sql.ts'
import type { Pointer } from '../db/sqlite.ts'
import { readPointsOf } from './read-points.ts'

const DECLARATION = 'create table points (series_id integer, step real, value real, time real)'
const SERIES_ID = 0
const STEP = 1
const VALUE = 2
const TIME = 3

/** How the rows are found: of all series, or of one. */
const SCAN_ALL = 0
const SCAN_SERIES = 1

/** Rows guessed for the planner. */
const ROWS_OF_SERIES = 10_000
const ROWS_OF_ALL = 10_000_000

/** The metrics of runs that are not removed. Temporary, so that it is in no file. */
const METRICS_VIEW = `create temp view if not exists metrics as
  select s.run_id, s.key, p.step, p.value, p.time from series s
  join runs r on r.id = s.run_id and r.removed_at is null join points p on p.series_id = s.id`

/** The series of removed runs are in no table of the public schema. */
const SHOWN_SERIES =
  'select id from series where run_id not in (select id from runs where removed_at is not null) order by id'
const IS_SHOWN =
  'select s.id from series s join runs r on r.id = s.run_id and r.removed_at is null where s.id = ?'

interface Cursor {
  readonly address: Pointer
  seriesIds: readonly number[]
  /** Index of the current series in `seriesIds`. */
  series: number
  /** The current series. */
  seriesId: number
  view: SeriesView | null
  points: PointArrays
  /** Ordinal of the first of `points`. */
  ordinal: number
  /** The current row among `points`, of which there are `end`. */
  at: number
  end: number
  /** Rows passed before `points`: with `at` the row id. */
  passed: number
}

const NOTHING: PointArrays = {
  steps: new Float64Array(0),
  values: new Float64Array(0),
  times: new Float64Array(0),
}

function emptyCursor(address: Pointer): Cursor {
  return {
    address,
    seriesIds: [],
    series: 0,
    seriesId: 0,
    view: null,
    points: NOTHING,
    ordinal: 0,
    at: 0,
    end: 0,
    passed: 0,
  }
}

/** Connections that have it. */
const withTable = new WeakSet<Sql>()

/**
 * Makes the chunks of all runs that are not removed readable as the table `points` of the public schema, and `metrics` over
 * it.
 *
 * Once a connection. Shape: rows of a series in log order, series by id; NULL for NaN. Cost: half of what a table of rows takes; `series_id =
 * ?` is looked up, everything else is a scan.
 */
export function addPointsTable(database: Database): void {
  if (withTable.has(database.sql)) return
  withTable.add(database.sql)
  const { pointer } = database.sql
  const { capi, vtab, wasm } = engineOf(database.sql)
  // Called for every value: the wrappers of `capi` convert their arguments, which takes longer than the call.
  const { sqlite3_result_double, sqlite3_result_int, sqlite3_result_int64, sqlite3_result_null } =
    wasm.exports
  const cursors = new Map<Pointer, Cursor>()
  /** The cursor used last: nearly always the one that is used next. */
  let last: Cursor = emptyCursor(0)

  function cursorAt(address: Pointer): Cursor {
    if (last.address === address) return last
    const cursor = cursors.get(address)
    if (cursor === undefined) throw new Error('The points table has no such cursor.')
    last = cursor
    return cursor
  }

  function rewind(cursor: Cursor, seriesIds: readonly number[]): void {
    Object.assign(cursor, emptyCursor(cursor.address), { seriesIds })
    settle(cursor)
  }

  /** Moves to the next row that exists, over the ends of chunks and series. */
  function settle(cursor: Cursor): void {
    while (cursor.at >= cursor.end) {
      const seriesId = cursor.seriesIds[cursor.series]
      if (seriesId === undefined) return
      cursor.seriesId = seriesId
      cursor.view ??= database.points.view(seriesId)
      cursor.ordinal += cursor.end
      cursor.passed += cursor.end
      cursor.points = readPointsOf(cursor.view, cursor.ordinal, Number.POSITIVE_INFINITY)
      cursor.at = 0
      cursor.end = cursor.points.values.length
      if (cursor.end > 0) return
      cursor.series += 1
      cursor.view = null
      cursor.ordinal = 0
    }
  }

  function writeNumber(context: Pointer, value: number): void {
    if (value === value) sqlite3_result_double(context, value)
    else sqlite3_result_null(context)
  }

  function writeInteger(context: Pointer, value: number): void {
    if ((value | 0) === value) sqlite3_result_int(context, value)
    else sqlite3_result_int64(context, BigInt(value))
  }

  /** Whole steps are integers, so that `step / 100` counts hundreds. */
  function writeStep(context: Pointer, step: number): void {
    if (Number.isInteger(step)) writeInteger(context, step)
    else sqlite3_result_double(context, step)
  }

  /** A thrown error must not pass through the engine. */
  function guarded(name: string, work: (...pointers: Pointer[]) => void): (...pointers: Pointer[]) => number {
    return (...pointers) => {
      try {
        work(...pointers)
        return 0
      } catch (thrown) {
        // As if SQLite had come upon it itself.
        if (thrown instanceof Damaged) return capi.SQLITE_CORRUPT
        return thrown instanceof SqlError ? thrown.code : vtab.xError(name, thrown)
      }
    }
  }

  const methods: Record<string, ((...pointers: Pointer[]) => number) | 0> = {
    // Without xCreate the table is there by its name alone, in no schema and in no file.
    xCreate: 0,
    xConnect(connection = 0, _client, _argc, _argv, out = 0) {
      const code = capi.sqlite3_declare_vtab(connection, DECLARATION)
      if (code === 0) vtab.xVtab.create(out)
      return code
    },
    xDisconnect: guarded('xDisconnect', (table = 0) => vtab.xVtab.dispose(table)),
    xBestIndex: guarded('xBestIndex', (_table, address = 0) => {
      const question = new capi.sqlite3_index_info(address)
      const found = usableConstraint(question, capi.SQLITE_INDEX_CONSTRAINT_EQ)
      if (found !== null) {
        const use = question.nthConstraintUsage(found)
        use.$argvIndex = 1
        use.dispose()
      }
      question.$idxNum = found === null ? SCAN_ALL : SCAN_SERIES
      question.$estimatedRows = BigInt(found === null ? ROWS_OF_ALL : ROWS_OF_SERIES)
      question.$estimatedCost = found === null ? ROWS_OF_ALL : ROWS_OF_SERIES
      question.dispose()
    }),
    xOpen: guarded('xOpen', (_table, out = 0) => {
      const { pointer: address } = vtab.xCursor.create(out)
      cursors.set(address, emptyCursor(address))
    }),
    xClose: guarded('xClose', (address = 0) => {
      if (last.address === address) last = emptyCursor(0)
      cursors.delete(address)
      vtab.xCursor.dispose(address)
    }),
    xFilter: guarded('xFilter', (address = 0, scan = 0, _text, _argc, argv = 0) => {
      const asked = scan === SCAN_SERIES ? [capi.sqlite3_value_double(wasm.peekPtr(argv))] : []
      const seriesIds = database.sql.column(asked.length > 0 ? IS_SHOWN : SHOWN_SERIES, asked, NUMBER)
      rewind(cursorAt(address), seriesIds)
    }),
    xRowid: guarded('xRowid', (address = 0, out = 0) => {
      const { passed, at } = cursorAt(address)
      vtab.xRowid(out, passed + at)
    }),
    // The three below are called for every row or value: no wrapper, and only the end of a chunk can throw.
    xNext(address = 0) {
      const cursor = cursorAt(address)
      cursor.at += 1
      return cursor.at < cursor.end ? 0 : settleGuarded(address)
    },
    xEof(address = 0) {
      const cursor = cursorAt(address)
      return cursor.at < cursor.end ? 0 : 1
    },
    xColumn(address = 0, context = 0, column) {
      const cursor = cursorAt(address)
      if (column === STEP) writeStep(context, cursor.points.steps[cursor.at] ?? 0)
      else if (column === VALUE) writeNumber(context, cursor.points.values[cursor.at] ?? Number.NaN)
      else if (column === TIME) writeNumber(context, cursor.points.times[cursor.at] ?? Number.NaN)
      else if (column === SERIES_ID) writeInteger(context, cursor.seriesId)
      return 0
    },
  }
  const settleGuarded = guarded('xNext', (address = 0) => settle(cursorAt(address)))

  const module = vtab.setupModule({ catchExceptions: false, methods })
  const code = capi.sqlite3_create_module(pointer, 'points', module, 0)
  if (code !== 0) throw new Error(`SQLite refused the points table (${code}).`)
  database.sql.exec(METRICS_VIEW)
}

/** The place of a usable `series_id = …` among the constraints; null when there is none. */
function usableConstraint(
  question: {
    readonly $nConstraint: number
    nthConstraint(index: number): {
      readonly $iColumn: number
      readonly $op: number
      readonly $usable: number
      dispose(): void
    }
  },
  equals: number,
): number | null {
  for (let index = 0; index < question.$nConstraint; index++) {
    const constraint = question.nthConstraint(index)
    const { $iColumn, $op, $usable } = constraint
    constraint.dispose()
    if ($usable !== 0 && $iColumn === SERIES_ID && $op === equals) return index
  }
  return null
}
