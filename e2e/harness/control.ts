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
