import type { Database } from '../db/database.ts'
import type { PointArrays } from '../db/points/point-columns.ts'
import type { SeriesView } from '../db/points/point-store.ts'
import type { Pointer } from '../db/sqlite.ts'
import { readPointsOf } from './read-points.ts'

const DECLARATION = 'create table points (series_id integer, step integer, value real, time real)'
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

interface Cursor {
  seriesIds: readonly number[]
  /** Index of the current series in `seriesIds`. */
  series: number
  view: SeriesView | null
  points: PointArrays
  /** Ordinal of the first of `points`. */
  ordinal: number
  /** The current row among `points`. */
  at: number
  /** Rows passed: the row id. */
  row: number
}

const NOTHING: PointArrays = {
  steps: new Float64Array(0),
  values: new Float64Array(0),
  times: new Float64Array(0),
}

/**
 * Makes the chunks readable as the table `points` of the public schema, and `metrics` over it.
 *
 * Shape: rows of a series in log order, series by id; NULL for NaN. Cost: a million rows a second; `series_id = ?` is
 * looked up, everything else is a scan.
 */
export function addPointsTable(database: Database): void {
  const { engine, pointer } = database.sql
  const { capi, vtab, wasm } = engine
  const cursors = new Map<Pointer, Cursor>()

  function cursorAt(address: Pointer): Cursor {
    const cursor = cursors.get(address)
    if (cursor === undefined) throw new Error('The points table has no such cursor.')
    return cursor
  }

  /** Moves to the next row that exists, over the ends of chunks and series. */
  function settle(cursor: Cursor): void {
    while (cursor.at >= cursor.points.values.length) {
      const seriesId = cursor.seriesIds[cursor.series]
      if (seriesId === undefined) return
      cursor.view ??= database.points.view(seriesId)
      cursor.ordinal += cursor.points.values.length
      cursor.points = readPointsOf(cursor.view, cursor.ordinal, Number.POSITIVE_INFINITY)
      cursor.at = 0
      if (cursor.points.values.length > 0) return
      cursor.series += 1
      cursor.view = null
      cursor.ordinal = 0
      cursor.points = NOTHING
    }
  }

  function writeNumber(context: Pointer, value: number): void {
    if (Number.isNaN(value)) capi.sqlite3_result_null(context)
    else capi.sqlite3_result_double(context, value)
  }

  function writeInteger(context: Pointer, value: number): void {
    if ((value | 0) === value) capi.sqlite3_result_int(context, value)
    else capi.sqlite3_result_int64(context, BigInt(value))
  }

  const methods: Record<string, ((...pointers: Pointer[]) => number) | 0> = {
    // Without xCreate the table is there by its name alone, in no schema and in no file.
    xCreate: 0,
    xConnect(connection = 0, _client, _argc, _argv, out = 0) {
      const code = capi.sqlite3_declare_vtab(connection, DECLARATION)
      if (code === 0) vtab.xVtab.create(out)
      return code
    },
    xDisconnect(table = 0) {
      vtab.xVtab.dispose(table)
      return 0
    },
    xBestIndex(_table, address = 0) {
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
      return 0
    },
    xOpen(_table, out = 0) {
      const { pointer: address } = vtab.xCursor.create(out)
      cursors.set(address, {
        seriesIds: [],
        series: 0,
        view: null,
        points: NOTHING,
        ordinal: 0,
        at: 0,
        row: 0,
      })
      return 0
    },
    xClose(address = 0) {
      cursors.delete(address)
      vtab.xCursor.dispose(address)
      return 0
    },
    xFilter(address = 0, scan = 0, _text, _argc, argv = 0) {
      const cursor = cursorAt(address)
      cursor.seriesIds =
        scan === SCAN_SERIES
          ? [capi.sqlite3_value_double(wasm.peekPtr(argv))]
          : database.sql.all('select id from series order by id', [], (row) => row.number(0))
      cursor.series = 0
      cursor.view = null
      cursor.points = NOTHING
      cursor.ordinal = 0
      cursor.at = 0
      cursor.row = 0
      settle(cursor)
      return 0
    },
    xNext(address = 0) {
      const cursor = cursorAt(address)
      cursor.at += 1
      cursor.row += 1
      if (cursor.at >= cursor.points.values.length) settle(cursor)
      return 0
    },
    xEof(address = 0) {
      const cursor = cursorAt(address)
      return cursor.at >= cursor.points.values.length ? 1 : 0
    },
    xColumn(address = 0, context = 0, column) {
      const { points, at, seriesIds, series } = cursorAt(address)
      if (column === STEP) writeInteger(context, points.steps[at] ?? 0)
      else if (column === VALUE) writeNumber(context, points.values[at] ?? Number.NaN)
      else if (column === TIME) writeNumber(context, points.times[at] ?? Number.NaN)
      else if (column === SERIES_ID) writeInteger(context, seriesIds[series] ?? 0)
      return 0
    },
    xRowid(address = 0, out = 0) {
      vtab.xRowid(out, cursorAt(address).row)
      return 0
    },
  }

  const module = vtab.setupModule({ catchExceptions: true, methods })
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
