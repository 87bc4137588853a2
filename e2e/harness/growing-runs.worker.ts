import { createRandom } from '../../src/model/seeded-random.ts'
import { startSynthetic, type SyntheticOrder } from './synthetic.ts'

/** Runs that have some points and then get one of every metric at a time. Unit: milliseconds, steps. */
export interface GrowingOrder extends SyntheticOrder {
  readonly everyMs: number
  readonly ticks: number
}

/** Logs from a worker, whose timers are not throttled. Says `started` when the first points are durable, then `done`. */
addEventListener('message', async ({ data: order }: MessageEvent<GrowingOrder>) => {
  const runs = Array.from({ length: order.runs }, (_, index) => startSynthetic(order, index))
  const random = createRandom(7)
  let step = 0
  const logAll = (): void => {
    for (const run of runs)
      run.log(Object.fromEntries(order.metrics.map((key) => [key, random() + 100 / (step + 50)])), { step })
    step += 1
  }
  while (step < order.points) logAll()
  await Promise.all(runs.map((run) => run.flush()))
  postMessage('started')
  let ticks = 0
  const timer = setInterval(() => {
    logAll()
    ticks += 1
    if (ticks < order.ticks) return
    clearInterval(timer)
    void Promise.all(runs.map((run) => run.finish())).then(() => postMessage('done'))
  }, order.everyMs)
})
