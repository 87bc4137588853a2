import { err, ok } from '../model/result.ts'
import { choice, createSweep, int, logUniform, type SweepProgress } from '../sweep/sweep.ts'
import type { Demo, Training } from './demos.ts'

/** Of the 120 flowers to learn from. */
const BATCH_SIZE = 16
const BATCHES_PER_EPOCH = 8

/** What is searched, and how. */
export const IRIS_SWEEP = {
  params: {
    learning_rate: logUniform(0.0005, 0.2),
    units: int(2, 32, { log: true }),
    activation: choice(['tanh', 'relu', 'sigmoid']),
    optimizer: 'adam',
    batch_size: BATCH_SIZE,
    epochs: 150,
    validation_share: 0.2,
    seed: 7,
  },
  method: 'tpe',
  metric: 'val_loss',
  direction: 'min',
  runs: 60,
  lanes: 2,
  earlyStop: { rule: 'median', warmup: 10 * BATCHES_PER_EPOCH },
  seed: 7,
} as const

/** The sweep in two workers; each is a lane that runs one network after the other. */
export function startIrisSweep(
  demo: Demo,
  lane: () => Worker,
  onProgress: (words: string) => void,
): Training {
  const sweep = createSweep({ ...IRIS_SWEEP, experiment: demo.experiment, lane })
  const tell = (progress: SweepProgress): void => onProgress(progressWords(progress))
  tell(sweep.progress)
  sweep.onProgress(tell)
  return {
    stop: () => sweep.cancel(),
    done: sweep.done.then((end) => (end.ok ? ok(null) : err(`${demo.title} stopped: ${end.error}`))),
  }
}

function progressWords({ done, runs, stopped, best }: SweepProgress): string {
  const parts = [`${done} of ${runs} trials`]
  if (stopped > 0) parts.push(`${stopped} stopped early`)
  if (best !== null) parts.push(`best val_loss ${best.value.toPrecision(3)}`)
  return parts.join(', ')
}
