import { init } from '../../src/client/index.ts'
import type { ControlledOrder } from './controlled-loop.ts'

/** Steps of a training by its name, once it has ended. */
const ended = new Map<string, Promise<number>>()

/** Trains in a worker of its own, whose timers are not throttled in a tab behind another. */
export function startControlled(order: ControlledOrder): void {
  const worker = new Worker(new URL('./controlled.worker.ts', import.meta.url), { type: 'module' })
  const steps = new Promise<number>((resolve) => {
    worker.addEventListener('message', ({ data }: MessageEvent<number>) => resolve(data), { once: true })
  })
  ended.set(order.name, steps)
  worker.postMessage(order)
}

/** Resolves when the training of that name has ended, with the number of its steps. */
export async function endOf(name: string): Promise<number> {
  const steps = ended.get(name)
  if (steps === undefined) throw new Error(`no training ${name} was started`)
  return steps
}

/** Says anything at all where trainings are asked. */
export function shout(message: unknown): void {
  const channel = new BroadcastChannel('kymo:control')
  channel.postMessage(message)
  channel.close()
}

/** A param that is set by hand after step 40 and by the training itself after step 105. */
export async function trainScheduled(experiment: string, name: string): Promise<void> {
  const run = init({ experiment, name, params: { lr: 0.01 } })
  const pass = async (lr: number): Promise<number> =>
    (await run.checkpointBarrier({ params: { lr } })).params.lr
  const command = { type: 'setParam', name: 'lr', value: 0.001 } as const
  let lr = 0.01
  for (let step = 0; step < 110; step += 1) {
    run.log({ loss: 1 / (step + 1) }, { step })
    lr = await pass(step === 105 ? 0.003 : lr)
    if (step !== 40) continue
    shout({ type: 'command', runId: run.id, id: 'by hand', command })
    while (lr !== command.value) lr = await pass(lr)
  }
  await run.finish()
}
