import { expect, it, vi } from 'vitest'
import type { Metrics } from '../client/metric-log.ts'
import type { Run } from '../client/run.ts'
import { watchMetric } from './watch-metric.ts'

it('hears of a metric whatever way its number is written', async () => {
  const heard: (readonly [number, number | undefined])[] = []
  const quiet = { log: () => undefined } as unknown as Run
  const watched = watchMetric(quiet, 'loss', 'min', (value, step) => void heard.push([value, step]))
  const tensor = { shape: [], data: async () => Float32Array.of(0.25) }
  const calls: readonly Metrics[] = [
    { loss: 3 },
    { loss: [2] },
    { loss: '1' },
    { loss: new Float32Array(2) },
    { loss: tensor },
  ]
  for (const metrics of calls) watched.run.log(metrics)
  await vi.waitFor(() => expect(watched.count).toBe(4))
  expect(heard).toEqual([
    [3, 0],
    [2, 1],
    [1, 2],
    [0.25, 4],
  ])
  expect(watched.best).toBe(0.25)
})
