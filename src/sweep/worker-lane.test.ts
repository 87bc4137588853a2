import { afterEach, describe, expect, it, vi } from 'vitest'
import { isLaneOrder, isLaneReport, type LaneOrder, type LaneReport } from './lane-messages.ts'
import { startSweep, type SweepSurroundings } from './start-sweep.ts'
import { uniform } from './space.ts'
import { parseSweep, type SweepOptions } from './sweep-options.ts'
import { openWorkerLane, type LaneWorker } from './worker-lane.ts'

/** Among the answers of a scripted worker: an uncaught error. */
const CRASH = 'crash'

/** A worker by what it answers to orders, and first of all to its start. */
function scripted(answer: (order: LaneOrder | 'start') => readonly unknown[]): LaneWorker {
  const target = new EventTarget()
  let isAlive = true
  function act(order: LaneOrder | 'start'): void {
    queueMicrotask(() => {
      if (!isAlive) return
      for (const report of answer(order))
        target.dispatchEvent(
          report === CRASH
            ? Object.assign(new Event('error'), { message: 'boom' })
            : new MessageEvent('message', { data: report }),
        )
    })
  }
  act('start')
  return {
    addEventListener: target.addEventListener.bind(target) as LaneWorker['addEventListener'],
    postMessage: (order: LaneOrder) => act(order),
    terminate() {
      isAlive = false
    },
  }
}

const READY: LaneReport = { kymoLane: 'ready', lock: 'a lock' }
const ENDED: LaneReport = { kymoLane: 'ended', outcome: { status: 'finished', value: 1, reason: '' } }

/** Does what a lane does; a trial of a number in `crashes` dies in the middle of its run. */
function lane(crashes: readonly string[] = []) {
  return (order: LaneOrder | 'start'): readonly unknown[] => {
    if (order === 'start') return ['chatter', { kymoLane: 'reported', value: 'x' }, READY]
    if (order.kymoLane === 'close') return [{ kymoLane: 'closed' }]
    if (order.kymoLane === 'stop') return []
    const number = order.order.options.tags['trial'] ?? ''
    return [{ kymoLane: 'started', runId: `run ${number}` }, crashes.includes(number) ? CRASH : ENDED]
  }
}

const explained: string[] = []
const AROUND: SweepSurroundings = {
  openLane: (work) => openWorkerLane('openWorker' in work ? work.openWorker : () => scripted(() => [CRASH])),
  claim: () => Promise.resolve(() => {}),
  readStored: () => Promise.reject(new Error('nothing is resumed here')),
  explainCrash: (runId, reason) => Promise.resolve(void explained.push(`${runId}: ${reason}`)),
}

async function sweep(open: () => LaneWorker, options: Partial<SweepOptions> = {}) {
  const plan = parseSweep({
    experiment: 'test',
    params: { x: uniform(0, 1) },
    metric: 'loss',
    direction: 'min',
    runs: 4,
    lane: open,
    ...options,
  })
  if (!plan.ok) throw new Error(plan.error.join(' '))
  return startSweep(plan.value, AROUND).done
}

afterEach(() => {
  explained.length = 0
  vi.useRealTimers()
})

describe('a lane in a worker', () => {
  it('runs trials one after the other and is closed at the end', async () => {
    const orders: string[] = []
    let opened = 0
    const end = await sweep(() => {
      opened += 1
      const act = lane()
      return scripted((order) => {
        orders.push(order === 'start' ? order : order.kymoLane)
        return act(order)
      })
    })
    expect(end.ok && end.value.trials.map(({ runId }) => runId)).toEqual(['run 1', 'run 2', 'run 3', 'run 4'])
    expect(opened).toBe(1)
    expect(orders).toEqual(['start', 'trial', 'trial', 'trial', 'trial', 'close'])
  })

  it('that crashes fails its trial and is replaced', async () => {
    let opened = 0
    const end = await sweep(() => {
      opened += 1
      return scripted(lane(['2']))
    })
    expect(end.ok && end.value.trials.map(({ status, reason }) => [status, reason])).toEqual([
      ['finished', ''],
      ['failed', 'The lane crashed: boom'],
      ['finished', ''],
      ['finished', ''],
    ])
    expect(opened).toBe(2)
    expect(explained).toEqual(['run 2: The lane crashed: boom'])
  })

  it('that dies before a run was started has its trial tried again elsewhere', async () => {
    let opened = 0
    const end = await sweep(() => {
      opened += 1
      const act = lane()
      const isFirst = opened === 1
      return scripted((order) => (isFirst && order !== 'start' ? [CRASH] : act(order)))
    })
    expect(end.ok && end.value.trials.map(({ number, status }) => [number, status])).toEqual(
      [1, 2, 3, 4].map((number) => [number, 'finished']),
    )
    expect(opened).toBe(2)
    expect(explained).toEqual([])
  })

  it.each([
    ['its script throws', () => scripted(() => [CRASH]), 'No lane could be started: boom.'],
    [
      'it cannot be opened',
      () => {
        throw new Error('workers are not allowed here')
      },
      'No lane could be started: workers are not allowed here.',
    ],
    ['it is no worker', () => ({}) as never, 'No lane could be started:'],
  ])('that never starts ends the sweep with the reason: %s', async (_name, open, words) => {
    const end = await sweep(open, { lanes: 2 })
    expect(end.ok ? '' : end.error).toContain(words)
  })

  it('without runLane in it is noticed', async () => {
    vi.useFakeTimers()
    const ending = sweep(() => scripted(() => []))
    await vi.advanceTimersByTimeAsync(180_000)
    const end = await ending
    expect(end.ok ? '' : end.error).toContain('it did not call runLane within 60 seconds')
  })
})

describe('messages between a sweep and its lanes', () => {
  const order = {
    params: {},
    metric: 'loss',
    direction: 'min',
    options: { experiment: 'test' },
  }

  it('are taken for what they are', () => {
    expect(isLaneOrder({ kymoLane: 'trial', order })).toBe(true)
    expect(isLaneOrder({ kymoLane: 'close' })).toBe(true)
    expect(isLaneReport(ENDED)).toBe(true)
    expect(isLaneReport({ kymoLane: 'reported', value: Number.NaN, step: 1 })).toBe(true)
    for (const odd of [
      undefined,
      null,
      'close',
      [],
      { kymoLane: 'go' },
      { kymoLane: 'trial' },
      { kymoLane: 'trial', order: { ...order, params: null } },
      { kymoLane: 'trial', order: { ...order, direction: 'up' } },
      { kymoLane: 'trial', order: { ...order, options: null } },
      { kymoLane: 'stop', stop: {} },
      { kymoLane: 'ended', outcome: { status: 'running', value: 1, reason: '' } },
      { kymoLane: 'reported', value: '1', step: 1 },
      { kymoLane: 'started' },
    ]) {
      expect(isLaneOrder(odd)).toBe(false)
      expect(isLaneReport(odd)).toBe(false)
    }
  })
})
