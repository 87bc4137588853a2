import { init } from '../client/index.ts'
import type { RunOptions } from '../client/run-options.ts'
import type { Run } from '../client/run.ts'
import { runLane } from '../sweep/sweep.ts'
import { trainCartPole } from './train-cartpole.ts'
import { trainDigits } from './train-digits.ts'
import { irisTrial } from './train-iris.ts'
import { isTrainingOrder, type TrainingReport } from './training-messages.ts'
import type { TrainingContext } from './training.ts'

/** The one chunk that holds TensorFlow.js; loaded when the first demo starts. Iris is a sweep, and this a lane of it. */
const TRAININGS = new Map<string, (context: TrainingContext) => Promise<void>>([
  ['digits', trainDigits],
  ['cartpole', trainCartPole],
])

const stopper = new AbortController()

self.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  if (!isTrainingOrder(data)) return
  if (data.type === 'stop') stopper.abort()
  else if (data.type === 'start') void train(data.id, data.base)
  else runLane(irisTrial((path) => readFile(new URL(path, data.base))))
})

async function train(id: string, base: string): Promise<void> {
  const training = TRAININGS.get(id)
  try {
    if (training === undefined) throw new Error(`There is no demo ${id}.`)
    await training({
      init: begin,
      signal: stopper.signal,
      readFile: (path) => readFile(new URL(path, base)),
    })
    report({ type: 'ended' })
  } catch (thrown) {
    report({ type: 'failed', message: thrown instanceof Error ? thrown.message : String(thrown) })
  }
}

function begin(options: RunOptions): Run {
  const run = init(options)
  report({ type: 'began', runId: run.id })
  return run
}

async function readFile(url: URL): Promise<Uint8Array<ArrayBuffer>> {
  const response = await fetch(url)
  if (!response.ok)
    throw new Error(`${url.pathname} could not be loaded (${response.status}). Load the page again.`)
  return new Uint8Array(await response.arrayBuffer())
}

function report(message: TrainingReport): void {
  self.postMessage(message)
}
