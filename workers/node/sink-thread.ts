import { parentPort, workerData } from 'node:worker_threads'
import { openProject } from '../native/project.ts'
import { makeMlflowClient, type MlflowClient } from '../push/mlflow-client.ts'
import { makePusher } from '../push/push-runs.ts'

/** What a thread that serves a sink is started with. */
export interface SinkStart {
  readonly folder: string
  readonly url: string
  readonly models: boolean
}

/** A run to follow; `isLast`: one that has ended, of which the rest is brought. */
export interface SinkAsked {
  readonly runId: string
  readonly isLast: boolean
}

/** `why` the server lacks something of it, as a sentence; null where it lacks nothing. */
export interface SinkSaid {
  readonly runId: string
  readonly why: string | null
  readonly isLast: boolean
}

/** How often a training is looked at. */
const LOOK_MS = 1_000
/** The next look tries again what one gave up. Unit: milliseconds. */
const PATIENCE_MS = 5_000

const { folder, url, models } = workerData as SinkStart
const project = openProject(folder, { onUnreadable: () => undefined })
const pusher = makePusher(makeClient(), models)
const following = new Set<string>()
const ended = new Set<string>()
let isAwake = false
let wake = (): void => undefined

parentPort?.on('message', ({ runId, isLast }: SinkAsked) => {
  following.add(runId)
  if (isLast) ended.add(runId)
  wake()
  void look()
})

function makeClient(): MlflowClient {
  try {
    return makeMlflowClient({ url, giveUpMs: PATIENCE_MS })
  } catch {
    throw new Error('what was passed to mlflow() is no address of a server, as http://127.0.0.1:5000 is one.')
  }
}

/** Runs that have ended are brought at once, the others once in a while. */
async function look(): Promise<void> {
  if (isAwake) return
  isAwake = true
  while (following.size > 0) {
    for (const runId of [...ended, ...following]) {
      const isLast = ended.delete(runId)
      if (isLast) following.delete(runId)
      const why = await bring(runId)
      if (isLast || why !== null) parentPort?.postMessage({ runId, why, isLast } satisfies SinkSaid)
      if (ended.size > 0) break
    }
    if (ended.size > 0 || following.size === 0) continue
    await new Promise<void>((settle) => {
      wake = settle
      setTimeout(settle, LOOK_MS)
    })
  }
  isAwake = false
}

async function bring(runId: string): Promise<string | null> {
  try {
    const store = project.storeOfRun(runId)
    // Nothing of it is stored so far.
    if (store === undefined) return null
    const { ended: end, failed, leftOut } = await pusher.push([{ database: store.database, runId }])
    const [lacks] = leftOut
    return end ?? failed[0]?.why ?? (lacks === undefined ? null : `${lacks.what}: ${lacks.why}`)
  } catch (cause) {
    return `${cause instanceof Error ? cause.message : String(cause)}.`
  }
}
