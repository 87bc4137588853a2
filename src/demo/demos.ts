import { err, ok, type Result } from '../model/result.ts'
import { isTrainingReport, type TrainingOrder } from './training-messages.ts'

export const DEMO_IDS = ['digits', 'iris', 'cartpole'] as const
export type DemoId = (typeof DEMO_IDS)[number]

/** A real training that a newcomer can start. */
export interface Demo {
  readonly id: DemoId
  readonly title: string
  readonly description: string
  /** The name of the experiment its runs appear in. */
  readonly experiment: string
}

export const DEMOS: readonly Demo[] = [
  {
    id: 'digits',
    title: 'Digits',
    description: 'A small convolutional network learns to read 1,797 handwritten digits.',
    experiment: 'digits',
  },
  {
    id: 'iris',
    title: 'Iris sweep',
    description:
      'Sixteen networks of different size and learning rate learn to tell three kinds of iris apart.',
    experiment: 'iris sweep',
  },
  {
    id: 'cartpole',
    title: 'CartPole',
    description: 'A policy learns by trial and error to balance a pole on a cart.',
    experiment: 'cartpole',
  },
]

/** A demo under way in a worker of its own. */
export interface Training {
  readonly demo: Demo
  /** Ends it gracefully: what was logged is stored and the run is finished. */
  stop(): void
  /** Resolves when it has ended, with a sentence for the user when it failed. Never rejects. */
  readonly done: Promise<Result<null, string>>
}

/** A training that does not end this long after it was asked to is cut off. */
const STOP_DEADLINE_MS = 30_000

/** Starts a demo; its runs appear by themselves. */
export function startDemo(id: DemoId): Training {
  const demo = DEMOS.find((each) => each.id === id)
  if (demo === undefined) throw new Error(`There is no demo ${id}.`)
  const worker = openWorker(demo)
  if (!worker.ok) return { demo, stop: () => {}, done: Promise.resolve(worker) }

  let stopTimer: ReturnType<typeof setTimeout> | undefined
  const cutOff = new AbortController()
  const done = outcomeOf(demo, worker.value, cutOff.signal).finally(() => {
    clearTimeout(stopTimer)
    worker.value.terminate()
  })
  send(worker.value, { type: 'start', id, base: new URL(import.meta.env.BASE_URL, document.baseURI).href })
  return {
    demo,
    done,
    stop() {
      send(worker.value, { type: 'stop' })
      stopTimer ??= setTimeout(() => cutOff.abort(), STOP_DEADLINE_MS)
    },
  }
}

function openWorker(demo: Demo): Result<Worker, string> {
  try {
    return ok(
      new Worker(new URL('./training.worker.ts', import.meta.url), {
        type: 'module',
        name: `kymo ${demo.id}`,
      }),
    )
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown)
    return err(`${demo.title} could not start, because this page may not start workers: ${reason}`)
  }
}

function outcomeOf(demo: Demo, worker: Worker, cutOff: AbortSignal): Promise<Result<null, string>> {
  return new Promise((resolve) => {
    worker.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      if (!isTrainingReport(data)) return
      resolve(data.type === 'ended' ? ok(null) : err(`${demo.title} stopped: ${data.message}`))
    })
    worker.addEventListener('error', ({ message }) => {
      resolve(err(`${demo.title} stopped: ${message || 'its script did not load. Load the page again.'}`))
    })
    cutOff.addEventListener('abort', () => {
      resolve(err(`${demo.title} did not stop when asked and was cut off; its run shows as killed.`))
    })
  })
}

function send(worker: Worker, order: TrainingOrder): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker takes no target origin
  worker.postMessage(order)
}
