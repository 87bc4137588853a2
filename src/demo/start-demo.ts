import { err, ok, type Result } from '../model/result.ts'
import type { Demo, Training, TrainingTalk } from './demos.ts'
import { startIrisSweep } from './iris-sweep.ts'
import { isTrainingReport, type TrainingOrder } from './training-messages.ts'

/** A training that does not end this long after it was asked to is cut off. */
const STOP_DEADLINE_MS = 30_000

/** Starts a demo; its runs appear by themselves. */
export function startDemo(demo: Demo, talk: TrainingTalk): Training {
  const base = new URL(import.meta.env.BASE_URL, document.baseURI).href
  const open = (): Worker => openWorker(demo)
  return demo.id === 'iris'
    ? startIrisSweep(demo, () => asLane(open(), demo, base), talk.progress)
    : startInWorker(demo, open, base, talk)
}

/** Bundlers find the worker by this exact expression: one entry, so that all trainings share one copy of TensorFlow.js. */
function openWorker(demo: Demo): Worker {
  return new Worker(new URL('./training.worker.ts', import.meta.url), {
    type: 'module',
    name: `kymo ${demo.id}`,
  })
}

function asLane(worker: Worker, { id }: Demo, base: string): Worker {
  send(worker, { type: 'lane', id, base })
  return worker
}

function startInWorker(demo: Demo, open: () => Worker, base: string, talk: TrainingTalk): Training {
  let worker: Worker
  try {
    worker = open()
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown)
    const words = `${demo.title} could not start, because this page may not start workers: ${reason}`
    return { stop: () => {}, done: Promise.resolve(err(words)) }
  }

  let stopTimer: ReturnType<typeof setTimeout> | undefined
  const cutOff = new AbortController()
  const done = outcomeOf(demo, worker, talk, cutOff.signal).finally(() => {
    clearTimeout(stopTimer)
    worker.terminate()
  })
  send(worker, { type: 'start', id: demo.id, base })
  return {
    done,
    stop() {
      send(worker, { type: 'stop' })
      stopTimer ??= setTimeout(() => cutOff.abort(), STOP_DEADLINE_MS)
    },
  }
}

function outcomeOf(
  demo: Demo,
  worker: Worker,
  talk: TrainingTalk,
  cutOff: AbortSignal,
): Promise<Result<null, string>> {
  return new Promise((resolve) => {
    worker.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      if (!isTrainingReport(data)) return
      if (data.type === 'began') return talk.began(data.runId)
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
  worker.postMessage(order)
}
