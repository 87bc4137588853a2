import type { AlertRule } from '../../src/model/alert.ts'
import { createRandom } from '../../src/model/seeded-random.ts'
import { OWN_DATABASE } from '../../src/protocol/database-id.ts'
import { assertEqual, valueOf } from './assert.ts'
import { makeClient, openStore, pointsOf, startOf } from './store.fixture.ts'
import type { Drawn, Store, StoreCase } from './store.fixture.ts'

const RULES: Readonly<Record<string, AlertRule>> = {
  broken: { metric: 'loss', condition: { type: 'not-finite' }, stops: true },
  high: { metric: 'loss', condition: { type: 'above', limit: 0.95 }, stops: false },
  stuck: {
    metric: 'loss',
    condition: { type: 'plateau', points: 40, delta: 0, direction: 'min' },
    stops: false,
  },
  never: { metric: 'los', condition: { type: 'not-finite' }, stops: true },
}

/** A noisy loss that breaks. */
function seriesOf(runId: string): Drawn {
  const random = createRandom(11)
  const points = Array.from({ length: 200 }, (_, step) => [step, step === 150 ? Number.NaN : random()])
  return { runId, key: 'loss', points }
}

/** What each rule would have said of the runs of the experiment. */
async function tried({ service }: Store, experimentId: string, rule: AlertRule): Promise<string> {
  const { runs, of, speaking, first } = valueOf(
    await service.tryAlert({ database: OWN_DATABASE, experimentId, rule }),
  )
  return `${speaking} of ${runs} of ${of}: ${first === null ? 'nothing' : `${first.step} ${first.text}`}`
}

