import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Refusal } from '../model/log-batch.ts'
import { createMetricLog, type MetricLog } from './metric-log.ts'
import { createRefusals } from './refusals.ts'
import { LATE_MS } from './value-log.ts'

/** A log that is passed anything, as JavaScript passes it. */
function start(): {
  readonly metrics: MetricLog
  log(metrics: unknown, options?: unknown): void
  points(key: string): readonly (readonly [number, number])[]
  refused(): readonly Pick<Refusal, 'key' | 'reason' | 'count'>[]
} {
  const refusals = createRefusals(() => undefined)
  const metrics = createMetricLog({ firstStep: 0, refusals, onBuffered: () => undefined })
  return {
    metrics,
    log: (values, options) => Reflect.apply(metrics.log, undefined, [values, options]),
    points(key) {
      const series = metrics.series.find((each) => each.key === key)
      if (series === undefined) return []
      return Array.from({ length: series.end }, (_, at) => [series.steps[at] ?? 0, series.values[at] ?? 0])
    },
    refused: () => refusals.take().map(({ key, reason, count }) => ({ key, reason, count })),
  }
}

function tensor(read: () => Promise<ArrayLike<number>>): object {
  return { shape: [], dtype: 'float32', data: read, clone: () => tensor(read), dispose: () => undefined }
}

