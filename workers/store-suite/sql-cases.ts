import { OWN_DATABASE } from '../../src/protocol/database-id.ts'
import { PUBLIC_SCHEMA, PUBLIC_TABLES } from '../../src/protocol/public-schema.ts'
import type { SqlAnswer, SqlValue } from '../../src/protocol/sql-api.ts'
import { makeConsole } from '../console/console.ts'
import { SLICE_MS } from '../console/query-sql.ts'
import { CHUNK_POINTS } from '../db/points/layout.ts'
import { assertClose, assertEqual, assertRefused, assertTrue, valueOf } from './assert.ts'
import { makeClient, openStore, pointsOf, rampOf, readAll, startOf, STARTED_AT } from './store.fixture.ts'
import type { Store, StoreCase } from './store.fixture.ts'

const ENDLESS = 'with recursive c(x) as (select 1 union all select x + 1 from c) select count(*) from c'

/** Nothing may be written, attached, switched or looked at behind the public tables. */
const FORBIDDEN = [
  'delete from runs',
  'with a as (select 1) delete from runs',
  'with a as (select 1) insert into tags select id, 1, 1 from main.runs',
  "update runs set name = 'x'",
  'drop table runs',
  'create table x (y)',
  'create temp table x (y)',
  'create temp view v as select 1',
  "attach ':memory:' as other",
  'detach main',
  'pragma user_version = 7',
  'pragma table_info(runs)',
  'select * from pragma_table_info(?)',
  "select * from pragma_table_info('runs')",
  'vacuum',
  'begin',
  'commit',
  'rollback',
  'savepoint a',
  'explain select 1',
  'select * from sqlite_schema',
  'select * from sqlite_temp_schema',
  'select * from main.runs',
  'with runs as (select * from main.runs) select * from runs',
  'select * from main.series',
  'select * from meta',
  'select count(*) from meta',
  'select count(*) from main.runs',
  'select count(*) from sqlite_schema',
  'select count(*) from pragma_database_list',
  'select * from clients',
  'select * from chunk_columns',
  'select * from sqlite_dbpage',
  'select * from dbstat',
  'select removed_at from runs',
  'select lock from runs',
  "select load_extension('x')",
  'select sqlite_version()',
  'select last_insert_rowid()',
  'select :parameter',
  'select 1; select 2',
  'select 1; delete from runs',
  '',
  '-- nothing',
]

async function ask({ service }: Store, sql: string, offset = 0, limit = 1_000): Promise<SqlAnswer> {
  return valueOf(await service.querySql({ database: OWN_DATABASE, sql, offset, limit }))
}

async function refusalOf({ service }: Store, sql: string) {
  const result = await service.querySql({ database: OWN_DATABASE, sql, offset: 0, limit: 10 })
  if (result.ok) throw new Error(`${sql} was answered`)
  return result.error
}

function rowsOf({ columns, rows }: SqlAnswer): SqlValue[][] {
  return Array.from({ length: rows }, (_, row) => columns.map(({ values }) => values[row] ?? null))
}

