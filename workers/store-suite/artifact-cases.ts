import { ARRAY_PART_BYTES } from '../../src/model/log-batch.ts'
import type { Change } from '../../src/model/log-batch.ts'
import { OWN_DATABASE } from '../../src/protocol/database-id.ts'
import { NOTICE_INTERVAL_MS } from '../db/notices.ts'
import { isSameBytes, randomBytes } from './arrays.fixture.ts'
import { countRows, readArtifacts, readFile, requestOf, store as storeVersion } from './artifacts.fixture.ts'
import { assertEqual, assertRefused, assertTrue, valueOf } from './assert.ts'
import { makeClient, openStore, startOf, type Store, type StoreCase } from './store.fixture.ts'

/** A store in which the runs `a` and `b` are. */
async function openWithRuns(openFiles: Parameters<StoreCase['run']>[0]): Promise<Store> {
  const store = await openStore(openFiles)
  valueOf(await store.service.ingest(makeClient('page').batch([startOf('a'), startOf('b')])))
  return store
}

const bytesOf = (length: number, seed: number): Uint8Array<ArrayBuffer> =>
  randomBytes(length, seed) as Uint8Array<ArrayBuffer>

export const ARTIFACT_CASES: readonly StoreCase[] = [
  {
    name: 'keeps versions of named bytes, through a killed tab, a file and the file opened again',
    async run(openFiles) {
      let store = await openWithRuns(openFiles)
      const large = bytesOf(9 * ARRAY_PART_BYTES + 5, 1)
      const first = requestOf('v1', large, { aliases: ['best'] })
      const files = [
        ...requestOf('v2', bytesOf(10, 2)).files,
        { path: 'deep/model.json', mime: 'application/json', blob: new Blob(['{}']) },
        { path: 'empty', mime: '', blob: new Blob([]) },
      ]
      assertEqual(
        valueOf(await storeVersion(store, first)),
        { id: 'v1', version: 1, newBytes: large.length },
        'first',
      )
      valueOf(await storeVersion(store, requestOf('v2', large, { files })))
      assertEqual(valueOf(await storeVersion(store, first)).version, 1, 'asked again')
      const client = makeClient('app')
      valueOf(
        await store.service.ingest(
          client.batch([
            { type: 'useArtifact', runId: 'b', artifactId: 'v1', usedAt: 5 },
            { type: 'registerModel', model: 'digits', artifactId: 'v2', createdAt: 6 },
            { type: 'setModelStage', model: 'digits', artifactId: 'v2', stage: 'production' },
            { type: 'setModelNotes', model: 'digits', notes: 'good' },
            { type: 'addConsole', runId: 'a', lines: [{ time: 1, step: 2, level: 'warn', text: 'hm' }] },
          ]),
        ),
      )
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
      const here = await readArtifacts(store)
      assertEqual(
        here.map(({ id, version, aliases, usedBy, bytes, step }) => [
          id,
          version,
          aliases,
          usedBy,
          bytes,
          step,
        ]),
        [
          ['v2', 2, [], [], 12, 7],
          ['v1', 1, ['best'], ['b'], large.length, 7],
        ],
        'versions',
      )
      assertEqual(await readArtifacts(store, opened.database), here, 'versions of the opened file')
      for (const database of [OWN_DATABASE, opened.database]) {
        const list = valueOf(await store.service.readArtifacts({ database, experimentId: null, runId: null }))
        assertEqual(
          list.models,
          [
            {
              name: 'digits',
              notes: 'good',
              createdAt: 6,
              versions: [{ version: 1, artifactId: 'v2', stage: 'production', createdAt: 6 }],
            },
          ],
          'models',
        )
        assertTrue(
          isSameBytes(await readFile(store, 'v1', undefined, database), large),
          'the bytes are the same',
        )
        assertEqual((await readFile(store, 'v2', 'empty', database)).length, 0, 'an empty file')
      }
      store.close()
    },
  },
  {
    name: 'leaves no bytes and no half version of an upload that died with its tab, failed or was cancelled',
    needs: 'alone',
    async run(openFiles) {
      let store = await openWithRuns(openFiles)
      const bytes = bytesOf(20 * ARRAY_PART_BYTES, 3)
      const dying = storeVersion(store, requestOf('dies', bytes))
      dying.catch(() => undefined)
      // Some of it is committed before the tab is killed.
      while (countRows(store, 'blob_parts') < 8) await new Promise((resolve) => setTimeout(resolve, 1))
      store.own.sql.commit()
      store.abandon()
      await dying.catch(() => undefined)
      store = await openStore(openFiles)
      assertEqual(countRows(store, 'blob_parts'), 0, 'parts after the tab was killed')
      assertEqual((await readArtifacts(store)).length, 0, 'versions')

      const cancelled = storeVersion(store, requestOf('cancelled', bytes))
      valueOf(await store.service.cancel('job cancelled'))
      assertRefused(await cancelled, 'cancelled')
      assertEqual(countRows(store, 'blobs'), 0, 'blobs after a cancel')

      const broken = new Blob([bytes])
      broken.stream = () => {
        throw new DOMException('gone', 'NotReadableError')
      }
      const files = [{ path: 'x', mime: '', blob: broken }]
      assertRefused(await storeVersion(store, requestOf('broken', bytes, { files })), 'file-unreadable')
      assertEqual(countRows(store, 'blobs'), 0, 'blobs after a failure')
      store.close()
    },
  },
  {
    name: 'stores the same bytes once, and no version that says nothing new',
    async run(openFiles) {
      const store = await openWithRuns(openFiles)
      const bytes = bytesOf(3 * ARRAY_PART_BYTES, 4)
      const other = bytesOf(3 * ARRAY_PART_BYTES, 5)
      valueOf(await storeVersion(store, requestOf('v1', bytes)))
      assertEqual(
        valueOf(await storeVersion(store, requestOf('again', bytes, { runId: 'b', aliases: ['best'] }))),
        { id: 'v1', version: 1, newBytes: 0 },
        'the same again',
      )
      const twice = ['x', 'y'].map((path) => ({ path, mime: '', blob: new Blob([other]) }))
      const second = valueOf(await storeVersion(store, requestOf('v2', bytes, { files: twice })))
      assertEqual(second, { id: 'v2', version: 2, newBytes: other.length }, 'two files that are the same')
      assertEqual(countRows(store, 'blobs'), 2, 'blobs')
      const [newest, oldest] = await readArtifacts(store)
      assertEqual([newest?.aliases, oldest?.aliases], [[], ['best']], 'aliases')
      store.close()
    },
  },
  {
    name: 'gives up versions by policy and by hand, but none with an alias or a registered name',
    async run(openFiles) {
      const store = await openWithRuns(openFiles)
      const client = makeClient('app')
      valueOf(await storeVersion(store, requestOf('v1', bytesOf(100, 1), { aliases: ['best'] })))
      valueOf(await storeVersion(store, requestOf('v2', bytesOf(100, 2))))
      const [{ experimentId } = { experimentId: '' }] = await readArtifacts(store)
      valueOf(
        await store.service.ingest(
          client.batch([
            { type: 'setArtifactPolicy', experimentId, name: 'model', keep: 1 },
            { type: 'registerModel', model: 'm', artifactId: 'v2', createdAt: 1 },
          ]),
        ),
      )
      for (const seed of [3, 4]) valueOf(await storeVersion(store, requestOf(`v${seed}`, bytesOf(100, seed))))
      const erased = async (): Promise<unknown> =>
        (await readArtifacts(store)).filter(({ erasedAt }) => erasedAt !== null).map(({ id }) => id)
      assertEqual(await erased(), ['v3'], 'what the policy gave up')
      assertRefused(
        await store.service.readArtifactFile({
          database: OWN_DATABASE,
          artifactId: 'v3',
          path: 'weights.bin',
        }),
        'unknown-artifact',
      )
      valueOf(
        await store.service.ingest(
          client.batch([{ type: 'removeArtifacts', artifactIds: ['v1'], removedAt: 9 }]),
        ),
      )
      valueOf(await store.service.eraseArtifacts({ jobId: 'e', artifactIds: ['v1'] }))
      assertEqual(await erased(), ['v3', 'v1'], 'what was given up')
      assertEqual(countRows(store, 'blobs'), 2, 'blobs')
      store.close()
    },
  },
  {
    name: 'refuses what is no artifact',
    async run(openFiles) {
      const store = await openWithRuns(openFiles)
      const bytes = bytesOf(10, 1)
      const [file] = requestOf('x', bytes).files
      if (file === undefined) throw new Error('there is no file')
      const wrong = [
        { files: [] },
        { files: [file, file] },
        { files: [{ ...file, path: '../weights.bin' }] },
        { files: [{ ...file, path: '/etc/passwd' }] },
        { name: '' },
        { aliases: ['latest'] },
        { aliases: ['v3'] },
        { step: Number.POSITIVE_INFINITY },
        { createdAt: Number.NaN },
      ]
      for (const more of wrong)
        assertRefused(await storeVersion(store, requestOf('x', bytes, more)), 'artifact-malformed')
      assertRefused(await storeVersion(store, requestOf('x', bytes, { runId: 'nobody' })), 'unknown-run')
      assertEqual(countRows(store, 'blobs'), 0, 'blobs')
      store.close()
    },
  },
  {
    name: 'leaves artifacts out of a file when asked to, and counts them in the bin',
    async run(openFiles) {
      const store = await openWithRuns(openFiles)
      const large = bytesOf(2 * ARRAY_PART_BYTES, 1)
      valueOf(await storeVersion(store, requestOf('v1', large)))
      const exporting = { jobId: 'out', database: OWN_DATABASE, experimentId: null, runIds: null } as const
      const without = valueOf(
        await store.service.exportFile({ ...exporting, format: 'db', artifacts: false }),
      )
      const whole = valueOf(await store.service.exportFile({ ...exporting, format: 'db' }))
      assertTrue(whole.file.size - without.file.size >= large.length, 'the file is smaller without them')
      const opened = valueOf(await store.service.openFile({ jobId: 'in', ...without }))
      assertEqual(await readArtifacts(store, opened.database), [], 'artifacts of the file')
      assertEqual(opened.runs, 2, 'runs of the file')
      const client = makeClient('app')
      valueOf(await store.service.ingest(client.batch([{ type: 'removeRuns', runIds: ['a'], removedAt: 1 }])))
      const [bytes = 0] = valueOf(await store.service.readBin()).bytes
      assertTrue(bytes > large.length, 'the bin counts them')
      valueOf(
        await store.service.ingest(
          client.batch([{ type: 'registerModel', model: 'digits', artifactId: 'v1', createdAt: 6 }]),
        ),
      )
      const [kept = 0] = valueOf(await store.service.readBin()).bytes
      assertTrue(kept < large.length, 'but not what a registered model keeps')
      store.close()
    },
  },
  {
    name: 'tells that the artifacts of an experiment changed, where a change names it',
    async run(openFiles) {
      const store = await openWithRuns(openFiles)
      valueOf(await storeVersion(store, requestOf('v1', bytesOf(10, 1))))
      const [artifact] = await readArtifacts(store)
      const experimentId = artifact?.experimentId ?? ''
      await new Promise((resolve) => setTimeout(resolve, 3 * NOTICE_INTERVAL_MS))
      const before = store.events.length
      const removal = { type: 'removeArtifacts', artifactIds: ['v1'], removedAt: 1 } as const
      const client = makeClient('app')
      valueOf(await store.service.ingest(client.batch([{ ...removal, experimentId }])))
      await new Promise((resolve) => setTimeout(resolve, 3 * NOTICE_INTERVAL_MS))
      assertEqual(
        store.events.slice(before),
        [{ type: 'arrangementChanged', database: OWN_DATABASE, experimentIds: [experimentId] }],
        'what is told',
      )
      const odd = { ...removal, experimentId: 7 } as unknown as Change
      assertRefused(await store.service.ingest(makeClient('odd').batch([odd])), 'batch-malformed')
      store.close()
    },
  },
]
