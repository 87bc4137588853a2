import type { Artifact, RankedAlias } from '../../src/model/artifact.ts'
import { OWN_DATABASE } from '../../src/protocol/database-id.ts'
import type { StoreArtifactRequest } from '../../src/protocol/artifacts-api.ts'
import { randomBytes } from './arrays.fixture.ts'
import { readArtifacts, requestOf, store as storeVersion } from './artifacts.fixture.ts'
import { assertEqual, assertRefused, valueOf } from './assert.ts'
import { makeClient, openStore, startOf, type Store, type StoreCase } from './store.fixture.ts'

async function openWithRuns(openFiles: Parameters<StoreCase['run']>[0]): Promise<Store> {
  const store = await openStore(openFiles)
  valueOf(await store.service.ingest(makeClient('page').batch([startOf('a'), startOf('b')])))
  return store
}

const best = (value: number, more: Partial<RankedAlias> = {}): RankedAlias => ({
  alias: 'best',
  metric: 'val_loss',
  value,
  direction: 'min',
  ...more,
})

/** Stores a version of its own bytes, as `name` of a run and a number says: `a1`. */
async function save(store: Store, id: string, more: Partial<StoreArtifactRequest> = {}): Promise<void> {
  const seed = [...id].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 7)
  const bytes = randomBytes(100, seed) as Uint8Array<ArrayBuffer>
  valueOf(await storeVersion(store, requestOf(id, bytes, { runId: id.slice(0, 1), ...more })))
}

const idsOf = (some: readonly Artifact[]): readonly string[] => some.map(({ id }) => id).toSorted()

const erased = async (store: Store): Promise<readonly string[]> =>
  idsOf((await readArtifacts(store)).filter(({ erasedAt }) => erasedAt !== null))

/** `best of a: a1 0.5` */
async function holders(store: Store, database = OWN_DATABASE): Promise<readonly string[]> {
  const words = (await readArtifacts(store, database)).flatMap(({ id, heldAliases }) =>
    heldAliases.map(
      ({ alias, runId, value }) => `${alias} of ${runId ?? 'all'}: ${id} ${value ?? 'by hand'}`,
    ),
  )
  return words.toSorted()
}

async function experimentOf(store: Store): Promise<string> {
  return (await readArtifacts(store))[0]?.experimentId ?? ''
}

