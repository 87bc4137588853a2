import type { RunEvent } from '../../src/model/run.ts'
import { MAX_EVENTS_READ } from '../../src/protocol/run-events.ts'
import { OWN_DATABASE } from '../../src/protocol/database-id.ts'
import { assertEqual, valueOf } from './assert.ts'
import { makeClient, openStore, startOf, STARTED_AT } from './store.fixture.ts'
import type { Store, StoreCase } from './store.fixture.ts'

const moment = (time: number, more: Partial<RunEvent> = {}): RunEvent => ({
  kind: 'mark',
  time: STARTED_AT + time,
  until: null,
  step: null,
  text: `at ${time}`,
  ...more,
})

const addOf = (event: RunEvent) => ({ type: 'addEvents', runId: 'a', events: [event] }) as const

async function readAll(store: Store, runIds: readonly string[]) {
  return valueOf(await store.service.readEvents({ database: OWN_DATABASE, runIds }))
}

/** What happened to runs, as charts show it. */
export const EVENT_CASES: readonly StoreCase[] = [
  {
    name: 'finds how far a run was when something happened, in chunks and behind them',
    async run(openFiles) {
      const store = await openStore(openFiles)
      const client = makeClient('page')
      // Two steps every ten milliseconds, over more than two chunks.
      const count = 20_000
      const columns = new Float64Array(3 * count)
      for (let index = 0; index < count; index += 1) {
        columns[index] = 2 * index
        columns[2 * count + index] = STARTED_AT + 10 * index
      }
      const sections = [{ runId: 'a', key: 'loss', count }]
      const few = {
        sections: [{ runId: 'a', key: 'acc', count: 1 }],
        columns: Float64Array.of(5, 1, STARTED_AT),
      }
      const events = [
        moment(-5),
        moment(0, { step: 77 }),
        moment(1_000),
        moment(81_925, { kind: 'stall', until: STARTED_AT + 120_009 }),
        moment(199_990, { kind: 'hidden', until: STARTED_AT + 1e9, step: 40_010 }),
      ]
      valueOf(await store.service.ingest(client.batch([startOf('a')], { sections, columns })))
      valueOf(await store.service.ingest(client.batch([{ type: 'addEvents', runId: 'a', events }], few)))
      const read = await readAll(store, ['a', 'nobody'])
      assertEqual(read.kind, ['mark', 'mark', 'mark', 'stall', 'hidden'], 'kinds')
      assertEqual([...read.step], [Number.NaN, 77, 200, 16_384, 39_998], 'steps')
      assertEqual(
        [...read.untilStep],
        [Number.NaN, Number.NaN, Number.NaN, 24_000, 40_010],
        'steps at the end',
      )
      store.close()
    },
  },
  {
    name: 'takes the end of what was told when it began, and keeps it when that is told again',
    async run(openFiles) {
      const store = await openStore(openFiles)
      const client = makeClient('page')
      const lost = moment(5, { kind: 'context-lost' })
      const over = { ...lost, until: STARTED_AT + 9 }
      valueOf(await store.service.ingest(client.batch([startOf('a'), addOf(lost)])))
      assertEqual([...(await readAll(store, ['a'])).until], [Number.NaN], 'while it lasts')
      for (const event of [over, lost]) {
        valueOf(await store.service.ingest(client.batch([addOf(event)])))
        assertEqual([...(await readAll(store, ['a'])).until], [STARTED_AT + 9], 'when it is over')
      }
      store.close()
    },
  },
  {
    name: 'tells the newest of many, and nothing of runs that were removed',
    async run(openFiles) {
      const store = await openStore(openFiles)
      const client = makeClient('page')
      const events = Array.from({ length: MAX_EVENTS_READ + 5 }, (_, index) => moment(index))
      const add = (runId: string) => ({ type: 'addEvents', runId, events }) as const
      valueOf(await store.service.ingest(client.batch([startOf('a'), startOf('b'), add('a'), add('b')])))
      const alone = await readAll(store, ['a'])
      assertEqual(alone.time.length, MAX_EVENTS_READ, 'events of one')
      assertEqual([alone.text[0], alone.text.at(-1)], ['at 5', `at ${MAX_EVENTS_READ + 4}`], 'the newest')
      assertEqual((await readAll(store, ['a', 'b', 'a'])).time.length, MAX_EVENTS_READ, 'events of both')
      valueOf(
        await store.service.ingest(
          client.batch([{ type: 'removeRuns', runIds: ['a'], removedAt: STARTED_AT + 1 }]),
        ),
      )
      assertEqual((await readAll(store, ['a'])).runId, [], 'of a removed run')
      store.close()
    },
  },
]
