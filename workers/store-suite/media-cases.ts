import { INTEGER, TEXT } from '../../src/model/column.ts'
import type { ArraySection } from '../../src/model/log-batch.ts'
import type { MediaKind } from '../../src/model/media.ts'
import { OWN_DATABASE } from '../../src/protocol/database-id.ts'
import { MAX_ARRAY_READ_BYTES } from '../../src/protocol/media-api.ts'
import { arraySectionOf, isSameBytes, randomBytes, readArrays } from './arrays.fixture.ts'
import { assertEqual, assertRefused, assertTrue, valueOf } from './assert.ts'
import { makeClient, openStore, startOf, type StoreCase } from './store.fixture.ts'

function sectionOf(key: string, kind: MediaKind, steps: readonly number[], bytes: Uint8Array): ArraySection {
  const shape = [bytes.length / steps.length]
  return {
    ...arraySectionOf(key, 'uint8', shape, steps, bytes),
    media: { kind, meta: JSON.stringify({ about: key }) },
  }
}

export const MEDIA_CASES: readonly StoreCase[] = [
  {
    name: 'keeps what an array shows, through a killed tab, a file and the file opened again',
    async run(openFiles) {
      let store = await openStore(openFiles)
      const picture = randomBytes(5_000, 4)
      const words = randomBytes(40, 5)
      const arrays = [
        sectionOf('samples/first', 'image', [3], picture),
        sectionOf('samples/words', 'text', [1, 2], words),
        arraySectionOf('weights', 'uint8', [8], [1], randomBytes(8, 6)),
      ]
      valueOf(await store.service.ingest({ ...makeClient('page').batch([startOf('a')]), arrays }))
      store.abandon()
      store = await openStore(openFiles)
      const exported = valueOf(
        await store.service.exportFile({
          jobId: 'out',
          database: OWN_DATABASE,
          experimentId: null,
          runIds: null,
          format: 'db',
        }),
      )
      const opened = valueOf(await store.service.openFile({ jobId: 'in', ...exported }))
      for (const database of [OWN_DATABASE, opened.database]) {
        const [experiment] = valueOf(await store.service.readExperiments(database))
        const request = { database, experimentId: experiment?.id ?? '', runIds: null }
        assertEqual(
          valueOf(await store.service.readMedia(request)),
          {
            runId: ['a', 'a'],
            key: ['samples/first', 'samples/words'],
            kind: ['image', 'text'],
            count: Float64Array.of(1, 2),
            minStep: Float64Array.of(3, 1),
            maxStep: Float64Array.of(3, 2),
            bytes: Float64Array.of(5_000, 40),
          },
          `media of ${database}`,
        )
        const [found] = await readArrays(store, 'samples/first', database)
        assertEqual(found?.media, { kind: 'image', meta: '{"about":"samples/first"}' }, 'note')
        assertTrue(found !== undefined && isSameBytes(found.bytes, picture), 'the bytes are the same')
      }
      store.close()
    },
  },
  {
    name: 'lists arrays without what they say of themselves, and tells of one with its first bytes',
    async run(openFiles) {
      const store = await openStore(openFiles)
      const client = makeClient('page')
      const picture = randomBytes(MAX_ARRAY_READ_BYTES + 5, 8)
      const arrays = [
        { ...sectionOf('x', 'image', [4], picture), media: { kind: 'image', meta: '{}' } },
        arraySectionOf('x', 'float32', [2], [5], randomBytes(8, 9)),
      ] as const
      valueOf(await store.service.ingest({ ...client.batch([startOf('a')]), arrays }))
      const request = { database: OWN_DATABASE, runId: 'a', key: 'x', from: 0, limit: 9 }
      const { id, ...columns } = valueOf(await store.service.readArrays(request))
      assertEqual(
        columns,
        {
          total: 2,
          step: Float64Array.of(4, 5),
          time: Float64Array.from(arrays, ({ times }) => times[0] ?? 0),
          bytes: Float64Array.of(picture.length, 8),
        },
        'which arrays there are',
      )
      const [large = 0, small = 0] = id
      const read = async (each: number) => await store.service.readArray({ database: OWN_DATABASE, id: each })
      const { start, ...image } = valueOf(await read(large))
      assertEqual(
        image,
        { dtype: 'uint8', shape: [picture.length], media: { kind: 'image', meta: '{}' } },
        'a picture',
      )
      assertTrue(start.length > 0 && start.length <= MAX_ARRAY_READ_BYTES, 'no more than is read at once')
      assertTrue(isSameBytes(start, picture.subarray(0, start.length)), 'the first bytes')
      const plain = valueOf(await read(small))
      assertEqual([plain.dtype, plain.media, plain.start.length], ['float32', null, 8], 'a plain array')
      assertRefused(await read(large + small + 1), 'unknown-array')
      store.close()
    },
  },
  {
    name: 'stores the same picture once, and refuses what is of no known kind',
    async run(openFiles) {
      const store = await openStore(openFiles)
      const client = makeClient('page')
      const picture = randomBytes(2_000, 7)
      const again = [1, 2, 3].map((step) => sectionOf('samples/first', 'image', [step], picture))
      valueOf(await store.service.ingest({ ...client.batch([startOf('a')]), arrays: again }))
      await store.service.nameBlobs()
      const blobs = store.own.sql.map(
        'select bytes, digest from blobs',
        [],
        { bytes: INTEGER, digest: TEXT },
        ({ bytes, digest }) => [bytes, digest.length],
      )
      assertEqual(blobs, [[2_000, 64]], 'blobs')
      const unknown = {
        ...sectionOf('x', 'image', [1], picture),
        media: { kind: 'hologram' as MediaKind, meta: '' },
      }
      assertRefused(await store.service.ingest({ ...client.batch([]), arrays: [unknown] }), 'batch-malformed')
      store.close()
    },
  },
]
