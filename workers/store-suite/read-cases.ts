import { TABLES } from '../../src/protocol/public-schema.ts'
import { INTEGER, NUMBER } from '../../src/model/column.ts'
import { addPointsTable } from '../read/points-table.ts'
import { PROTOCOL_VERSION } from '../../src/protocol/version.ts'
import { OWN_DATABASE } from '../../src/protocol/database-id.ts'
import { CHUNK_POINTS } from '../db/points/layout.ts'
import { assertEqual, assertRefused, valueOf } from './assert.ts'
import {
  makeClient,
  openStore,
  pointsOf,
  rampOf,
  readAll,
  readRunIds,
  startOf,
  STARTED_AT,
} from './store.fixture.ts'
import type { StoreCase } from './store.fixture.ts'

const { step, value, time } = TABLES.points
const POINT_ROW = { step, value, time } as const

/** What is read of what was written. */
export const READ_CASES: readonly StoreCase[] = [
  {
    name: 'answers the handshake and refuses another protocol by name',
    async run(openFiles) {
      const store = await openStore(openFiles)
      const { storage } = valueOf(await store.service.hello({ protocolVersion: PROTOCOL_VERSION }))
      assertEqual(storage, valueOf(await store.service.readStorage()).kind, 'kind of storage')
      assertRefused(await store.service.hello({ protocolVersion: PROTOCOL_VERSION + 1 }), 'version-mismatch')
      store.close()
    },
  },
  {
    name: 'draws a spike of one point in 200,000 in every window that holds it',
    async run(openFiles) {
      const store = await openStore(openFiles)
      const client = makeClient('page')
      const count = 200_000
      const spike = 123_457
      const columns = new Float64Array(3 * count)
      for (let index = 0; index < count; index++) {
        columns[index] = index
        columns[count + index] = index === spike ? 1e6 : Math.cos(index / 1000)
        columns[2 * count + index] = STARTED_AT + index * 10
      }
      const sections = [{ runId: 'a', key: 'loss', count }]
      valueOf(await store.service.ingest(client.batch([startOf('a')], { sections, columns })))
      for (const reach of [count, 50_000, 20_000, 3000, 100, 1]) {
        for (const buckets of [1, 10, 333, 2000]) {
          const { windows } = valueOf(
            await store.service.readWindows({
              database: OWN_DATABASE,
              x: 'step',
              from: Math.max(0, spike - reach),
              to: spike + reach,
              buckets,
              series: [{ runId: 'a', key: 'loss' }],
            }),
          )
          const [window] = windows
          const highest = Array.from(window?.max ?? []).reduce((a: number, b: number) => Math.max(a, b), 0)
          assertEqual(highest, 1e6, `highest of ±${reach} steps in ${buckets} buckets`)
          const inside = Math.min(count - 1, spike + reach) - Math.max(0, spike - reach) + 1
          assertEqual(window?.points, inside, `points of ±${reach} steps`)
        }
      }
      store.close()
    },
  },
  {
    name: 'remembers everything said of a run',
    async run(openFiles) {
      let store = await openStore(openFiles)
      const client = makeClient('page')
      const start = startOf('a', {
        params: { rate: 0.1, layers: [1, 2], nested: { deep: Number.NaN } },
        tags: { host: 'here', kind: 'test' },
        environment: { browser: 'any' },
        groupName: 'sweep',
        forkedAtStep: 12,
      })
      valueOf(await store.service.ingest(client.batch([start])))
      valueOf(
        await store.service.ingest(
          client.batch([
            // Said again: nothing more happens, but what is new is merged.
            startOf('a', { name: 'again', params: { extra: true } }),
            { type: 'setTags', runId: 'a', tags: { host: null, more: 'yes' } },
            { type: 'setSummary', runId: 'a', summary: { best: 0.5 } },
            { type: 'setSummary', runId: 'a', summary: { last: 'x' } },
            { type: 'setRunNotes', runId: 'a', notes: '<b>notes</b>' },
            { type: 'setRunColor', runId: 'a', color: 'series-2' },
            {
              type: 'addRefusals',
              runId: 'a',
              refusals: [{ key: 'k', reason: 'value-not-a-number', count: 2, example: 'one' }],
            },
            {
              type: 'addRefusals',
              runId: 'a',
              refusals: [{ key: 'k', reason: 'value-not-a-number', count: 3, example: 'two' }],
            },
            { type: 'endRun', runId: 'a', status: 'finished', endedAt: STARTED_AT + 5 },
          ]),
        ),
      )
      store.close()
      store = await openStore(openFiles)
      const detail = valueOf(await store.service.readRun({ database: OWN_DATABASE, runId: 'a' }))
      assertEqual(
        detail.params,
        { extra: true, layers: [1, 2], nested: { deep: 'NaN' }, rate: 0.1 },
        'params',
      )
      assertEqual(detail.tags, { kind: 'test', more: 'yes' }, 'tags')
      assertEqual(detail.summary, { best: 0.5, last: 'x' }, 'summary')
      assertEqual(
        detail.refusals,
        [{ key: 'k', reason: 'value-not-a-number', count: 5, example: 'two' }],
        'refusals',
      )
      assertEqual(
        [detail.run.name, detail.run.status, detail.run.endedAt],
        ['run a', 'finished', STARTED_AT + 5],
        'run',
      )
      assertEqual(
        [detail.run.groupName, detail.run.forkedAtStep, detail.run.color],
        ['sweep', 12, 'series-2'],
        'more of the run',
      )
      assertEqual(
        [detail.run.environment, detail.experimentName],
        [{ browser: 'any' }, 'digits'],
        'environment',
      )
      valueOf(await store.service.ingest(makeClient('next').batch([{ type: 'resumeRun', runId: 'a' }])))
      const { run } = valueOf(await store.service.readRun({ database: OWN_DATABASE, runId: 'a' }))
      assertEqual([run.status, run.endedAt], ['running', null], 'resumed run')
      store.close()
    },
  },
  {
    name: 'hides removed runs, takes their points still, and brings them back',
    async run(openFiles) {
      const store = await openStore(openFiles)
      const client = makeClient('page')
      valueOf(
        await store.service.ingest(client.batch([startOf('a'), startOf('b', { startedAt: STARTED_AT + 1 })])),
      )
      assertEqual(await readRunIds(store), ['b', 'a'], 'runs, newest first')
      const remove = { type: 'removeRuns', runIds: ['a'], removedAt: STARTED_AT } as const
      valueOf(await store.service.ingest(client.batch([remove])))
      assertEqual(await readRunIds(store), ['b'], 'runs without the removed one')
      assertRefused(await store.service.readRun({ database: OWN_DATABASE, runId: 'a' }), 'unknown-run')
      valueOf(await store.service.ingest(client.batch([], pointsOf(rampOf('a', 'loss', 0, 3)))))
      const request = {
        database: OWN_DATABASE,
        x: 'step',
        from: null,
        to: null,
        buckets: 10,
        series: [{ runId: 'a', key: 'loss' }],
      } as const
      assertEqual(
        valueOf(await store.service.readWindows(request)).windows[0]?.points,
        0,
        'points while removed',
      )
      valueOf(await store.service.ingest(client.batch([{ type: 'restoreRuns', runIds: ['a'] }])))
      assertEqual(await readRunIds(store), ['b', 'a'], 'runs after the undo')
      assertEqual(
        valueOf(await store.service.readWindows(request)).windows[0]?.points,
        3,
        'points after the undo',
      )
      valueOf(await store.service.ingest(client.batch([{ ...remove, runIds: ['a', 'b'] }])))
      assertEqual(valueOf(await store.service.readExperiments(OWN_DATABASE)), [], 'experiments without runs')
      store.close()
    },
  },
  {
    name: 'finds runs by what they were given and logged, and refuses what is no query',
    async run(openFiles) {
      const store = await openStore(openFiles)
      const rates = [0.125, 0.25, 0.5]
      const runs = rates.map((rate) => startOf(`rate ${rate}`, { params: { rate }, tags: { kind: 'sweep' } }))
      const drawn = rates.map((rate) => ({
        runId: `rate ${rate}`,
        key: 'acc',
        points: [
          [0, 0],
          [1, 1 - rate],
        ],
      }))
      valueOf(await store.service.ingest(makeClient('page').batch(runs, pointsOf(...drawn))))
      const acc = { from: 'metric', key: 'acc', aggregate: 'last' } as const
      const query = {
        database: OWN_DATABASE,
        experimentIds: null,
        filter: 'rate > 0.15',
        sort: [{ by: acc, direction: 'descending' }],
        offset: 0,
        limit: 1,
        columns: [acc, { from: 'tag', key: 'kind' }],
      } as const
      const found = valueOf(await store.service.queryRuns(query))
      assertEqual(found, { total: 2, runIds: ['rate 0.25'], columns: [[0.75], ['sweep']] }, 'first page')
      assertRefused(await store.service.queryRuns({ ...query, limit: 0.5 }), 'query-malformed')
      const wrong = await store.service.queryRuns({ ...query, filter: 'kind = sweep and raet > 0.15' })
      assertRefused(wrong, 'filter-wrong')
      assertEqual(wrong.ok ? null : wrong.error.at, { from: 17, to: 21, fix: 'rate' }, 'where it is wrong')
      assertRefused(await store.service.queryRuns({ ...query, database: 'file-gone' }), 'unknown-database')
      store.close()
    },
  },
  {
    name: 'tells cells of the runs named, in their order, without those that were removed',
    async run(openFiles) {
      const store = await openStore(openFiles)
      const client = makeClient('page')
      const starts = ['a', 'b', 'c'].map((id) =>
        startOf(id, { params: { id }, tags: { kind: `kind ${id}` } }),
      )
      valueOf(await store.service.ingest(client.batch(starts, pointsOf(rampOf('b', 'loss', 0, 8)))))
      valueOf(
        await store.service.ingest(
          client.batch([
            { type: 'removeRuns', runIds: ['a'], removedAt: 1 },
            { type: 'archiveRuns', runIds: ['c'], archivedAt: 7 },
          ]),
        ),
      )
      const request = {
        database: OWN_DATABASE,
        runIds: ['c', 'a', 'nobody', 'b'],
        columns: [
          { from: 'run', field: 'name' },
          { from: 'param', key: 'id' },
          { from: 'tag', key: 'kind' },
          { from: 'metric', key: 'loss', aggregate: 'count' },
          { from: 'summary', key: 'none' },
          { from: 'run', field: 'archivedAt' },
        ],
      } as const
      assertEqual(
        valueOf(await store.service.readCells(request)),
        {
          runIds: ['c', 'b'],
          columns: [
            ['run c', 'run b'],
            ['c', 'b'],
            ['kind c', 'kind b'],
            [null, 8],
            [null, null],
            [7, null],
          ],
        },
        'cells',
      )
      assertRefused(
        await store.service.readCells({ ...request, columns: [{ from: 'run', field: 'no' as never }] }),
        'query-malformed',
      )
      assertRefused(await store.service.readCells({ ...request, database: 'file-gone' }), 'unknown-database')
      store.close()
    },
  },
  {
    name: 'marks a run that stopped without saying so as killed at its last point',
    async run(openFiles) {
      let store = await openStore(openFiles)
      const client = makeClient('page')
      valueOf(
        await store.service.ingest(
          client.batch([startOf('a'), startOf('b'), startOf('c')], pointsOf(rampOf('a', 'loss', 0, 8))),
        ),
      )
      valueOf(
        await store.service.ingest(
          client.batch([{ type: 'endRun', runId: 'c', status: 'failed', endedAt: 1 }]),
        ),
      )
      store.abandon()
      store = await openStore(openFiles)
      assertEqual(
        store.service
          .runningRuns()
          .map(({ runId }) => runId)
          .toSorted(),
        ['a', 'b'],
        'running',
      )
      for (const runId of ['a', 'b', 'c', 'ghost']) store.service.markKilled(runId)
      const read = async (runId: string): Promise<unknown[]> => {
        const { run } = valueOf(await store.service.readRun({ database: OWN_DATABASE, runId }))
        return [run.status, run.endedAt]
      }
      assertEqual(await read('a'), ['killed', STARTED_AT + 7], 'a run with points')
      assertEqual(await read('b'), ['killed', STARTED_AT], 'a run without')
      assertEqual(await read('c'), ['failed', 1], 'a run that ended')
      store.close()
    },
  },
  {
    name: 'shows the same points in SQL as the exporters read',
    needs: 'engine',
    async run(openFiles) {
      const store = await openStore(openFiles)
      const client = makeClient('page')
      const odd = {
        runId: 'a',
        key: 'odd',
        points: [
          [2 ** 40, Number.NaN, 1],
          [1, Number.POSITIVE_INFINITY, 2.5],
        ],
      }
      valueOf(
        await store.service.ingest(
          client.batch(
            [startOf('a')],
            pointsOf(rampOf('a', 'loss', 0, 2 * CHUNK_POINTS + 77), odd, rampOf('a', 'acc', 5, 3)),
          ),
        ),
      )
      addPointsTable(store.own)
      for (const key of ['loss', 'odd', 'acc']) {
        const rows = store.own.sql.map(
          'select step, value, time from metrics where run_id = ? and key = ?',
          ['a', key],
          POINT_ROW,
          (point) => [point.step, point.value, point.time - STARTED_AT],
        )
        assertEqual(rows, readAll(store, 'a', key), `rows of ${key}`)
      }
      const total = store.own.sql.first('select count(*) as rows, count(value) as numbers from points', [], {
        rows: INTEGER,
        numbers: INTEGER,
      })
      assertEqual(
        total,
        { rows: 2 * CHUNK_POINTS + 77 + 5, numbers: 2 * CHUNK_POINTS + 77 + 4 },
        'rows of the whole table',
      )
      const stored = store.own.sql.value(
        "select count(*) from sqlite_schema where name in ('points', 'metrics')",
        [],
        NUMBER,
      )
      assertEqual(stored, 0, 'neither name is in the file')
      store.close()
    },
  },
  {
    name: 'tells of grown and changed runs, merged',
    async run(openFiles) {
      const store = await openStore(openFiles)
      const client = makeClient('page')
      await Promise.all([
        store.service.ingest(client.batch([startOf('a'), startOf('b')])),
        store.service.ingest(client.batch([], pointsOf(rampOf('a', 'loss', 0, 3)))),
        store.service.ingest(client.batch([], pointsOf(rampOf('b', 'loss', 0, 3)))),
      ])
      assertEqual(store.events.length, 0, 'nothing is told before a frame is over')
      await new Promise((resolve) => setTimeout(resolve, 60))
      assertEqual(
        store.events,
        [
          { type: 'runsChanged', database: OWN_DATABASE, runIds: ['a', 'b'] },
          { type: 'seriesGrew', database: OWN_DATABASE, runIds: ['a', 'b'] },
        ],
        'events',
      )
      store.close()
    },
  },
  {
    name: 'refuses a database that is not open',
    async run(openFiles) {
      const store = await openStore(openFiles)
      assertRefused(await store.service.readExperiments('file-gone'), 'unknown-database')
      assertRefused(
        await store.service.readRuns({ database: '../own', experimentId: 'x' }),
        'unknown-database',
      )
      store.close()
    },
  },
]