/** What alerts hold of a run, once those that are being looked for are found. */
async function alertsOf({ service }: Store, runId: string, count: number): Promise<readonly string[]> {
  for (let turn = 0; ; turn += 1) {
    const { events } = valueOf(await service.readRun({ database: OWN_DATABASE, runId }))
    const alerts = events.filter(({ kind }) => kind === 'alert')
    if (alerts.length >= count || turn === 200) return alerts.map(({ step, text }) => `${step}: ${text}`)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

async function watched(store: Store): Promise<void> {
  const client = makeClient('page')
  await store.service.ingest(client.batch([startOf('before')]))
  const [experiment] = valueOf(await store.service.readExperiments(OWN_DATABASE))
  const experimentId = experiment?.id ?? ''
  valueOf(
    await store.service.ingest(
      client.batch(
        Object.entries(RULES).map(([id, rule]) => ({ type: 'setAlert', experimentId, id, rule }) as const),
      ),
    ),
  )
}

const isHigh = (each: number): boolean => each > 0.95

/** Every alert of `seriesOf`, by hand from the numbers of the generator. */
function expected(): readonly string[] {
  const { points } = seriesOf('a')
  const alerts: { readonly step: number; readonly text: string }[] = []
  let best = Number.POSITIVE_INFINITY
  let bestAt = -1
  let isStuck = false
  for (const [step = 0, value = Number.NaN] of points) {
    const before = points[step - 1]?.[1] ?? 0
    // NaN says nothing of the limit; the value before it still does.
    const last = Number.isNaN(before) ? (points[step - 2]?.[1] ?? 0) : before
    if (isHigh(value) && !isHigh(last))
      alerts.push({ step, text: `loss is ${Number(value.toPrecision(4))}, above 0.95` })
    if (Number.isNaN(value)) alerts.push({ step, text: 'loss is NaN' })
    if (value < best) [best, bestAt] = [value, step]
    if (!isStuck && step - bestAt >= 40) {
      isStuck = true
      alerts.push({ step, text: 'loss has not improved for 40 points' })
    }
  }
  return alerts
    .toSorted((a, b) => a.step - b.step || (a.text < b.text ? -1 : 1))
    .map(({ step, text }) => `${step}: ${text}`)
}

const nan = (runId: string): Drawn => ({ runId, key: 'loss', points: [[0, Number.NaN]] })

/** Rules that watch runs. */
export const ALERT_CASES: readonly StoreCase[] = [
  {
    name: 'raises the same alerts however a log is cut, also over a restart in between',
    async run(openFiles) {
      const all = expected()
      for (const [name, size, restartAt] of [
        ['whole', 200, null],
        ['small', 7, null],
        ['restarted', 30, 120],
        ['cut off', 13, 65],
      ] as const) {
        let store = await openStore(openFiles)
        await watched(store)
        const client = makeClient(`training ${name}`)
        const { points } = seriesOf(name)
        valueOf(await store.service.ingest(client.batch([startOf(name)])))
        for (let from = 0; from < points.length; from += size) {
          const part = { runId: name, key: 'loss', points: points.slice(from, from + size) }
          valueOf(await store.service.ingest(client.batch([], pointsOf(part))))
          if (restartAt === null || from > restartAt || from + size <= restartAt) continue
          if (name === 'cut off') store.abandon()
          else store.close()
          store = await openStore(openFiles)
        }
        assertEqual(await alertsOf(store, name, all.length), all, `alerts of the log that is ${name}`)
        store.close()
      }
    },
  },
  {
    name: 'announces each alert once, with whether it stops the run',
    async run(openFiles) {
      const store = await openStore(openFiles)
      await watched(store)
      const client = makeClient('training')
      const batch = client.batch(
        [startOf('a')],
        pointsOf({
          runId: 'a',
          key: 'loss',
          points: [
            [0, 0.5],
            [1, Number.NaN],
            [2, Number.NaN],
          ],
        }),
      )
      valueOf(await store.service.ingest(batch))
      assertEqual(await alertsOf(store, 'a', 1), ['1: loss is NaN'], 'the event')
      valueOf(await store.service.ingest(batch))
      valueOf(
        await store.service.ingest(
          client.batch(
            [],
            pointsOf({
              runId: 'a',
              key: 'loss',
              points: [
                [3, Number.NaN],
                [4, 2],
              ],
            }),
          ),
        ),
      )
      assertEqual(
        await alertsOf(store, 'a', 2),
        ['1: loss is NaN', '4: loss is 2, above 0.95'],
        'both events',
      )
      const raised = store.events.flatMap((event) =>
        event.type === 'alertRaised' ? [`${event.runName}: ${event.text}, ${event.stops}`] : [],
      )
      assertEqual(raised, ['run a: loss is NaN, true', 'run a: loss is 2, above 0.95, false'], 'announced')
      store.close()
    },
  },
  {
    name: 'holds a new rule against what running runs have logged, and no rule that was taken away',
    async run(openFiles) {
      const store = await openStore(openFiles)
      const client = makeClient('training')
      valueOf(await store.service.ingest(client.batch([startOf('a'), startOf('b')], pointsOf(nan('a')))))
      const [experiment] = valueOf(await store.service.readExperiments(OWN_DATABASE))
      const experimentId = experiment?.id ?? ''
      const rule = RULES['broken'] ?? null
      const set = (to: AlertRule | null) => ({ type: 'setAlert', experimentId, id: 'x', rule: to }) as const
      valueOf(await store.service.ingest(client.batch([set(rule)])))
      assertEqual(await alertsOf(store, 'a', 1), ['0: loss is NaN'], 'what was logged before')
      valueOf(await store.service.ingest(client.batch([set(null)])))
      valueOf(await store.service.ingest(client.batch([], pointsOf(nan('b')))))
      assertEqual(await alertsOf(store, 'b', 1), [], 'without a rule')
      store.close()
    },
  },
  {
    name: 'tells what a rule would have said of what was logged, without keeping anything of it',
    async run(openFiles) {
      const store = await openStore(openFiles)
      const client = makeClient('training')
      for (const runId of ['a', 'b']) await store.service.ingest(client.batch([startOf(runId)]))
      const points = [
        [0, 1],
        [1, 0.2],
        [2, 3],
      ] as const
      valueOf(await store.service.ingest(client.batch([], pointsOf({ runId: 'a', key: 'loss', points }))))
      valueOf(await store.service.ingest(client.batch([], pointsOf(nan('b')))))
      const [experiment] = valueOf(await store.service.readExperiments(OWN_DATABASE))
      const experimentId = experiment?.id ?? ''
      const above = { metric: 'loss', condition: { type: 'above', limit: 2 }, stops: false } as const
      const never = { ...above, condition: { type: 'above', limit: 5 } } as const
      assertEqual(await tried(store, experimentId, above), '1 of 2 of 2: 2 loss is 3, above 2', 'of one run')
      assertEqual(await tried(store, experimentId, never), '0 of 2 of 2: nothing', 'of none')
      const nowhere = { ...above, metric: 'nothing' }
      assertEqual(await tried(store, experimentId, nowhere), '0 of 0 of 0: nothing', 'of no metric')
      assertEqual(await alertsOf(store, 'a', 0), [], 'and keeps nothing')
      store.close()
    },
  },
]