describe('values that are no plain numbers', () => {
  it('become points of the same curve, whatever way a number is written', () => {
    const { log, points, refused } = start()
    for (const loss of [1, [2], new Float32Array([3]), '4', 5n, true, new Number(6)]) log({ loss })
    expect(points('loss').map(([, value]) => value)).toEqual([1, 2, 3, 4, 5, 1, 6])
    expect(refused()).toEqual([])
  })

  it('keep their order where some of them are tensors', async () => {
    const { log, metrics, points } = start()
    const arriving: ((values: ArrayLike<number>) => void)[] = []
    const slow = new Promise<ArrayLike<number>>((resolve) => arriving.push(resolve))
    log({ loss: 0, acc: 0 })
    log({ loss: tensor(() => slow), acc: 1 })
    log({ loss: 2, acc: 2 })
    log({ loss: tensor(async () => [3]), acc: 3 })
    expect(points('acc').map(([step]) => step)).toEqual([0, 1, 2, 3])
    expect(points('loss')).toEqual([[0, 0]])
    arriving[0]?.([1])
    await metrics.preparing
    expect(points('loss')).toEqual([
      [0, 0],
      [1, 1],
      [2, 2],
      [3, 3],
    ])
    log({ loss: 4, acc: 4 })
    expect(points('loss')).toHaveLength(5)
    expect(metrics.preparing).toBeNull()
  })

  it('are waited for where they are promised, and refused where the promise breaks', async () => {
    const { log, metrics, points, refused } = start()
    log({ loss: Promise.resolve(new Float32Array([0.5])), acc: Promise.reject(new Error('gone')) })
    await metrics.preparing
    expect(points('loss')).toEqual([[0, 0.5]])
    expect(refused()).toEqual([{ key: 'acc', reason: 'value-unreadable', count: 1 }])
  })

  it('are named by their path in nested objects', () => {
    const { log, points } = start()
    log({ train: { loss: 1, acc: [0.5] }, val: new Map([['loss', 2]]) })
    expect(points('train/loss')).toEqual([[0, 1]])
    expect(points('train/acc')).toEqual([[0, 0.5]])
    expect(points('val/loss')).toEqual([[0, 2]])
  })

  it('are bounded in depth and number, also where an object holds itself', () => {
    const { log, metrics, refused } = start()
    const own: Record<string, unknown> = { x: 1 }
    own['own'] = own
    log({ own, many: Object.fromEntries(Array.from({ length: 2_000 }, (_, index) => [`m${index}`, 1])) })
    expect(metrics.series.length).toBeLessThan(1_100)
    expect(refused().map(({ reason }) => reason)).toEqual(['nested-too-much', 'nested-too-much'])
  })

  it('do not come from a prototype', () => {
    const { log, metrics } = start()
    log({ train: Object.create({ inherited: 1 }, { loss: { value: 2, enumerable: true } }) })
    log(JSON.parse('{"__proto__":{"polluted":1}}'))
    expect(metrics.series.map(({ key }) => key)).toEqual(['train/loss', '__proto__/polluted'])
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false)
  })

  it('refuse an array where there is a curve, and leave an array what it was', () => {
    const { log, metrics, refused } = start()
    log({ loss: 1, grad: new Float32Array(3) })
    log({ loss: new Float32Array(3), grad: new Float32Array(1) })
    expect(refused()).toEqual([{ key: 'loss', reason: 'array-of-a-curve', count: 1 }])
    expect(metrics.series.map(({ key }) => key)).toEqual(['loss'])
    expect(metrics.arrays.take('run', 1e6).map(({ key, shape }) => [key, shape])).toEqual([
      ['grad', [3]],
      ['grad', [1]],
    ])
  })

  it.each([
    ['its history', (history: unknown) => history],
    [
      'the whole of it',
      (history: unknown) => ({ epoch: [0, 1, 2], params: { epochs: 3 }, validationData: null, history }),
    ],
  ])('become the epochs of a fit: %s', (_, of) => {
    const { log, metrics, points, refused } = start()
    log(of({ loss: [3, 2, '1'], acc: [0.1, 0.2, 0.3] }))
    expect(points('loss')).toEqual([
      [0, 3],
      [1, 2],
      [2, 1],
    ])
    expect(points('acc')).toHaveLength(3)
    expect(metrics.lastStep).toBe(2)
    expect(refused()).toEqual([])
  })

  it('are no epochs where that is in doubt', () => {
    const { log, metrics, refused } = start()
    log({ loss: [1, 2], acc: [1, 2, 3] })
    log({ loss: [1, 2] }, { step: 7 })
    log({ lr: 0.1, loss: [1, 2] })
    expect(metrics.series.map(({ key }) => key)).toEqual(['lr'])
    expect(refused()).toEqual([
      { key: 'loss', reason: 'list-of-numbers', count: 3 },
      { key: 'acc', reason: 'list-of-numbers', count: 1 },
    ])
  })

  it('are refused once for the call that gives them no names', () => {
    const { log, metrics, refused } = start()
    for (const odd of [0.5, 'loss', [0.1], new Float32Array(1), tensor(async () => [1]), new Date(0)])
      log(odd)
    log({})
    expect(metrics.series).toEqual([])
    expect(refused()).toEqual([{ key: '(metrics)', reason: 'call-without-names', count: expect.any(Number) }])
    log(new Map([['loss', 1]]))
    expect(metrics.series.map(({ key }) => key)).toEqual(['loss'])
  })

  it('are refused by name where reading them throws, and the rest is kept', () => {
    const { log, points, refused } = start()
    const hostile = new Proxy(
      {},
      {
        get() {
          throw new Error('hostile')
        },
      },
    )
    log({ bad: hostile, loss: 1, worse: { deep: hostile }, acc: 2 })
    expect([points('loss').length, points('acc').length]).toEqual([1, 1])
    expect(refused().map(({ key }) => key)).toEqual(['bad', 'worse'])
  })
})

describe('a value that never comes', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('is refused after a while, so that nothing waits for ever', async () => {
    const { log, metrics, refused, points } = start()
    log({ loss: new Promise(() => undefined) })
    log({ loss: 1 })
    const waiting = metrics.preparing
    await vi.advanceTimersByTimeAsync(LATE_MS)
    await waiting
    expect(refused()).toEqual([{ key: 'loss', reason: 'value-late', count: 1 }])
    expect(points('loss')).toEqual([[1, 1]])
  })
})