export const ALIAS_CASES: readonly StoreCase[] = [
  {
    name: 'keeps a best of each run, of two that train at the same time, one of them killed between and resumed',
    async run(openFiles) {
      let store = await openWithRuns(openFiles)
      await save(store, 'a1', { aliases: [best(0.5)], keep: 1 })
      await save(store, 'b1', { aliases: [best(0.9)], keep: 1 })
      await save(store, 'a2', { aliases: [best(0.6)], keep: 1 })
      await save(store, 'b2', { aliases: [best(0.7)], keep: 1 })
      assertEqual(await holders(store), ['best of a: a1 0.5', 'best of b: b2 0.7'], 'before')
      assertEqual(await erased(store), ['b1'], 'given up before')
      store.abandon()
      store = await openStore(openFiles)
      await save(store, 'a3', { aliases: [best(0.55)], keep: 1 })
      await save(store, 'b3', { aliases: [best(Number.NaN)], keep: 1 })
      assertEqual(await holders(store), ['best of a: a1 0.5', 'best of b: b2 0.7'], 'after nothing better')
      await save(store, 'a4', { aliases: [best(0.4)], keep: 1 })
      assertEqual(await holders(store), ['best of a: a4 0.4', 'best of b: b2 0.7'], 'after a better one')
      assertEqual(await erased(store), ['a1', 'a2', 'a3', 'b1'], 'given up')
      store.close()
    },
  },
  {
    name: 'compares the better of two as their metric says, and neither with another metric nor with no number',
    async run(openFiles) {
      const store = await openWithRuns(openFiles)
      await save(store, 'a1', { aliases: [best(Number.NaN), best(Number.POSITIVE_INFINITY)] })
      assertEqual(await holders(store), [], 'no number')
      const acc = (value: number): RankedAlias => best(value, { metric: 'acc', direction: 'max' })
      await save(store, 'a2', { aliases: [acc(0.5)] })
      await save(store, 'a3', { aliases: [acc(0.5)] })
      await save(store, 'a4', { aliases: [best(0.1)] })
      assertEqual(await holders(store), ['best of a: a2 0.5'], 'equal, and of another metric')
      await save(store, 'a5', { aliases: [acc(0.6)] })
      assertEqual(await holders(store), ['best of a: a5 0.6'], 'more')
      store.close()
    },
  },
  {
    name: 'shares a best over the experiment where that is asked, and takes none that was given by hand',
    async run(openFiles) {
      const store = await openWithRuns(openFiles)
      const shared = (value: number): RankedAlias => best(value, { among: 'experiment' })
      await save(store, 'a1', { aliases: [shared(0.5)] })
      await save(store, 'b1', { aliases: [shared(0.9)] })
      assertEqual(await holders(store), ['best of all: a1 0.5'], 'a worse one of another run')
      await save(store, 'b2', { aliases: [shared(0.3)] })
      assertEqual(await holders(store), ['best of all: b2 0.3'], 'a better one')
      const experimentId = await experimentOf(store)
      const client = makeClient('app')
      const given = {
        type: 'setAlias',
        experimentId,
        name: 'model',
        alias: 'best',
        artifactId: 'a1',
      } as const
      valueOf(await store.service.ingest(client.batch([given])))
      await save(store, 'b3', { aliases: [shared(0.1)] })
      await save(store, 'a2', { aliases: [best(0.1)] })
      assertEqual(await holders(store), ['best of all: a1 by hand'], 'by hand, and that run has it')
      await save(store, 'b4', { aliases: [best(0.2)] })
      assertEqual(await holders(store), ['best of all: a1 by hand', 'best of b: b4 0.2'], 'of another run')
      const removal = { type: 'removeArtifacts', artifactIds: ['a1', 'b4'], removedAt: 9 } as const
      valueOf(await store.service.ingest(client.batch([removal])))
      await save(store, 'b5', { aliases: [best(0.8), shared(0.7)] })
      assertEqual(await holders(store), ['best of all: b5 0.7', 'best of b: b5 0.8'], 'removed ones are free')
      store.close()
    },
  },
  {
    name: 'gives up by policy nothing of another run and nothing that is named, registered, used or forked from',
    async run(openFiles) {
      const store = await openWithRuns(openFiles)
      await save(store, 'b1')
      await save(store, 'b2')
      await save(store, 'a1', { aliases: ['baseline'], step: 1 })
      for (const step of [2, 3, 4, 5, 6]) await save(store, `a${step}`, { step })
      const client = makeClient('app')
      valueOf(
        await store.service.ingest(
          client.batch([
            { type: 'registerModel', model: 'digits', artifactId: 'a2', createdAt: 1 },
            { type: 'useArtifact', runId: 'b', artifactId: 'a3', usedAt: 1 },
            startOf('c', { parentRunId: 'a', forkedAtStep: 4.5 }),
          ]),
        ),
      )
      await save(store, 'a7', { step: 7, keep: 1 })
      assertEqual(await erased(store), ['a5', 'a6'], 'of the run that says so')
      await save(store, 'b3')
      assertEqual(await erased(store), ['a5', 'a6'], 'of a run that says nothing')
      const list = { database: OWN_DATABASE, experimentId: null, runId: null }
      assertEqual(valueOf(await store.service.readArtifacts(list)).forked, ['a4'], 'forked from')
      const everyRun = { experimentId: await experimentOf(store), name: 'model' } as const
      const policy = { type: 'setArtifactPolicy', ...everyRun, keep: 2 } as const
      valueOf(await store.service.ingest(client.batch([policy])))
      await save(store, 'b4')
      await save(store, 'a8', { step: 8 })
      assertEqual(await erased(store), ['a5', 'a6', 'b1', 'b2'], 'of every run, said by hand')
      await save(store, 'a9', { step: 9 })
      assertEqual(await erased(store), ['a5', 'a6', 'a7', 'b1', 'b2'], 'of the run that stored')
      store.close()
    },
  },
  {
    name: 'makes a version of its own of what is ranked or kept, though another run stored the same bytes',
    async run(openFiles) {
      const store = await openWithRuns(openFiles)
      const bytes = randomBytes(100, 5) as Uint8Array<ArrayBuffer>
      const ranked = (id: string) => requestOf(id, bytes, { runId: id.slice(0, 1), aliases: [best(0.5)] })
      assertEqual(valueOf(await storeVersion(store, ranked('a1'))).version, 1, 'the first')
      assertEqual(
        valueOf(await storeVersion(store, ranked('b1'))),
        { id: 'b1', version: 2, newBytes: 0 },
        'of another run',
      )
      assertEqual(valueOf(await storeVersion(store, ranked('b2'))).id, 'b1', 'the same again')
      store.close()
    },
  },
  {
    name: 'takes aliases with what they were given for, and policies with their runs, through a file',
    async run(openFiles) {
      const store = await openWithRuns(openFiles)
      await save(store, 'a1', { aliases: [best(0.5), 'baseline'], keep: 2 })
      await save(store, 'b1', { aliases: [best(0.125, { among: 'experiment' }), best(0.25)] })
      const exporting = { jobId: 'out', database: OWN_DATABASE, experimentId: null, runIds: null } as const
      const exported = valueOf(await store.service.exportFile({ ...exporting, format: 'db' }))
      const { database } = valueOf(await store.service.openFile({ jobId: 'in', ...exported }))
      const held = await holders(store)
      assertEqual(
        held,
        ['baseline of all: a1 by hand', 'best of a: a1 0.5', 'best of all: b1 0.125', 'best of b: b1 0.25'],
        'here',
      )
      assertEqual(await readArtifacts(store, database), await readArtifacts(store), 'in the file')
      const whole = { experimentId: null, runId: null }
      for (const each of [OWN_DATABASE, database]) {
        const { policies } = valueOf(await store.service.readArtifacts({ database: each, ...whole }))
        assertEqual(
          policies.map(({ name, keep, runId }) => [name, keep, runId]),
          [['model', 2, 'a']],
          'policies',
        )
      }
      store.close()
    },
  },
  {
    name: 'refuses what is no ranked alias',
    async run(openFiles) {
      const store = await openWithRuns(openFiles)
      const bytes = randomBytes(10, 1) as Uint8Array<ArrayBuffer>
      const wrong = [
        { alias: 'latest' },
        { value: '0.5' },
        { direction: 'none' },
        { among: 'page' },
        { metric: 7 },
      ] as readonly unknown[] as readonly Partial<RankedAlias>[]
      for (const part of wrong)
        assertRefused(
          await storeVersion(store, requestOf('x', bytes, { aliases: [best(0.5, part)] })),
          'artifact-malformed',
        )
      store.close()
    },
  },
]
