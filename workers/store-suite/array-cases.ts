import { NUMBER, TEXT } from '../../src/model/column.ts'
import { ITEM_BYTES } from '../../src/model/array.ts'
import type { ArrayDtype } from '../../src/model/array.ts'
import { ARRAY_PART_BYTES } from '../../src/model/log-batch.ts'
import { OWN_DATABASE } from '../../src/protocol/database-id.ts'
import { eraseRuns } from '../ingest/erase-runs.ts'
import { arraySectionOf, isSameBytes, randomBytes, readArrays } from './arrays.fixture.ts'
import { assertEqual, assertRefused, assertTrue, valueOf } from './assert.ts'
import { makeClient, openStore, startOf } from './store.fixture.ts'
import type { Store, StoreCase } from './store.fixture.ts'

function countParts({ own }: Store): number {
  return own.sql.value('select count(*) from blob_parts', [], NUMBER) ?? 0
}

/** What becomes of logged arrays. */
export const ARRAY_CASES: readonly StoreCase[] = [
  {
    name: 'gives back arrays of every type and shape as they were logged, and after a killed tab',
    async run(openFiles) {
      let store = await openStore(openFiles)
      const client = makeClient('page')
      const sections = Object.entries(ITEM_BYTES).map(([dtype, length], index) =>
        arraySectionOf(dtype, dtype as ArrayDtype, [2, 3], [1, 2, 3], randomBytes(18 * length, index)),
      )
      const odd = [
        arraySectionOf('empty', 'float32', [0, 4], [5], new Uint8Array(0)),
        arraySectionOf('scalar', 'float64', [], [6], randomBytes(8, 99)),
        arraySectionOf('scalar', 'int8', [3], [7], randomBytes(3, 100)),
      ]
      valueOf(await store.service.ingest({ ...client.batch([startOf('a')]), arrays: [...sections, ...odd] }))
      store.abandon()
      store = await openStore(openFiles)
      for (const { key, dtype, shape, bytes } of sections) {
        const found = await readArrays(store, key)
        assertEqual(
          found.map((array) => [array.step, array.dtype, array.shape]),
          [1, 2, 3].map((step) => [step, dtype, shape]),
          `arrays of ${key}`,
        )
        const joined = found.flatMap((array) => Array.from(array.bytes))
        assertEqual(joined, Array.from(bytes), `bytes of ${key}`)
      }
      assertEqual((await readArrays(store, 'empty')).length, 1, 'empty arrays')
      assertEqual(
        (await readArrays(store, 'scalar')).map(({ shape }) => shape),
        [[], [3]],
        'shapes under one key',
      )
      const detail = valueOf(await store.service.readRun({ database: OWN_DATABASE, runId: 'a' }))
      assertEqual(
        detail.arrays.find(({ key }) => key === 'scalar'),
        { key: 'scalar', count: 2, bytes: 11, dtype: 'int8', shape: [3], kind: null },
        'summary',
      )
      store.close()
    },
  },
  {
    name: 'keeps a large array once however often it is logged',
    async run(openFiles) {
      let store = await openStore(openFiles)
      const client = makeClient('page')
      const large = randomBytes(2 * ARRAY_PART_BYTES + 8, 1)
      const other = randomBytes(ARRAY_PART_BYTES, 2)
      const twice = new Uint8Array([...large, ...large])
      const length = large.length / 8
      const batch = {
        ...client.batch([startOf('a'), startOf('b')]),
        arrays: [
          arraySectionOf('w', 'float64', [length], [1, 2], twice),
          { ...arraySectionOf('w', 'float64', [length], [3], large), runId: 'b' },
          arraySectionOf('v', 'uint8', [other.length], [1], other),
        ],
      }
      valueOf(await store.service.ingest(batch))
      assertEqual(valueOf(await store.service.ingest(batch)).sequence, 1, 'receipt of the resend')
      await store.service.nameBlobs()
      assertEqual(countParts(store), 4, 'parts')
      store.abandon()
      store = await openStore(openFiles)
      const [first, second, ...more] = await readArrays(store, 'w')
      assertEqual(more.length, 0, 'further arrays')
      for (const array of [first, second]) {
        assertTrue(
          array !== undefined && isSameBytes(array.bytes, large),
          'the large array is as it was logged',
        )
      }
      eraseRuns(store.own, ['a'], 0)
      assertEqual(countParts(store), 3, 'parts that run b still needs')
      eraseRuns(store.own, ['b'], 0)
      assertEqual(countParts(store), 0, 'parts that nobody needs')
      store.close()
    },
  },
  {
    name: 'takes a large array in parts, shows it when it is whole, and goes on after a killed tab',
    async run(openFiles) {
      let store = await openStore(openFiles)
      const client = makeClient('page')
      const whole = randomBytes(3 * ARRAY_PART_BYTES + 100, 3)
      const cuts = [0, ARRAY_PART_BYTES, 3 * ARRAY_PART_BYTES, whole.length]
      const parts = cuts.slice(1).map((end, index) => {
        const offset = cuts[index] ?? 0
        const section = arraySectionOf('w', 'uint8', [whole.length], [1], whole.slice(offset, end))
        return Object.assign(section, { part: { id: 'upload', offset } })
      })
      valueOf(await store.service.ingest(client.batch([startOf('a')])))
      const [first, ...rest] = parts
      if (first === undefined) throw new Error('there are no parts')
      const skipping = { ...client.batch([]), arrays: rest.slice(0, 1) }
      assertRefused(await store.service.ingest(skipping), 'batch-malformed')
      valueOf(await store.service.ingest({ ...skipping, arrays: [first] }))
      for (const part of rest) {
        assertEqual((await readArrays(store, 'w')).length, 0, 'arrays before the last part')
        store.abandon()
        store = await openStore(openFiles)
        valueOf(await store.service.ingest({ ...client.batch([]), arrays: [part] }))
      }
      valueOf(
        await store.service.ingest({
          ...client.batch([]),
          arrays: [arraySectionOf('v', 'uint8', [whole.length], [2], whole)],
        }),
      )
      for (const key of ['w', 'v']) {
        const [array] = await readArrays(store, key)
        assertTrue(array !== undefined && isSameBytes(array.bytes, whole), `${key} is as it was logged`)
      }
      await store.service.nameBlobs()
      assertEqual(countParts(store), 4, 'parts of both')
      const digest = store.own.sql.value('select digest from blobs', [], TEXT)
      const expected = await crypto.subtle.digest('SHA-256', whole.slice())
      assertEqual(
        digest,
        Array.from(new Uint8Array(expected), (byte) => byte.toString(16).padStart(2, '0')).join(''),
        'digest',
      )
      store.close()
    },
  },
  {
    name: 'forgets the parts of an array whose run was killed',
    async run(openFiles) {
      const store = await openStore(openFiles)
      const client = makeClient('page')
      const part = {
        ...arraySectionOf('w', 'uint8', [2 * ARRAY_PART_BYTES], [1], randomBytes(ARRAY_PART_BYTES, 4)),
        part: { id: 'upload', offset: 0 },
      }
      valueOf(await store.service.ingest({ ...client.batch([startOf('a')]), arrays: [part] }))
      store.service.markKilled('a')
      assertEqual(countParts(store), 0, 'parts')
      store.close()
    },
  },
  {
    name: 'refuses arrays that are none and changes nothing',
    async run(openFiles) {
      const store = await openStore(openFiles)
      const client = makeClient('page')
      valueOf(await store.service.ingest(client.batch([startOf('a')])))
      const good = arraySectionOf('w', 'int16', [2], [1], randomBytes(4, 5))
      const batch = client.batch([])
      const wrongs: readonly object[] = [
        { dtype: 'object' },
        { shape: [3] },
        { shape: [-2] },
        { shape: 'x' },
        { shape: [2 ** 40] },
        { steps: Float64Array.of(Number.NaN) },
        { times: Float64Array.of() },
        { bytes: new Uint8Array(3) },
        { bytes: 'AAAA' },
        { key: 1 },
        { part: { id: '', offset: 0 } },
        { part: { id: 'x', offset: 1 } },
        { part: { id: 'x', offset: 0 }, bytes: new Uint8Array(5) },
      ]
      for (const wrong of wrongs) {
        const arrays = [Object.assign({}, good, wrong)]
        assertRefused(await store.service.ingest({ ...batch, arrays }), 'batch-malformed')
      }
      assertRefused(
        await store.service.ingest({ ...batch, arrays: [{ ...good, runId: 'ghost' }] }),
        'unknown-run',
      )
      assertEqual((await readArrays(store, 'w')).length, 0, 'arrays')
      valueOf(await store.service.ingest({ ...batch, arrays: [good] }))
      assertEqual((await readArrays(store, 'w')).length, 1, 'arrays of the good batch')
      store.close()
    },
  },
]
