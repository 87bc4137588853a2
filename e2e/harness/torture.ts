import { connectTracker } from '../../src/client/connect.ts'
import { init, type EndStatus, type Run, type RunStatus } from '../../src/client/index.ts'
import { nextTask } from '../../src/model/event-loop.ts'
import { createId } from '../../src/model/units.ts'
import { OWN_DATABASE } from '../../src/protocol/database-id.ts'
import type { Listing, TabPlan, Told } from '../torture/messages.ts'
import { makeRandom, type Random } from '../torture/random.ts'
import {
  ARRAY_KEY,
  arrayAt,
  bulkTimeAt,
  GROUPS,
  LIFE_STEPS,
  makeValueAt,
  type Group,
} from '../torture/truth.ts'

/** More flushes of a run than this are not waited for at a time: a tab without a worker would fill the memory. */
const MAX_WAITING = 6
/** Longer than the client takes to notice a dead worker, twice. */
const QUIET_DEADLINE_MS = 75_000
const RETRY_MS = 100
const POLL_MS = 5

const KEYS = Object.values(GROUPS).flat()
const GROUP_NAMES = Object.keys(GROUPS) as Group[]

/** A tab that logs at random until it is killed. */
export interface TortureTab {
  start(plan: TabPlan): void
  /** Stops logging; resolves when all that was logged is acknowledged. Errors: throws when it is not in time. */
  quiet(): Promise<void>
  /** Terminates the tracker worker behind the client's back, as soon as there is one that lives. */
  terminateWorker(): Promise<void>
  list(): Promise<Listing>
}

interface Life {
  readonly run: Run
  readonly life: number
  readonly valuesAt: ReadonlyMap<string, (step: number) => number>
  /** Points logged so far, by key. */
  readonly counts: Record<string, number>
  readonly waiting: Set<Promise<void>>
  /** When the oldest point was logged that no flush was called for, or only one that failed. */
  since: number | null
  endsAs: EndStatus | null
}

let worker: Worker | null = null
let terminatedAt: number | null = null
let terminations = 0
const quieting = new AbortController()
const lives: Life[] = []
const lanes: Promise<void>[] = []

const NativeWorker = globalThis.Worker
globalThis.Worker = class extends NativeWorker {
  constructor(url: string | URL, options?: WorkerOptions) {
    super(url, options)
    follow(this)
  }
}

function follow(started: Worker): void {
  worker = started
  if (terminatedAt === null) return
  void tell({ type: 'workerReplaced', afterMs: performance.now() - terminatedAt })
  terminatedAt = null
}

function livingWorker(): Worker | null {
  return terminatedAt === null ? worker : null
}

function tell(told: Told): Promise<void> {
  return (window as unknown as { tellTorture(told: Told): Promise<void> }).tellTorture(told)
}

function pause(ms: number): Promise<void> {
  return ms === 0 ? nextTask() : new Promise((resolve) => setTimeout(resolve, ms))
}

async function begin({ experiment, tab }: TabPlan, resume: TabPlan['resume']): Promise<Life> {
  const { runId, life } = resume ?? { runId: createId(), life: 0 }
  await tell({ type: 'starts', tab, runId, life })
  const run = init({ experiment, id: runId, name: `${tab} ${runId}`, resume: resume !== null })
  const started: Life = {
    run,
    life,
    valuesAt: new Map(KEYS.map((key) => [key, makeValueAt(runId, key)])),
    counts: {},
    waiting: new Set(),
    since: null,
    endsAs: null,
  }
  lives.push(started)
  return started
}

function logBurst(life: Life, group: Group, calls: number): void {
  const keys = GROUPS[group]
  const from = life.life * LIFE_STEPS + (life.counts[keys[0]] ?? 0)
  life.since ??= performance.now()
  for (let step = from; step < from + calls; step += 1) {
    const metrics: Record<string, number> = {}
    for (const key of keys) metrics[key] = life.valuesAt.get(key)?.(step) ?? 0
    life.run.log(metrics, group === 'bulk' ? { step, time: bulkTimeAt(step) } : { step })
  }
  for (const key of keys) life.counts[key] = (life.counts[key] ?? 0) + calls
}

function logArrays(life: Life, calls: number): void {
  const from = life.counts[ARRAY_KEY] ?? 0
  life.since ??= performance.now()
  for (let index = from; index < from + calls; index += 1) {
    const step = life.life * LIFE_STEPS + index
    life.run.log({ [ARRAY_KEY]: arrayAt(life.run.id, step) }, { step, transfer: index % 2 === 0 })
  }
  life.counts[ARRAY_KEY] = from + calls
}

