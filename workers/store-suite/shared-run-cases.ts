import type { Change } from '../../src/model/log-batch.ts'
import { OWN_DATABASE } from '../../src/protocol/database-id.ts'
import { assertEqual, valueOf } from './assert.ts'
import { makeClient, openStore, STARTED_AT, startOf, type Store, type StoreCase } from './store.fixture.ts'

const endOf = (status: 'finished' | 'failed', endedAt: number): Change => ({
  type: 'endRun',
  runId: 'a',
  status,
  endedAt,
})

function makeWorker(store: Store, name: string) {
  const client = makeClient(name)
  return async (...changes: readonly Change[]) =>
    valueOf(await store.service.ingest({ ...client.batch(changes), lock: `lock of ${name}` }))
}

async function standing(store: Store): Promise<readonly unknown[]> {
  const { run } = valueOf(await store.service.readRun({ database: OWN_DATABASE, runId: 'a' }))
  return [run.status, run.endedAt]
}

/** One run that several pages or workers log. */
export const SHARED_RUN_CASES: readonly StoreCase[] = [
  {
    name: 'keeps a run running until the last of its workers ends its part',
    async run(openFiles) {
      let store = await openStore(openFiles)
      const [first, second] = [makeWorker(store, 'first'), makeWorker(store, 'second')]
      await first(startOf('a'))
      await second({ type: 'resumeRun', runId: 'a' })
      await first(endOf('failed', 5))
      assertEqual(await standing(store), ['running', null], 'while the second goes on')
      store.abandon()
      store = await openStore(openFiles)
      assertEqual(await standing(store), ['running', null], 'after a takeover')
      await makeWorker(store, 'second')(endOf('finished', 7))
      // The first batch of that worker was applied before: what it says is known.
      assertEqual(await standing(store), ['running', null], 'after a resend')
      const again = makeWorker(store, 'second, once more')
      valueOf(
        await store.service.ingest({
          ...makeClient('third').batch([endOf('finished', 7)]),
          lock: 'lock of second',
        }),
      )
      assertEqual(await standing(store), ['finished', 7], 'after the last')
      await again(startOf('a', { startedAt: STARTED_AT + 1 }))
      assertEqual(await standing(store), ['running', null], 'begun again')
      store.close()
    },
  },
  {
    name: 'marks a run killed when the last of its workers died, not before',
    async run(openFiles) {
      const store = await openStore(openFiles)
      await makeWorker(store, 'first')(startOf('a'))
      await makeWorker(store, 'second')(startOf('a'))
      const locks = store.service.runningRuns().map(({ lock }) => lock)
      assertEqual(locks, ['lock of first', 'lock of second'], 'locks')
      store.service.markKilled('a', 'lock of first')
      assertEqual(await standing(store), ['running', null], 'while the second lives')
      store.service.markKilled('a', 'lock of second')
      assertEqual(await standing(store), ['killed', STARTED_AT], 'when both are gone')
      store.close()
    },
  },
  {
    name: 'is not started again by a start that is said twice',
    async run(openFiles) {
      const store = await openStore(openFiles)
      const worker = makeWorker(store, 'first')
      await worker(startOf('a'))
      await worker(endOf('finished', 5))
      await worker(startOf('a'))
      assertEqual(await standing(store), ['finished', 5], 'status')
      store.close()
    },
  },
]
