import type { AlertRule } from '../../src/model/alert.ts'
import type { Change } from '../../src/model/log-batch.ts'
import { OWN_DATABASE } from '../../src/protocol/database-id.ts'
import { assertEqual, valueOf } from './assert.ts'
import { makeClient, openStore, startOf } from './store.fixture.ts'
import type { Store, StoreCase } from './store.fixture.ts'

/** What the user arranges in an experiment, and runs that are put away. */
export const ARRANGEMENT_CASES: readonly StoreCase[] = [
  {
    name: 'keeps views, directions and alerts with their experiment, also in a file',
    async run(openFiles) {
      const store = await openStore(openFiles)
      const client = makeClient('page')
      await store.service.ingest(client.batch([startOf('a')]))
      const experimentId = await firstExperiment(store)
      const read = async (database = OWN_DATABASE) =>
        valueOf(await store.service.readArrangement({ database, experimentId }))
      assertEqual(await read(), { views: [], directions: {}, alerts: [] }, 'nothing at first')

      const rule: AlertRule = { metric: 'loss', condition: { type: 'not-finite' }, stops: true }
      const changes: readonly Change[] = [
        { type: 'saveView', experimentId, name: 'mine', view: 'x=time' },
        { type: 'saveView', experimentId, name: 'gone', view: '' },
        { type: 'saveView', experimentId, name: 'gone', view: null },
        { type: 'saveView', experimentId, name: 'mine', view: 'x=relative' },
        { type: 'setDirection', experimentId, key: 'cost', direction: 'min' },
        { type: 'setDirection', experimentId, key: 'lr', direction: 'none' },
        { type: 'setDirection', experimentId, key: 'acc', direction: 'max' },
        { type: 'setDirection', experimentId, key: 'acc', direction: null },
        { type: 'setAlert', experimentId, id: 'nan', rule },
        { type: 'setAlert', experimentId, id: 'gone', rule },
        { type: 'setAlert', experimentId, id: 'gone', rule: null },
        { type: 'saveView', experimentId: 'nowhere', name: 'lost', view: 'x=time' },
      ]
      valueOf(await store.service.ingest(client.batch(changes)))
      const arranged = {
        views: [{ name: 'mine', view: 'x=relative' }],
        directions: { cost: 'min', lr: 'none' },
        alerts: [{ id: 'nan', rule }],
      }
      assertEqual(await read(), arranged, 'what was arranged last')
      assertEqual(
        valueOf(await store.service.readArrangement({ database: OWN_DATABASE, experimentId: 'nowhere' })),
        { views: [], directions: {}, alerts: [] },
        'an experiment that is not there',
      )

      for (const format of ['db', 'arrow'] as const) {
        const exported = valueOf(
          await store.service.exportFile({
            jobId: format,
            database: OWN_DATABASE,
            experimentId,
            runIds: null,
            format,
          }),
        )
        const opened = valueOf(
          await store.service.openFile({ jobId: format, fileName: exported.fileName, file: exported.file }),
        )
        assertEqual(await read(opened.database), arranged, `the ${format} file`)
      }
      store.close()
    },
  },
  {
    name: 'knows an experiment by the same id after a crash, and what was arranged in it',
    async run(openFiles) {
      let store = await openStore(openFiles)
      const client = makeClient('page')
      const unnamed = startOf('a', { experiment: { name: 'new' } })
      await store.service.ingest(client.batch([unnamed]))
      const experimentId = await firstExperiment(store)
      const save = { type: 'saveView', experimentId, name: 'mine', view: 'x=time' } as const
      valueOf(await store.service.ingest(client.batch([save])))
      store.abandon()
      store = await openStore(openFiles)
      assertEqual(await firstExperiment(store), experimentId, 'the id')
      const { views } = valueOf(await store.service.readArrangement({ database: OWN_DATABASE, experimentId }))
      assertEqual(views, [{ name: 'mine', view: 'x=time' }], 'the view')
      store.close()
    },
  },
  {
    name: 'keeps what happened to a run once, in order of time, also in a file',
    async run(openFiles) {
      const store = await openStore(openFiles)
      const client = makeClient('page')
      const mark = { kind: 'mark', time: 20, until: null, step: 4, text: 'new data' } as const
      const hidden = { kind: 'hidden', time: 10, until: 15, step: null, text: '' } as const
      const add = { type: 'addEvents', runId: 'a', events: [mark, hidden] } as const
      valueOf(await store.service.ingest(client.batch([startOf('a'), add])))
      valueOf(await store.service.ingest(client.batch([add])))
      const read = async (database = OWN_DATABASE) =>
        valueOf(await store.service.readRun({ database, runId: 'a' })).events
      assertEqual(await read(), [hidden, mark], 'events')
      for (const format of ['db', 'arrow'] as const) {
        const request = { jobId: format, database: OWN_DATABASE, experimentId: null, runIds: null, format }
        const { file, fileName } = valueOf(await store.service.exportFile(request))
        const opened = valueOf(await store.service.openFile({ jobId: format, fileName, file }))
        assertEqual(await read(opened.database), [hidden, mark], `events of the ${format} file`)
      }
      store.close()
    },
  },
  {
    name: 'shows archived runs only where they are asked for',
    async run(openFiles) {
      const store = await openStore(openFiles)
      const client = makeClient('page')
      await store.service.ingest(client.batch([startOf('a'), startOf('b'), startOf('c')]))
      const experimentId = await firstExperiment(store)
      const read = async (filter = '') => {
        const { id } = valueOf(await store.service.readRuns({ database: OWN_DATABASE, experimentId, filter }))
        return [...id].toSorted()
      }
      valueOf(
        await store.service.ingest(
          client.batch([{ type: 'archiveRuns', runIds: ['b', 'c'], archivedAt: 1_700_000_000_000 }]),
        ),
      )
      assertEqual(await read(), ['a'], 'all runs one looks at')
      assertEqual(await read('archived is not null'), ['b', 'c'], 'the archived ones')
      assertEqual(await read('id != x and (archived is null or name != x)'), ['a', 'b', 'c'], 'all of them')
      valueOf(await store.service.ingest(client.batch([{ type: 'unarchiveRuns', runIds: ['b'] }])))
      assertEqual(await read(), ['a', 'b'], 'one is back')
      store.close()
    },
  },
]

async function firstExperiment(store: Store): Promise<string> {
  const [first] = valueOf(await store.service.readExperiments(OWN_DATABASE))
  return first?.id ?? ''
}
