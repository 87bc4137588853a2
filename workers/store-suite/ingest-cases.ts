import { NUMBER } from '../../src/model/column.ts'
import type { Change } from '../../src/model/log-batch.ts'
import type { RunId } from '../../src/model/units.ts'
import { OWN_DATABASE } from '../../src/protocol/database-id.ts'
import { CHUNK_POINTS } from '../db/points/layout.ts'
import { LOG_MAX_BYTES } from '../ingest/batch-writer.ts'
import { assertEqual, assertRefused, assertTrue, valueOf } from './assert.ts'
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

/** In order, and as a killed tab does. */
const WAYS_TO_END = ['close', 'abandon'] as const

function endOf(runId: RunId): Change {
  return { type: 'endRun', runId, status: 'failed', endedAt: 5 }
}

/** What becomes of batches. */
export const INGEST_CASES: readonly StoreCase[] = [
  {
    name: 'writes a batch once however often it is sent',
    async run(openFiles) {
      let store = await openStore(openFiles)
      const client = makeClient('page')
      const batch = client.batch([startOf('a')], pointsOf(rampOf('a', 'loss', 0, 10)))
      assertEqual(valueOf(await store.service.ingest(batch)).sequence, 1, 'receipt')
      assertEqual(valueOf(await store.service.ingest(batch)).sequence, 1, 'receipt of the resend')
      store.abandon()
      store = await openStore(openFiles)
      assertEqual(valueOf(await store.service.ingest(batch)).sequence, 1, 'receipt after a takeover')
      assertEqual(readAll(store, 'a', 'loss').length, 10, 'points')
      store.close()
    },
  },
  {
    name: 'refuses a batch that does not follow and takes the one that does',
    async run(openFiles) {
      const store = await openStore(openFiles)
      const client = makeClient('page')
      const first = client.batch([startOf('a')])
      const second = { ...client.batch([]), firstUnacknowledged: 1 }
      assertRefused(await store.service.ingest(second), 'sequence-gap')
      valueOf(await store.service.ingest(first))
      assertEqual(valueOf(await store.service.ingest(second)).sequence, 2, 'receipt')
      // Whoever holds nothing older may go on: the owner before may have been over memory.
      const later = makeClient('other')
      later.batch([])
      later.batch([])
      assertEqual(
        valueOf(await store.service.ingest(later.batch([]))).sequence,
        3,
        'receipt of the late client',
      )
      store.close()
    },
  },
  {
    name: 'says with each receipt whether anyone reads points',
    async run(openFiles) {
      const store = await openStore(openFiles)
      const client = makeClient('page')
      const before = await store.service.ingest(client.batch([startOf('a')]))
      assertEqual(valueOf(before).watched, false, 'before anyone read')
      const series = [{ runId: 'a', key: 'loss' }]
      valueOf(
        await store.service.readWindows({
          database: OWN_DATABASE,
          x: 'step',
          from: null,
          to: null,
          buckets: 10,
          series,
        }),
      )
      assertEqual(valueOf(await store.service.ingest(client.batch([]))).watched, true, 'while somebody reads')
      store.close()
    },
  },
  {
    name: 'keeps NaN, infinities, -0, and backward and duplicate steps in log order',
    async run(openFiles) {
      const points = [
        [5, 1],
        [5, Number.NaN],
        [3, Number.POSITIVE_INFINITY],
        [3, Number.NEGATIVE_INFINITY],
        [-9_007_199_254_740_991, -0, 0.25],
        [9_007_199_254_740_991, 5e-324, 7],
      ].map(([step = 0, value = 0, time = 1]) => [step, value, time])
      for (const end of WAYS_TO_END) {
        let store = await openStore(openFiles)
        const runId = `run-${end}`
        valueOf(
          await store.service.ingest(
            makeClient(end).batch([startOf(runId)], pointsOf({ runId, key: 'loss', points })),
          ),
        )
        assertEqual(readAll(store, runId, 'loss'), store.kept(points), 'points at once')
        store[end]()
        store = await openStore(openFiles)
        assertEqual(readAll(store, runId, 'loss'), store.kept(points), `points after ${end}`)
        const { series } = valueOf(await store.service.readRun({ database: OWN_DATABASE, runId }))
        const [summary] = series
        assertEqual(
          [
            summary?.count,
            summary?.nanCount,
            summary?.posInfCount,
            summary?.negInfCount,
            summary?.max,
            summary?.min,
          ],
          [6, 1, 1, 1, 1, 0],
          'summary',
        )
        store.close()
      }
    },
  },
  {
    name: 'seals chunks and checkpoints tails without losing or doubling a point',
    async run(openFiles) {
      for (const end of WAYS_TO_END) {
        let store = await openStore(openFiles)
        const runId = `run-${end}`
        const client = makeClient(end)
        valueOf(await store.service.ingest(client.batch([startOf(runId)])))
        const expected: number[][] = []
        for (const count of [1, CHUNK_POINTS - 2, 1, 5, 3 * CHUNK_POINTS, 100, CHUNK_POINTS]) {
          const drawn = rampOf(runId, 'loss', expected.length, count)
          valueOf(
            await store.service.ingest(
              client.batch([], pointsOf(drawn, rampOf(runId, 'acc', expected.length, 1))),
            ),
          )
          for (const [step = 0, value = 0] of drawn.points) expected.push([step, value, step])
          store[end]()
          store = await openStore(openFiles)
        }
        assertEqual(readAll(store, runId, 'loss'), expected, `points after ${end}`)
        assertEqual(readAll(store, runId, 'acc').length, 7, 'points of the quiet series')
        store.close()
      }
    },
  },
  {
    name: 'rolls a batch back whole when it speaks of an unknown run',
    async run(openFiles) {
      const store = await openStore(openFiles)
      const client = makeClient('page')
      valueOf(await store.service.ingest(client.batch([startOf('a')], pointsOf(rampOf('a', 'loss', 0, 10)))))
      const before = readAll(store, 'a', 'loss')
      const bad = client.batch(
        [{ type: 'setRunName', runId: 'a', name: 'changed' }],
        pointsOf(rampOf('a', 'loss', 10, 9000), rampOf('a', 'fresh', 0, 5), rampOf('ghost', 'loss', 0, 1)),
      )
      assertRefused(await store.service.ingest(bad), 'unknown-run')
      assertRefused(
        await store.service.ingest({
          ...bad,
          points: pointsOf(),
          changes: [{ type: 'resumeRun', runId: 'ghost' }],
        }),
        'unknown-run',
      )
      assertEqual(readAll(store, 'a', 'loss'), before, 'points')
      assertEqual(readAll(store, 'a', 'fresh'), [], 'points of the new series')
      assertEqual(
        valueOf(await store.service.readRun({ database: OWN_DATABASE, runId: 'a' })).run.name,
        'run a',
        'name',
      )
      const good = { ...bad, points: pointsOf(rampOf('a', 'loss', 10, 9000)) }
      assertEqual(valueOf(await store.service.ingest(good)).sequence, 2, 'receipt of the corrected batch')
      assertEqual(readAll(store, 'a', 'loss').length, 9010, 'points after it')
      store.close()
    },
  },
  {
    name: 'refuses malformed batches and changes nothing',
    async run(openFiles) {
      const store = await openStore(openFiles)
      const client = makeClient('page')
      valueOf(await store.service.ingest(client.batch([startOf('a')])))
      const good = client.batch([], pointsOf(rampOf('a', 'loss', 0, 3)))
      const wrongs: readonly object[] = [
        { clientId: '' },
        { sequence: 1.5 },
        { sequence: -1 },
        { changes: null },
        { changes: [{ type: 'dropTables', runId: 'a' }] },
        { changes: [{ type: 'setRunName', runId: 'a', name: 7 }] },
        { changes: [{ type: 'constructor' }] },
        { points: null },
        { points: { sections: [], columns: new Float64Array(3) } },
        { points: { sections: [{ runId: 'a', key: 'loss', count: 2 }], columns: new Float64Array(3) } },
        { points: { sections: [{ runId: 'a', key: 'loss', count: -1 }], columns: new Float64Array(0) } },
        {
          points: {
            sections: [{ runId: 'a', key: 'loss', count: 1 }],
            columns: Float64Array.of(2 ** 60, 1, 1),
          },
        },
        {
          points: {
            sections: [{ runId: 'a', key: 'loss', count: 1 }],
            columns: Float64Array.of(1, 1, Number.NaN),
          },
        },
        { points: { sections: [{ runId: 'a', key: 3, count: 1 }], columns: Float64Array.of(1, 1, 1) } },
      ]
      for (const wrong of wrongs) {
        assertRefused(await store.service.ingest(Object.assign({}, good, wrong)), 'batch-malformed')
      }
      assertEqual(readAll(store, 'a', 'loss'), [], 'points')
      assertEqual(valueOf(await store.service.ingest(good)).sequence, 2, 'receipt of the good batch')
      store.close()
    },
  },
  {
    name: 'takes 2,000 series and 1,000 runs in one batch each',
    async run(openFiles) {
      let store = await openStore(openFiles)
      const client = makeClient('page')
      const runs = Array.from({ length: 1000 }, (_, index) =>
        startOf(`run-${index}`, { params: { index }, startedAt: STARTED_AT + index }),
      )
      valueOf(await store.service.ingest(client.batch(runs)))
      const series = Array.from({ length: 2000 }, (_, index) => rampOf('run-1', `metric ${index}`, 0, 3))
      valueOf(await store.service.ingest(client.batch([], pointsOf(...series))))
      valueOf(await store.service.ingest(client.batch([], pointsOf(...series))))
      store.abandon()
      store = await openStore(openFiles)
      const ids = await readRunIds(store)
      assertEqual([ids.length, ids[0], ids[999]], [1000, 'run-999', 'run-0'], 'runs')
      const detail = valueOf(await store.service.readRun({ database: OWN_DATABASE, runId: 'run-1' }))
      assertEqual(detail.series.length, 2000, 'series')
      assertTrue(
        detail.series.every(({ count }) => count === 6),
        'every series has its six points',
      )
      assertEqual(readAll(store, 'run-1', 'metric 1999').length, 6, 'points of the last')
      store.close()
    },
  },
  {
    name: 'commits what is in the log before it is long, and reads the rest of it again',
    needs: 'log',
    async run(openFiles) {
      let store = await openStore(openFiles)
      const client = makeClient('page')
      valueOf(await store.service.ingest(client.batch([startOf('a')])))
      // Of many lengths, so that they never fill their chunks together, which is a reason of its own to commit.
      const lengths = [200, 210, 230, 240, 270]
      const rounds = 450
      let longest = 0
      for (let round = 0; round < rounds; round++) {
        const part = lengths.map((length) => rampOf('a', `every ${length}`, round * length, length))
        valueOf(await store.service.ingest(client.batch([], pointsOf(...part))))
        longest = Math.max(longest, store.own.log?.bytes ?? 0)
      }
      assertTrue(longest > LOG_MAX_BYTES && longest < LOG_MAX_BYTES + 1e6, `the log grew to ${longest} bytes`)
      const left = store.own.log?.bytes ?? 0
      assertTrue(left > 0 && left < longest, `the log is left with ${left} bytes`)
      store.abandon()
      store = await openStore(openFiles)
      for (const length of lengths) {
        const steps = readAll(store, 'a', `every ${length}`).map(([step]) => step)
        assertEqual(
          steps,
          Array.from({ length: rounds * length }, (_, index) => index),
          `steps of every ${length}`,
        )
      }
      const orphans = ['chunk_columns', 'chunk_blocks'].map((table) =>
        store.own.sql.value(
          `select count(*) from ${table} where id not in (select id from chunks)`,
          [],
          NUMBER,
        ),
      )
      assertEqual(orphans, [0, 0], 'columns and blocks of no chunk')
      store.close()
    },
  },
  {
    name: 'stores a run that is over as it ended, and one that was resumed as running',
    async run(openFiles) {
      const store = await openStore(openFiles)
      const client = makeClient('page')
      const resume = { type: 'resumeRun', runId: 'b' } as const
      valueOf(
        await store.service.ingest(
          client.batch([startOf('a'), endOf('a'), startOf('b'), endOf('b'), resume]),
        ),
      )
      valueOf(await store.service.ingest(client.batch([startOf('c')])))
      // As it is declared anew to a store that knows it already.
      valueOf(await store.service.ingest(client.batch([startOf('c'), endOf('c')])))
      const read = async (runId: string) => {
        const { run } = valueOf(await store.service.readRun({ database: OWN_DATABASE, runId }))
        return [run.status, run.endedAt]
      }
      assertEqual(await read('a'), ['failed', 5], 'a run that ended')
      assertEqual(await read('b'), ['running', null], 'a run that was resumed')
      assertEqual(await read('c'), ['failed', 5], 'a run that was known')
      store.close()
    },
  },
  {
    name: 'lets go of what nobody writes to, and goes on with it',
    needs: 'log',
    async run(openFiles) {
      const store = await openStore(openFiles)
      const client = makeClient('page')
      const keys = Array.from({ length: 800 }, (_, index) => `m${index}`)
      const pointsFrom = (step: number, count: number) =>
        pointsOf(...keys.map((key) => rampOf('a', key, step, count)))
      valueOf(await store.service.ingest(client.batch([startOf('a')], pointsFrom(0, 1_000))))
      // Each is more than the log holds, so all before it is committed.
      for (const key of ['x', 'y']) {
        const bulk = pointsOf(rampOf('a', key, 0, LOG_MAX_BYTES / 24))
        valueOf(await store.service.ingest(client.batch([], bulk)))
      }
      assertTrue(!store.own.points.holds('a', 'm0'), 'an idle series was let go of')
      valueOf(await store.service.ingest(client.batch([], pointsFrom(1_000, 10))))
      for (const key of ['m0', 'm799']) {
        assertEqual(
          readAll(store, 'a', key).map(([step]) => step),
          Array.from({ length: 1_010 }, (_, step) => step),
          `steps of ${key}`,
        )
      }
      store.close()
    },
  },
  {
    name: 'shows nothing that may yet be rolled back',
    async run(openFiles) {
      const bulkPoints = 6 * CHUNK_POINTS
      const store = await openStore(openFiles)
      const client = makeClient('page')
      valueOf(
        await store.service.ingest(client.batch([startOf('a')], pointsOf(rampOf('a', 'acc', 0, bulkPoints)))),
      )
      // Its points fill chunks, too many to log, so it is applied first and committed with those that wait behind it.
      const bulk = client.batch([], pointsOf(rampOf('a', 'loss', 0, bulkPoints)))
      const sent = store.service.ingest(bulk)
      const { sql } = store.own
      for (let turn = 0; turn < 100 && !sql.isInTransaction; turn++) await Promise.resolve()
      assertTrue(sql.isInTransaction, 'the batch is applied and not committed')
      const { series } = valueOf(await store.service.readRun({ database: OWN_DATABASE, runId: 'a' }))
      assertTrue(!sql.isInTransaction, 'the reader waited for the commit')
      assertEqual(
        series.map(({ count }) => count),
        [bulkPoints, bulkPoints],
        'points that the reader saw',
      )
      await sent
      assertEqual(readAll(store, 'a', 'loss').length, bulkPoints, 'points')
      store.close()
    },
  },
  {
    name: 'says that storage is full, changes nothing, and goes on when there is room',
    async run(openFiles) {
      const store = await openStore(openFiles)
      const client = makeClient('page')
      valueOf(await store.service.ingest(client.batch([startOf('a')], pointsOf(rampOf('a', 'loss', 0, 100)))))
      const pages = store.own.sql.value('pragma page_count', [], NUMBER) ?? 0
      store.own.sql.exec(`pragma max_page_count = ${pages}`)
      const big = client.batch(
        [{ type: 'setRunName', runId: 'a', name: 'changed' }],
        pointsOf(rampOf('a', 'loss', 100, 20_000), rampOf('a', 'acc', 0, 500)),
      )
      const isFull = async (): Promise<boolean> => valueOf(await store.service.readStorage()).full
      for (let attempt = 0; attempt < 2; attempt++) {
        assertRefused(await store.service.ingest(big), 'storage-full')
        assertTrue(await isFull(), 'storage tells that it is full')
        assertEqual(readAll(store, 'a', 'loss').length, 100, 'points while full')
        assertEqual(readAll(store, 'a', 'acc').length, 0, 'points of the new series while full')
      }
      store.own.sql.exec('pragma max_page_count = 1000000')
      assertEqual(valueOf(await store.service.ingest(big)).sequence, 2, 'receipt when there is room')
      assertTrue(!(await isFull()), 'storage tells that it has room')
      assertEqual(readAll(store, 'a', 'loss').length, 20_100, 'points')
      assertEqual(readAll(store, 'a', 'acc').length, 500, 'points of the new series')
      store.close()
    },
  },
]
