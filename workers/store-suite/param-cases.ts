import { OWN_DATABASE } from '../../src/protocol/database-id.ts'
import { assertEqual, assertTrue, valueOf } from './assert.ts'
import { makeClient, openStore, startOf, type Store, type StoreCase } from './store.fixture.ts'

async function openWithSetParams(openFiles: Parameters<StoreCase['run']>[0]): Promise<Store> {
  const store = await openStore(openFiles)
  const page = makeClient('page')
  const starts = [
    startOf('a', { params: { lr: 0.01, opt: { lr: 1 }, units: 8 } }),
    startOf('b', { params: { lr: 0.003 } }),
  ]
  valueOf(await store.service.ingest(page.batch(starts)))
  for (const [lr, step] of [
    [0.005, 40],
    [0.003, 105],
  ] as const)
    valueOf(await store.service.ingest(page.batch([{ type: 'setParams', runId: 'a', params: { lr }, step }])))
  valueOf(await store.service.ingest(page.batch([{ type: 'setParams', runId: 'a', params: { units: 16 } }])))
  return store
}

async function paramsOf({ service }: Store, database = OWN_DATABASE): Promise<unknown> {
  const { params, paramChanges } = valueOf(await service.readRun({ database, runId: 'a' }))
  return { params, paramChanges }
}

const SET = {
  params: { lr: 0.003, opt: { lr: 1 }, units: 16 },
  paramChanges: { lr: { first: 0.01, step: 105 } },
}

export const PARAM_CASES: readonly StoreCase[] = [
  {
    name: 'keeps what a param was before it was set while its run ran, through a killed tab and a file',
    async run(openFiles) {
      let store = await openWithSetParams(openFiles)
      assertEqual(await paramsOf(store), SET, 'as they were set')
      store.abandon()
      store = await openStore(openFiles)
      assertEqual(await paramsOf(store), SET, 'after the tab was killed')
      for (const format of ['db', 'arrow'] as const) {
        const asked = {
          jobId: `out ${format}`,
          database: OWN_DATABASE,
          experimentId: null,
          runIds: null,
          format,
        }
        const exported = valueOf(await store.service.exportFile(asked))
        const { database } = valueOf(await store.service.openFile({ jobId: `in ${format}`, ...exported }))
        assertEqual(await paramsOf(store, database), SET, `in a file of ${format}`)
      }
      store.close()
    },
  },
  {
    name: 'filters, lists and offers params as they are now, and as they were at first where that is asked',
    async run(openFiles) {
      const store = await openWithSetParams(openFiles)
      const { service } = store
      const found = async (filter: string): Promise<readonly string[]> =>
        valueOf(
          await service.queryRuns({
            database: OWN_DATABASE,
            experimentIds: null,
            filter,
            sort: [],
            offset: 0,
            limit: 9,
            columns: [],
          }),
        ).runIds.toSorted()
      assertEqual(await found('lr = 0.003'), ['a', 'b'], 'now')
      assertEqual(await found('lr.last = 0.003'), ['a', 'b'], 'now, said')
      assertEqual(await found('lr.first = 0.01'), ['a'], 'at first')
      assertEqual(await found('param.lr.first = 0.003'), ['b'], 'at first, of one that was never set')
      assertEqual(await found('opt.lr.first = 1'), ['a'], 'inside another param')
      assertEqual(await found('units.first = 16'), ['a'], 'of one the training said anew')
      const columns = [
        { from: 'param', key: 'lr' } as const,
        { from: 'param', key: 'lr', at: 'first' } as const,
      ]
      const cells = valueOf(await service.readCells({ database: OWN_DATABASE, runIds: ['a', 'b'], columns }))
      assertEqual(
        cells.columns,
        [
          [0.003, 0.003],
          [0.01, 0.003],
        ],
        'cells',
      )
      const [{ id: experimentId } = { id: '' }] = valueOf(await service.readExperiments(OWN_DATABASE))
      const runs = valueOf(await service.readRuns({ database: OWN_DATABASE, experimentId }))
      const place = runs.id.indexOf('a')
      assertEqual(runs.paramChanges[place], SET.paramChanges, 'in the list')
      assertEqual(runs.paramChanges[1 - place], null, 'of the other')
      const keys = valueOf(await service.readKeys({ database: OWN_DATABASE, experimentId }))
      assertEqual(keys.find(({ key }) => key === 'lr')?.changed, 1, 'of how many runs')
      assertTrue(
        keys.every(({ key, changed }) => key === 'lr' || changed === undefined),
        'of no other',
      )
      store.close()
    },
  },
]