/** Flushes, or finishes, and tells what is durable then. Answers whether it is. */
async function settle(life: Life, end: EndStatus | null = null): Promise<boolean> {
  const { run, since } = life
  const counts = { ...life.counts }
  const terminationsBefore = terminations - (terminatedAt === null ? 0 : 1)
  life.since = null
  const outcome = await (end === null ? run.flush() : run.finish(end))
  if (!outcome.ok) {
    life.since = Math.min(since ?? Infinity, life.since ?? performance.now())
    return false
  }
  const waitedMs = since === null ? 0 : performance.now() - since
  const workerDied = terminations > terminationsBefore
  await tell({ type: 'acknowledged', runId: run.id, life: life.life, counts, waitedMs, workerDied })
  return true
}

function settleLater(life: Life): Promise<void> {
  const waiting: Promise<void> = settle(life).then(() => void life.waiting.delete(waiting))
  life.waiting.add(waiting)
  return waiting
}

/** One run after another, each ended or left as it is. */
async function logRuns(plan: TabPlan, random: Random, resume: TabPlan['resume']): Promise<void> {
  let next = resume
  while (!quieting.signal.aborted) {
    const life = await begin(plan, next)
    next = null
    for (let left = random.between(5, 60); left > 0 && !quieting.signal.aborted; left -= 1)
      await burst(life, random)
    if (!quieting.signal.aborted) await endAtRandom(life, random)
  }
}

async function burst(life: Life, random: Random): Promise<void> {
  const size = random.next()
  if (size < 0.35) logBurst(life, 'single', 1)
  else if (size < 0.7) logBurst(life, random.pick(GROUP_NAMES), random.between(2, 60))
  else if (size < 0.92) logBurst(life, random.pick(GROUP_NAMES), random.between(100, 1_500))
  else if (size < 0.97) logBurst(life, 'bulk', random.between(4_000, 40_000))
  else logArrays(life, random.between(1, 4))
  // At times the next burst follows without a flush, as in most trainings.
  if (random.next() < 0.15) return
  const settled = settleLater(life)
  if (random.next() < 0.4 || life.waiting.size >= MAX_WAITING) await settled
  const rest = random.next()
  await pause(rest < 0.3 ? 0 : rest < 0.8 ? random.between(1, 40) : random.between(40, 250))
}

async function endAtRandom(life: Life, random: Random): Promise<void> {
  const choice = random.next()
  if (choice > 0.6) {
    // Left as it is. Whether its last points are durable is asked all the same, to know how long that takes.
    if (life.since !== null) void settleLater(life)
    return
  }
  life.endsAs = choice < 0.4 ? 'finished' : 'failed'
  await tell({ type: 'ends', runId: life.run.id, status: life.endsAs })
  if (await settle(life, life.endsAs)) await tell({ type: 'ended', runId: life.run.id })
}

/** Flushes until the store has everything; an end is on its way by then, so a flush that is ok covers it too. */
async function settleForGood(life: Life, deadline: number): Promise<void> {
  await Promise.all(life.waiting)
  while (!(await settle(life))) {
    if (performance.now() > deadline) throw new Error(`run ${life.run.id} was not stored in time`)
    await pause(RETRY_MS)
  }
  if (life.endsAs !== null) await tell({ type: 'ended', runId: life.run.id })
}

async function list(): Promise<Listing> {
  const { api } = connectTracker()
  const storage = await api.readStorage()
  if (!storage.ok) throw new Error(storage.error.message)
  const experiments = await api.readExperiments(OWN_DATABASE)
  if (!experiments.ok) throw new Error(experiments.error.message)
  const runs: { id: string; status: RunStatus }[] = []
  for (const { id: experimentId } of experiments.value) {
    const columns = await api.readRuns({ database: OWN_DATABASE, experimentId })
    if (!columns.ok) throw new Error(columns.error.message)
    for (const [index, id] of columns.value.id.entries()) {
      runs.push({ id, status: columns.value.status[index] ?? 'killed' })
    }
  }
  return { storage: storage.value.kind, runs }
}

export const tortureTab: TortureTab = {
  start(plan) {
    const random = makeRandom(plan.seed)
    lanes.push(
      logRuns(plan, random, plan.resume),
      logRuns(plan, makeRandom(random.between(0, 2 ** 31)), null),
    )
  },
  async quiet() {
    quieting.abort()
    const deadline = performance.now() + QUIET_DEADLINE_MS
    await Promise.all(lanes)
    await Promise.all(lives.map((life) => settleForGood(life, deadline)))
  },
  async terminateWorker() {
    let living = livingWorker()
    while (living === null) {
      await pause(POLL_MS)
      living = livingWorker()
    }
    terminatedAt = performance.now()
    terminations += 1
    living.terminate()
  },
  list,
}
