import { init } from '../../src/client/index.ts'

/** Where a controlled training logs, and how long it goes on before it ends by itself. */
export interface ControlledOrder {
  readonly experiment: string
  readonly name: string
  /** The step at which the loss breaks; never when left out. */
  readonly nanAt?: number
  readonly everyMs: number
}

/** A loop of one's own with a barrier: trains until it is stopped, then finishes its run. */
export async function trainControlled({
  experiment,
  name,
  nanAt,
  everyMs,
}: ControlledOrder): Promise<number> {
  let lr = 0.01
  const run = init({ experiment, name, params: { lr } })
  let step = 0
  for (;;) {
    const { stop, params } = await run.checkpointBarrier({
      params: { lr },
      checkpoint: () => run.logArtifact('checkpoint', new Uint8Array([step & 0xff]), { step }),
    })
    if (stop) break
    lr = params.lr
    run.log({ loss: step === nanAt ? Number.NaN : 1 / (step + 1), lr }, { step })
    step += 1
    await new Promise((resolve) => setTimeout(resolve, everyMs))
  }
  await run.finish()
  return step
}
