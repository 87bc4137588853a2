import { NUMBER } from '../../src/model/column.ts'
import type { ArraySection } from '../../src/model/log-batch.ts'
import { OWN_DATABASE } from '../../src/protocol/database-id.ts'
import { hasDeferredArrays, writeSomeArrays } from '../ingest/deferred-arrays.ts'
import { eraseRuns } from '../ingest/erase-runs.ts'
import { arraySectionOf, isSameBytes, randomBytes, readArrays } from './arrays.fixture.ts'
import { assertEqual, assertTrue, valueOf } from './assert.ts'
import { makeClient, openStore, startOf } from './store.fixture.ts'
import type { Store, StoreCase } from './store.fixture.ts'

const LARGE_BYTES = 1_300_000
const SMALL_BYTES = 1_000
const SMALL_COUNT = 400

function sections(seed: number): ArraySection[] {
  const steps = Array.from({ length: SMALL_COUNT }, (_, index) => seed * SMALL_COUNT + index)
  return [
    arraySectionOf('large', 'uint8', [LARGE_BYTES], [seed], randomBytes(LARGE_BYTES, seed)),
    arraySectionOf('small', 'uint8', [SMALL_BYTES], steps, randomBytes(SMALL_BYTES * SMALL_COUNT, -seed)),
  ]
}

/** What `sections` of these seeds logged is there, once and in order. */
async function assertThere(store: Store, seeds: readonly number[]): Promise<void> {
  for (const index of [0, 1]) {
    const logged = seeds.flatMap((seed) => sections(seed)[index] ?? [])
    const found = await readArrays(store, logged[0]?.key ?? '')
    assertEqual(
      found.map(({ step }) => step),
      logged.flatMap(({ steps }) => [...steps]),
      'steps',
    )
    const joined = found.map(({ bytes }) => bytes)
    const expected = logged.flatMap(({ bytes, steps }) =>
      Array.from(steps, (_, at) =>
        bytes.subarray((at * bytes.length) / steps.length, ((at + 1) * bytes.length) / steps.length),
      ),
    )
    assertTrue(
      joined.every((bytes, at) => isSameBytes(bytes, expected[at] ?? new Uint8Array(0))),
      'bytes are as they were logged',
    )
  }
}

/** Too little for a bulk of its own, under the key of `sections`. */
function littleAfter(seed: number): ArraySection {
  const step = (seed + 1) * SMALL_COUNT
  return arraySectionOf('small', 'uint8', [SMALL_BYTES], [step], randomBytes(SMALL_BYTES, step))
}

function count({ own }: Store, table: string): number {
  return own.sql.value(`select count(*) from ${table}`, [], NUMBER) ?? 0
}

/** Arrays that are durable in the log before they are in the database. */
export const DEFERRED_CASES: readonly StoreCase[] = [
  {
    name: 'keeps arrays that were only in the log through kills, also while they are moved',
    needs: 'log',
    async run(openFiles) {
      let store = await openStore(openFiles)
      const client = makeClient('page')
      const first = { ...client.batch([startOf('a')]), arrays: sections(1) }
      const second = { ...client.batch([]), arrays: sections(2) }
      for (const batch of [first, second]) valueOf(await store.service.ingest(batch))
      assertTrue(hasDeferredArrays(store.own), 'arrays wait in the log')
      for (let kill = 0; kill < 4; kill++) {
        store.abandon()
        store = await openStore(openFiles)
        assertTrue(hasDeferredArrays(store.own), 'arrays still wait')
        valueOf(await store.service.ingest(second))
        for (let slice = 0; slice < kill; slice++) writeSomeArrays(store.own)
      }
      await assertThere(store, [1, 2])
      assertTrue(!hasDeferredArrays(store.own), 'all are in the database once they were read')
      store.close()
      store = await openStore(openFiles)
      assertEqual(store.own.log?.bytes, 0, 'bytes in the log after an orderly end')
      await assertThere(store, [1, 2])
      store.close()
    },
  },
  {
    name: 'keeps the order of arrays when small ones follow those that wait, through a kill',
    async run(openFiles) {
      let store = await openStore(openFiles)
      const client = makeClient('page')
      valueOf(await store.service.ingest({ ...client.batch([startOf('a')]), arrays: sections(1) }))
      valueOf(await store.service.ingest({ ...client.batch([]), arrays: [littleAfter(1)] }))
      const stepsOf = async () => (await readArrays(store, 'small')).map(({ step }) => step)
      const expected = Array.from({ length: SMALL_COUNT + 1 }, (_, index) => SMALL_COUNT + index)
      store.abandon()
      store = await openStore(openFiles)
      assertEqual(await stepsOf(), expected, 'steps after a kill')
      valueOf(await store.service.ingest({ ...client.batch([]), arrays: sections(3) }))
      valueOf(await store.service.ingest({ ...client.batch([]), arrays: [littleAfter(3)] }))
      const later = Array.from({ length: SMALL_COUNT + 1 }, (_, index) => 3 * SMALL_COUNT + index)
      assertEqual(await stepsOf(), [...expected, ...later], 'steps')
      store.close()
    },
  },
  {
    name: 'goes on with them after a batch that failed, and erases them with their run',
    async run(openFiles) {
      const store = await openStore(openFiles)
      const client = makeClient('page')
      valueOf(await store.service.ingest({ ...client.batch([startOf('a')]), arrays: sections(1) }))
      writeSomeArrays(store.own)
      const { run } = store.own.sql
      store.own.sql.run = () => {
        throw new Error('the disk failed')
      }
      const next = client.batch([startOf('b')])
      await store.service.ingest(next).catch(() => undefined)
      store.own.sql.run = run
      valueOf(await store.service.ingest(next))
      await assertThere(store, [1])
      valueOf(await store.service.ingest({ ...client.batch([]), arrays: sections(2) }))
      eraseRuns(store.own, ['a'], Date.now())
      assertEqual(
        [count(store, 'arrays'), count(store, 'blobs'), count(store, 'blob_parts')],
        [0, 0, 0],
        'rows left',
      )
      const detail = valueOf(await store.service.readRun({ database: OWN_DATABASE, runId: 'b' }))
      assertEqual(detail.arrays, [], 'arrays of the other run')
      store.close()
    },
  },
]
