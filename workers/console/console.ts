import { err, ok, type Result } from '../../src/model/result.ts'
import type { ConsoleApi } from '../../src/protocol/console-api.ts'
import { joinKinds, type SqlKind } from '../../src/model/sql-kind.ts'
import { MAX_SQL_ROWS, type SqlAnswer, type SqlColumn } from '../../src/protocol/sql-api.ts'
import type { TrackerError } from '../../src/protocol/tracker-error.ts'
import { openDatabase, type Database } from '../db/database.ts'
import { openMemoryFiles } from '../db/memory-files.ts'
import { SqlError, type Sql } from '../db/sql.ts'
import { loadEngine } from '../db/sqlite.ts'
import { addPointsTable } from '../read/points-table.ts'
import { openQuery, QueryFailed, withValueLimit, type OpenQuery } from './query.ts'
import { passRows, readRows, type RowCursor } from './read-rows.ts'
import type { ResultShape, RowPages } from './result-rows.ts'
import { notLoaded } from '../jobs/errors.ts'
import { NotLoaded } from '../jobs/load-code.ts'
import { loadRowWriter } from './row-writer.ts'
import { noMemory } from './sql-errors.ts'

const COPY_NAME = 'copy'

/** How much of a copy is taken into memory at a time. */
const PART_BYTES = 8 * 2 ** 20

/** A console over a copy of a database: a query may block its thread for as long as it likes. */
export function makeConsole(): ConsoleApi {
  let database: Database | null = null
  let cursor: RowCursor<OpenQuery> | null = null

  function open(text: string): Result<{ query: OpenQuery; sql: Sql }, TrackerError> {
    if (database === null) throw new Error('The console has no copy yet.')
    const { sql } = database
    const opened = openQuery(sql, text)
    return opened.ok ? ok({ query: opened.value, sql }) : opened
  }

  function letGo(): void {
    cursor?.query.close()
    cursor = null
  }

  function read(limit: number): SqlAnswer {
    if (database === null || cursor === null) throw new Error('The console runs no query.')
    const at = cursor
    return withValueLimit(database.sql, () => readRows(at, limit))
  }

  return {
    async open(copy) {
      try {
        const files = openMemoryFiles(await loadEngine(), '')
        await files.importParts(COPY_NAME, partsOf(copy))
        database = await openDatabase(files, COPY_NAME)
        addPointsTable(database)
        return ok(null)
      } catch (cause) {
        if (isForWantOfMemory(cause)) return err(noMemory())
        throw cause
      }
    },
    query: (text, offset, limit) =>
      guarded(() => {
        letGo()
        const opened = open(text)
        if (!opened.ok) return opened
        const startedAt = performance.now()
        cursor = { query: opened.value.query, isAhead: false }
        passRows(cursor, offset)
        return ok({ ...read(limit), elapsedMs: performance.now() - startedAt })
      }),
    next: (limit) => guarded(() => ok(read(limit))),
    exportQuery: (text, format) =>
      guarded(async () => {
        const write = await loadRowWriter(format)
        const opened = open(text)
        if (!opened.ok) return opened
        const { query, sql } = opened.value
        try {
          const kinds = withValueLimit(sql, () => kindsOf(query))
          query.restart()
          const { pages, rows } = pagesOf(query, sql)
          const file = await write({ names: query.columns, kinds }, pages)
          return ok({ file, rows: rows() })
        } finally {
          query.close()
        }
      }),
    exportAnswer: (answer, format) =>
      guarded(async () => {
        const write = await loadRowWriter(format)
        return ok({ file: await write(shapeOf(answer.columns), [answer.columns]), rows: answer.rows })
      }),
  }
}

async function guarded<T>(
  work: () => Result<T, TrackerError> | Promise<Result<T, TrackerError>>,
): Promise<Result<T, TrackerError>> {
  try {
    return await work()
  } catch (cause) {
    if (cause instanceof QueryFailed) return err(cause.error)
    if (isForWantOfMemory(cause)) return err(noMemory())
    if (cause instanceof NotLoaded) return err(notLoaded())
    throw cause
  }
}

async function* partsOf(copy: Blob): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < copy.size; at += PART_BYTES) {
    yield new Uint8Array(await copy.slice(at, at + PART_BYTES).arrayBuffer())
  }
}

function shapeOf(columns: readonly SqlColumn[]): ResultShape {
  return { names: columns.map(({ name }) => name), kinds: columns.map(({ kind }) => kind) }
}

/** What kinds of values a query has in each column. Cost: that of running it. */
function kindsOf(query: OpenQuery): readonly SqlKind[] {
  const kinds = query.columns.map((): SqlKind => 'null')
  while (query.step()) {
    for (let index = 0; index < kinds.length; index += 1)
      kinds[index] = joinKinds(kinds[index] ?? 'null', query.kind(index))
  }
  return kinds
}

/** All rows of a query, a page at a time. */
function pagesOf(query: OpenQuery, sql: Sql): { pages: RowPages; rows(): number } {
  const cursor: RowCursor = { query, isAhead: false }
  let rows = 0
  function* pages(): Generator<readonly SqlColumn[]> {
    let page
    do {
      page = withValueLimit(sql, () => readRows(cursor, MAX_SQL_ROWS))
      rows += page.rows
      if (page.rows > 0) yield page.columns
    } while (page.more)
  }
  return { pages: pages(), rows: () => rows }
}

/** The engine's memory ends at 2 GB, that of a phone sooner. */
function isForWantOfMemory(cause: unknown): boolean {
  if (cause instanceof SqlError) return cause.primaryCode === NOMEM
  return cause instanceof Error && SAYS_NO_MEMORY.test(cause.message)
}

/** Source: sqlite.org/rescode.html. */
const NOMEM = 7

/** How engines refuse a buffer, a text or more memory. A full stack and an access out of bounds are bugs. */
const SAYS_NO_MEMORY =
  /allocat|out of memory|\boom\b|grow|invalid (typed )?(array|string) length|length out of range/i
