import { init, type Run } from '../../src/client/index.ts'
import { createRandom } from '../../src/model/seeded-random.ts'

/** A made-up experiment, the same at every call. */
export interface SyntheticOrder {
  readonly experiment: string
  readonly runs: number
  readonly metrics: readonly string[]
  /** Of each metric of each run. */
  readonly points: number
  /** What a run is given besides `lr` and `depth`; none when left out. */
  readonly params?: number
  /** Whether runs are given a `width` too, of four that are crossed with `depth`. */
  readonly isGrid?: true
}

/** How many points are logged before they are waited for, so that a page never holds more than a few batches. */
const POINTS_AT_ONCE = 2_000_000
/** Where every series has one point far above all others. */
export const SPIKE_AT = 0.371
export const SPIKE_VALUE = 40

/** Logs an experiment through the library: noisy curves that fall to a floor, with one spike each. */
export async function logSynthetic(order: SyntheticOrder): Promise<void> {
  const { runs, metrics, points } = order
  let held = 0
  for (let index = 0; index < runs; index += 1) {
    const run = startSynthetic(order, index)
    const random = createRandom(index + 1)
    const spike = Math.floor(points * SPIKE_AT)
    const floor = 0.1 + random() * 0.4
    const values: Record<string, number> = {}
    for (let step = 0; step < points; step += 1) {
      const base = floor + 2 * Math.exp((-6 * step) / points)
      for (const metric of metrics)
        values[metric] = base + (random() - 0.5) * 0.2 + (step === spike ? SPIKE_VALUE : 0)
      run.log(values, { step, time: STARTED_AT + step * 100 })
    }
    held += points * metrics.length
    if (held >= POINTS_AT_ONCE || index === runs - 1) {
      await run.finish()
      held = 0
    } else void run.finish()
  }
}

/** 2026-01-01, so that times do not depend on when it is logged. */
const STARTED_AT = Date.UTC(2026, 0, 1)

export function startSynthetic({ experiment, params = 0, isGrid }: SyntheticOrder, index: number): Run {
  const random = createRandom(index + 1001)
  const more = Array.from({ length: params }, (_, key) => [`param_${key}`, Math.round(random() * 1e4) / 1e4])
  const width = isGrid === true ? { width: 16 << (Math.floor(index / 6) % 4) } : {}
  return init({
    experiment,
    name: `run ${index}`,
    params: { lr: 10 ** (-1 - 3 * random()), depth: 1 + (index % 6), ...width, ...Object.fromEntries(more) },
    tags: { model: ['cnn', 'mlp', 'vit'][index % 3] ?? 'cnn' },
  })
}
