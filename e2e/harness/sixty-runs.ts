import { init, type Run } from '../../src/client/index.ts'
import { createRandom } from '../../src/model/seeded-random.ts'

/** What a study of a weekend looks like: 5 × 2 × 2 × 3 trainings, of which some went wrong. */
export const SIXTY_RUNS = 'sixty runs'
const LR = [0.001, 0.003, 0.01, 0.03, 0.1] as const
const UNITS = [32, 64] as const
const OPTIMIZERS = ['sgd', 'adam'] as const
const SEEDS = [1, 2, 3] as const
const STEPS = 200
const STEPS_AN_EPOCH = 20

/** The runs that went wrong, by name; all others are well. */
export const ODD_RUNS = {
  /** One point of its loss lies at `SPIKE_LOSS`. */
  spike: 'lr0.01-u32-adam-s2',
  /** Its losses are NaN from step 60 to 79. */
  nan: 'lr0.003-u64-sgd-s1',
  /** Its loss grows tenfold every 20 steps from step 100 on, past 1e4. */
  diverging: 'lr0.1-u64-sgd-s3',
  /** Fails at step 90. */
  failed: 'lr0.03-u32-sgd-s2',
  /** Is neither ended nor failed after step 130: killed once its page is closed. */
  cut: 'lr0.001-u64-adam-s3',
} as const
export const SPIKE_LOSS = 40
const SPIKE_STEP = 120

interface Setting {
  readonly lr: number
  readonly units: number
  readonly opt: (typeof OPTIMIZERS)[number]
  readonly seed: number
}

/**
 * Logs the study, the same at every call. What `val/loss` comes to depends on lr (best at 0.01) and on units, on
 * the optimizer a little, and on nothing of the seed but noise.
 *
 * Answers the id of the run that is cut off; close the page to have it killed.
 */
export async function logSixtyRuns(experiment = SIXTY_RUNS): Promise<string> {
  let cut = ''
  for (const [index, setting] of settings().entries()) {
    const run = startRun(experiment, setting)
    const ended = logRun(run, setting, index)
    if (ended === 'cut') cut = run.id
    await (ended === 'failed'
      ? run.fail(new Error('Out of memory: 3.2 GB asked for, 1.1 GB free'))
      : ended === 'cut'
        ? run.flush()
        : run.finish())
  }
  return cut
}

function settings(): readonly Setting[] {
  return LR.flatMap((lr) =>
    UNITS.flatMap((units) =>
      OPTIMIZERS.flatMap((opt) => SEEDS.map((seed): Setting => ({ lr, units, opt, seed }))),
    ),
  )
}

function startRun(experiment: string, { lr, units, opt, seed }: Setting): Run {
  return init({
    experiment,
    name: nameOf({ lr, units, opt, seed }),
    params: {
      lr,
      units,
      opt,
      seed,
      batch: 64,
      config: {
        model: { layers: [units, units], activation: 'relu', dropout: units === 64 ? 0.2 : 0 },
        schedule: { kind: 'cosine', warmup: { steps: 10, from: lr / 10 } },
      },
    },
    tags: { study: 'weekend', phase: lr < 0.01 ? 'coarse' : 'fine' },
  })
}

function nameOf({ lr, units, opt, seed }: Setting): string {
  return `lr${lr}-u${units}-${opt}-s${seed}`
}

function logRun(run: Run, setting: Setting, index: number): 'finished' | 'failed' | 'cut' {
  const name = nameOf(setting)
  const random = createRandom(index + 1)
  const floor = floorOf(setting) + (random() - 0.5) * 0.04
  for (let step = 0; step < STEPS; step += 1) {
    if (name === ODD_RUNS.failed && step === 90) return 'failed'
    if (name === ODD_RUNS.cut && step > 130) return 'cut'
    const base = floor + 2 * Math.exp((-8 * step) / STEPS)
    const loss = oddLoss(name, step) ?? base + (random() - 0.5) * 0.08
    const epoch = Math.floor(step / STEPS_AN_EPOCH)
    run.log({ 'train/loss': loss, 'train/acc': accuracyOf(loss), epoch }, { step })
    if (step % STEPS_AN_EPOCH !== STEPS_AN_EPOCH - 1) continue
    const held = (oddLoss(name, step) ?? base) * 1.05 + (random() - 0.5) * 0.03
    run.log({ 'val/loss': held, 'val/acc': accuracyOf(held) }, { step })
  }
  return 'finished'
}

function floorOf({ lr, units, opt }: Setting): number {
  return 0.15 + 0.18 * Math.abs(Math.log10(lr) + 2) + (units === 32 ? 0.12 : 0) + (opt === 'sgd' ? 0.05 : 0)
}

function oddLoss(name: string, step: number): number | null {
  if (name === ODD_RUNS.spike && step === SPIKE_STEP) return SPIKE_LOSS
  if (name === ODD_RUNS.nan && step >= 60 && step < 80) return Number.NaN
  if (name === ODD_RUNS.diverging && step >= 100) return 0.5 * 10 ** ((step - 100) / 20)
  return null
}

function accuracyOf(loss: number): number {
  return Math.max(0.1, Math.exp(-loss))
}