/** What the console answers, and what it refuses. */
export const SQL_CASES: readonly StoreCase[] = [
  {
    name: 'answers queries in agreement with what is read otherwise, of what is not committed too',
    needs: 'engine',
    async run(openFiles) {
      const store = await openStore(openFiles)
      const client = makeClient('page')
      const points = pointsOf(
        rampOf('a', 'loss', 0, 2 * CHUNK_POINTS + 77),
        {
          runId: 'a',
          key: 'odd',
          points: [
            [2 ** 40, Number.NaN],
            [1, Infinity],
          ],
        },
        rampOf('b', 'loss', 5, 3),
      )
      valueOf(
        await store.service.ingest(
          client.batch([startOf('a', { params: { lr: 0.1 }, tags: { kind: 'x' } }), startOf('b')], points),
        ),
      )
      // One that stays in the log.
      valueOf(await store.service.ingest(client.batch([], pointsOf(rampOf('b', 'loss', 8, 2)))))
      for (const [runId, key] of [
        ['a', 'loss'],
        ['a', 'odd'],
        ['b', 'loss'],
      ] as const) {
        const all = readAll(store, runId, key)
        const sql = `select step, value, time - ${STARTED_AT} from metrics where run_id = '${runId}' and key = '${key}'`
        const shown = rowsOf(await ask(store, sql, 0, 10_000)).map((row) =>
          row.map((value) => value ?? Number.NaN),
        )
        assertEqual(shown, all.slice(0, 10_000), `rows of ${key} of ${runId}`)
        const [facts] = rowsOf(
          await ask(
            store,
            `select count(*), min(value), max(value), (select last from series where run_id = '${runId}' and key = '${key}')
             from metrics where run_id = '${runId}' and key = '${key}'`,
          ),
        )
        const { series } = valueOf(await store.service.readRun({ database: OWN_DATABASE, runId }))
        const summary = series.find((each) => each.key === key)
        assertEqual(facts?.[0], summary?.count, `count of ${key} of ${runId}`)
        assertEqual(facts?.[3], summary?.last, `last of ${key} of ${runId}`)
        if (key === 'odd') continue
        assertEqual(facts?.slice(1, 3), [summary?.min, summary?.max], `extremes of ${key} of ${runId}`)
      }
      assertEqual(rowsOf(await ask(store, 'select run_id, value from params')), [['a', '0.1']], 'params')
      const { columns } = await ask(store, 'select id, started_at, ended_at, 1 as one from runs order by id')
      assertEqual(
        columns.map(({ kind }) => kind),
        ['text', 'real', 'null', 'integer'],
        'kinds',
      )
      store.close()
    },
  },
  {
    name: 'shows the public tables with their columns and nothing else',
    needs: 'engine',
    async run(openFiles) {
      const store = await openStore(openFiles)
      valueOf(await store.service.ingest(makeClient('page').batch([startOf('a')])))
      for (const table of PUBLIC_TABLES) {
        const { columns } = await ask(store, `select * from ${table}`)
        assertEqual(
          columns.map(({ name }) => name),
          PUBLIC_SCHEMA[table],
          `columns of ${table}`,
        )
      }
      for (const sql of FORBIDDEN) {
        const { code, message } = await refusalOf(store, sql)
        assertEqual(code, 'sql-wrong', `refusal of ${sql}`)
        assertTrue(message.length > 20, `${sql} is refused in words`)
      }
      assertEqual(rowsOf(await ask(store, 'select count(*) from runs')), [[1]], 'runs after all that')
      valueOf(await store.service.ingest(makeClient('other').batch([startOf('b')])))
      store.close()
    },
  },
  {
    name: 'lets a query name things like the public tables, and as it likes',
    needs: 'engine',
    async run(openFiles) {
      const store = await openStore(openFiles)
      valueOf(await store.service.ingest(makeClient('page').batch([startOf('a'), startOf('b')])))
      const queries: readonly (readonly [string, SqlValue])[] = [
        ['with runs as (select 7 as id) select id from runs', 7],
        ['with recursive "Runs"(id) as (select 8), other as (select id from runs) select id from other', 8],
        ["with x(a) as (values (')'), ('b')) select count(*) from x, runs", 4],
        ['/* with */ -- select\n values (9)', 9],
        ['select count(*) from (select * from runs r join series s on s.run_id = r.id) ;', 0],
        [
          'with recursive c(x) as (select 1 union all select x + 1 from c where x < 100) select sum(x) from c',
          5050,
        ],
        ["select count(*) from runs, json_each('[1,2,3]')", 6],
        ['select 9007199254740993', 9_007_199_254_740_993n],
        ["select 'a' || char(0) || '€😀'", 'a\0€😀'],
        ["select x'00ff'", Uint8Array.of(0, 255)],
      ]
      for (const [sql, expected] of queries) {
        assertEqual(String(rowsOf(await ask(store, sql))[0]?.[0]), String(expected), sql)
      }
      store.close()
    },
  },
  {
    name: 'says where in a query it is wrong, and what may have been meant',
    needs: 'engine',
    async run(openFiles) {
      const store = await openStore(openFiles)
      const wrongs: readonly (readonly [string, string, string | null])[] = [
        ["select 'ä€😀', nmae from runs", 'nmae', 'name'],
        ['select r.nmae from runs r', 'nmae', 'name'],
        ['select * from rnus', 'rnus', 'runs'],
        ['with x as (select 1) select * form x', 'form', null],
        ['-- first\nselct 1', 'selct', 'select'],
        ['select medain(1)', 'medain', 'median'],
        ['select 1; select 2', 'select 2', null],
      ]
      for (const [sql, word, fix] of wrongs) {
        const { at } = await refusalOf(store, sql)
        assertEqual(sql.slice(at?.from, at?.to), word, `the place in ${sql}`)
        assertEqual(at?.fix, fix, `the guess for ${sql}`)
      }
      store.close()
    },
  },
  {
    name: 'shows nothing of removed runs to queries',
    needs: 'engine',
    async run(openFiles) {
      const store = await openStore(openFiles)
      const client = makeClient('page')
      const start = { params: { lr: 1 }, tags: { kind: 'x' } }
      const ramps = [rampOf('a', 'loss', 0, 10), rampOf('b', 'loss', 0, 20)]
      const other = startOf('c', { experiment: { name: 'other' } })
      valueOf(
        await store.service.ingest(
          client.batch([startOf('a', start), startOf('b', start), other], pointsOf(...ramps)),
        ),
      )
      const id = rowsOf(await ask(store, "select id from series where run_id = 'b'"))[0]?.[0]
      const removed = { type: 'removeRuns', runIds: ['b', 'c'], removedAt: STARTED_AT } as const
      valueOf(await store.service.ingest(client.batch([removed])))
      for (const table of ['runs', 'params', 'tags', 'series', 'experiments'])
        assertEqual(rowsOf(await ask(store, `select count(*) from ${table}`)), [[1]], table)
      for (const sql of ['select count(*) from points', 'select count(*) from metrics'])
        assertEqual(rowsOf(await ask(store, sql)), [[10]], sql)
      const ofRemoved = await ask(store, `select * from points where series_id = ${Number(id)}`)
      assertEqual(ofRemoved.rows, 0, 'points of a removed run by their series')
      const copy = valueOf(await store.service.copyDatabase(OWN_DATABASE))
      const console = makeConsole()
      valueOf(await console.open(copy))
      assertEqual(
        rowsOf(valueOf(await console.query('select count(*) from points', 0, 1))),
        [[10]],
        'in a copy',
      )
      store.close()
    },
  },
  {
    name: 'ends a query that takes too long, and takes what is logged meanwhile',
    needs: 'engine',
    async run(openFiles) {
      const store = await openStore(openFiles)
      const client = makeClient('page')
      valueOf(await store.service.ingest(client.batch([startOf('a')], pointsOf(rampOf('a', 'loss', 0, 10)))))
      const startedAt = performance.now()
      const query = store.service.querySql({ database: OWN_DATABASE, sql: ENDLESS, offset: 0, limit: 1 })
      const logged = store.service.ingest(client.batch([], pointsOf(rampOf('a', 'loss', 10, 5))))
      assertRefused(await query, 'sql-slow')
      valueOf(await logged)
      const took = performance.now() - startedAt
      assertTrue(took < SLICE_MS + 800, `the query and what was logged meanwhile took ${Math.round(took)} ms`)
      assertEqual(rowsOf(await ask(store, 'select count(*) from points')), [[15]], 'points')
      assertRefused(
        await store.service.querySql({
          database: OWN_DATABASE,
          sql: `${ENDLESS}, points`,
          offset: 0,
          limit: 1,
        }),
        'sql-slow',
      )
      store.close()
    },
  },
  {
    name: 'answers in pages, here and from a copy, and writes all rows of it',
    needs: 'engine',
    async run(openFiles) {
      const store = await openStore(openFiles)
      const count = CHUNK_POINTS + 1_234
      const client = makeClient('page')
      valueOf(
        await store.service.ingest(client.batch([startOf('a')], pointsOf(rampOf('a', 'loss', 0, count)))),
      )
      valueOf(await store.service.ingest(client.batch([], pointsOf(rampOf('a', 'loss', count, 3)))))
      const sql = 'select step, value from points order by step'
      const copy = makeConsole()
      valueOf(await copy.open(valueOf(await store.service.copyDatabase(OWN_DATABASE))))
      const first = valueOf(await copy.query(sql, 10, 1_000))
      assertEqual(first, { ...(await ask(store, sql, 10, 1_000)), elapsedMs: first.elapsedMs }, 'first page')
      const second = valueOf(await copy.next(9_000))
      assertEqual(rowsOf(second), rowsOf(await ask(store, sql, 1_010, 9_000)), 'second page')
      assertEqual([second.rows, second.more], [count + 3 - 1_010, false], 'end of the second page')
      assertEqual(valueOf(await copy.next(10)).rows, 0, 'rows after the last')
      const { file, rows } = valueOf(await copy.exportQuery(sql, 'csv'))
      assertEqual(rows, count + 3, 'rows written')
      const lines = (await file.text()).split('\r\n')
      assertEqual([lines[0], lines.length], ['step,value', count + 3 + 2], 'lines written')
      assertClose(Number(lines[5]?.split(',')[1]), Math.sin(4), 'a value written')
      // The database goes on where it was.
      valueOf(await store.service.ingest(client.batch([], pointsOf(rampOf('a', 'loss', count + 3, 2)))))
      assertEqual(rowsOf(await ask(store, 'select count(*) from points')), [[count + 5]], 'points')
      store.close()
    },
  },
  {
    name: 'copies a database as of one moment, whatever is logged and committed meanwhile',
    needs: 'engine',
    async run(openFiles) {
      const store = await openStore(openFiles)
      const client = makeClient('page')
      const count = 40 * CHUNK_POINTS
      valueOf(
        await store.service.ingest(client.batch([startOf('a')], pointsOf(rampOf('a', 'loss', 0, count)))),
      )
      for (let round = 0; round < 4; round++) {
        const copying = store.service.copyDatabase(OWN_DATABASE)
        const batches = Array.from({ length: 6 }, (_, index) =>
          // In bulk, so that it is committed, and a few points, which wait.
          client.batch([], pointsOf(rampOf('a', `more ${round}`, index, index % 2 === 0 ? 40_000 : 3))),
        )
        for (const batch of batches) valueOf(await store.service.ingest(batch))
        const copy = makeConsole()
        valueOf(await copy.open(valueOf(await copying)))
        const wrong = valueOf(
          await copy.query(
            `select count(*) from series s where (s.count, s.min, s.max) is not
              (select count(*), min(value), max(value) from points p where p.series_id = s.id)`,
            0,
            1,
          ),
        )
        assertEqual(rowsOf(wrong), [[0]], 'series whose points are others than their summary says')
        const points = valueOf(await copy.query("select count from series where key = 'loss'", 0, 1))
        assertEqual(rowsOf(points), [[count]], 'points of what was there before')
      }
      store.close()
    },
  },
]
