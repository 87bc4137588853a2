import { TEXT } from '../../src/model/column.ts'
import type { ExperimentId, RunId } from '../../src/model/units.ts'
import type { DiskReport } from '../../src/protocol/disk-api.ts'
import type { TrackerEvent } from '../../src/protocol/tracker-event.ts'
import type { Database } from '../db/database.ts'
import { cursorOf, type Cursors } from './cursor.ts'
import type { DiskClient, DiskRefusal } from './disk-client.ts'
import { gather, type Dirt } from './gather.ts'
import { findLacking } from './lacking.ts'
import { MAX_ASKED_RUNS } from './messages.ts'
import { readExperimentArtifacts, sendArtifact, type ReadOwn } from './send-artifacts.ts'

/** Keeps the own database on the disk of a development server as well. */
export interface Mirror {
  /** To be told of everything that happens to the own database. */
  hear(event: TrackerEvent): void
  readonly report: DiskReport
  stop(): void
}

export interface MirrorOptions {
  readonly client: DiskClient
  readonly read: ReadOwn
  /** Called when the report is another. */
  readonly onReport: () => void
}

/** What grew leaves together: within a second of being durable it is on the disk, and every message costs the machine. */
const PAUSE_MS = 500

/** Runs that are logged show that they live, and what others wrote into the folder is seen, this often. */
const BEAT_MS = 5_000

const FIRST_RETRY_MS = 500
const LONGEST_RETRY_MS = 15_000
/** Of a server that never answered: the policy of the page may forbid it, and every try is a line on its console. */
const UNKNOWN_RETRY_MS = 60_000

export function makeMirror({ client, read, onReport }: MirrorOptions): Mirror {
  const cursors: Cursors = new Map()
  const dirty = new Map<RunId, Dirt>()
  const arranged = new Set<ExperimentId>()
  const tooLarge = new Map<string, number>()
  let report: DiskReport = { folder: '', state: 'away', problem: '', leftOut: 0, lacking: [] }
  let isGreeted = false
  let failures = 0
  let beatAt = 0
  let isStopped = false
  let timer: ReturnType<typeof setTimeout> | undefined
  let dueAt = 0

  function say(next: Partial<DiskReport>): void {
    const merged = { ...report, ...next }
    if (JSON.stringify(merged) === JSON.stringify(report)) return
    report = merged
    onReport()
  }

  function schedule(delayMs: number): void {
    clearTimeout(timer)
    dueAt = Date.now() + delayMs
    if (!isStopped) timer = setTimeout(() => void work(), delayMs)
  }

  function stop(): void {
    isStopped = true
    clearTimeout(timer)
  }

  /** One round at a time; the next one is scheduled when it is over. */
  async function work(): Promise<void> {
    timer = undefined
    const refusal = await round().catch((cause: unknown): DiskRefusal => ({
      why: 'refused',
      message: `What is tracked here cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`,
    }))
    if (isStopped) return
    if (refusal === null) {
      failures = 0
      say({ state: 'kept', problem: '' })
      schedule(dirty.size > 0 || arranged.size > 0 ? PAUSE_MS : Math.max(PAUSE_MS, beatAt - Date.now()))
      return
    }
    startOver()
    failures += 1
    // A server that began anew, or another browser that sent the same, is no trouble.
    if (failures > 1) say({ state: refusal.why === 'behind' ? 'behind' : 'away', problem: refusal.message })
    const longestMs = report.folder === '' ? UNKNOWN_RETRY_MS : LONGEST_RETRY_MS
    schedule(failures === 1 ? PAUSE_MS : Math.min(longestMs, FIRST_RETRY_MS * 2 ** failures))
  }

  /** Nobody knows what arrived: everything is asked for again. */
  function startOver(): void {
    isGreeted = false
    cursors.clear()
  }

  async function round(): Promise<DiskRefusal | null> {
    const refusal = await greet()
    if (refusal !== null || isStopped) return refusal
    return (await sendRuns()) ?? (await sendArranged()) ?? (await beat())
  }

  async function greet(): Promise<DiskRefusal | null> {
    if (isGreeted) return null
    const greeting = await client.greet()
    if (!greeting.ok) {
      if (greeting.error.why === 'none') stop()
      return greeting.error
    }
    const { folder, problem } = greeting.value
    if (problem !== '') {
      stop()
      say({ folder, state: 'away', problem })
      return null
    }
    isGreeted = true
    const all = await read(({ sql }) => ({
      runIds: sql.column('select id from runs order by started_at desc', [], TEXT),
      experimentIds: sql.column('select id from experiments', [], TEXT),
    }))
    for (const runId of all.runIds) dirty.set(runId, 'changed')
    for (const experimentId of all.experimentIds) arranged.add(experimentId)
    beatAt = 0
    say({ folder, state: all.runIds.length > 0 ? 'behind' : 'kept', problem: '' })
    return null
  }

  async function ask(runIds: readonly RunId[]): Promise<DiskRefusal | null> {
    const unknown = runIds.filter((runId) => !cursors.has(runId))
    if (unknown.length === 0) return null
    const answer = await client.call('ask', { runIds: unknown })
    if (!answer.ok) return answer.error
    const there = new Map(answer.value.map((run) => [run.runId, run]))
    for (const runId of unknown) cursors.set(runId, cursorOf(there.get(runId)))
    return null
  }

  /** All that is dirty now; what becomes so meanwhile is of the next round. */
  async function sendRuns(): Promise<DiskRefusal | null> {
    const left = new Map(dirty)
    dirty.clear()
    while (left.size > 0) {
      if (isStopped) return null
      const refusal = (await sendSome(left)) ?? (await beat())
      if (refusal !== null) return refusal
    }
    return null
  }

  /** One message; takes those away from `left` of which nothing is left to send. */
  async function sendSome(left: Map<RunId, Dirt>): Promise<DiskRefusal | null> {
    const runs = [...left].slice(0, MAX_ASKED_RUNS)
    const unasked = await ask(runs.map(([runId]) => runId))
    if (unasked !== null) return unasked
    const { message, advance, done } = await read((database) => gather(database, runs, cursors))
    if (message !== null) {
      const answer = await client.call('take', message)
      if (!answer.ok) return answer.error
      advance()
    }
    for (const runId of done) left.delete(runId)
    return null
  }

  async function sendArranged(): Promise<DiskRefusal | null> {
    const waiting = Array.from(arranged)
    for (const experimentId of waiting) {
      if (isStopped) return null
      arranged.delete(experimentId)
      const refusal = await sendExperiment(experimentId)
      if (refusal === null) continue
      arranged.add(experimentId)
      return refusal
    }
    return null
  }

  async function sendExperiment(experimentId: ExperimentId): Promise<DiskRefusal | null> {
    const found = await read((database) => readExperimentArtifacts(database, experimentId))
    if (found === undefined) return null
    const { artifacts, experiment, remarks } = found
    const unasked = await ask([...new Set(artifacts.map(({ runId }) => runId))])
    if (unasked !== null) return unasked
    for (const artifact of artifacts) {
      const there = cursors.get(artifact.runId)?.artifacts
      if (there?.has(artifact.id) === true) continue
      const answer = await sendArtifact(client, read, artifact)
      if (!answer.ok) return answer.error
      there?.add(artifact.id)
      if (answer.value > 0) tooLarge.set(artifact.id, answer.value)
      say({ leftOut: [...tooLarge.values()].reduce((sum, count) => sum + count, 0) })
    }
    const arrangedThere = await client.call('arrange', { experiment, remarks })
    return arrangedThere.ok ? null : arrangedThere.error
  }

  async function beat(): Promise<DiskRefusal | null> {
    if (Date.now() < beatAt) return null
    beatAt = Date.now() + BEAT_MS
    const running = await read(readRunning)
    if (running.length > 0) {
      const answer = await client.call('alive', { runIds: running })
      if (!answer.ok) return answer.error
      const there = new Set(answer.value)
      // Nobody heard of it for too long there, so it counts as killed; or its file is gone.
      for (const runId of running) if (!there.has(runId)) forget(runId)
    }
    const listed = await client.call('list', null)
    if (!listed.ok) return listed.error
    say({ lacking: await read(({ sql }) => findLacking(sql, listed.value)) })
    return null
  }

  function forget(runId: RunId): void {
    cursors.delete(runId)
    dirty.set(runId, 'changed')
  }

  schedule(0)

  return {
    hear(event) {
      if (event.type === 'runsChanged') for (const runId of event.runIds) dirty.set(runId, 'changed')
      else if (event.type === 'seriesGrew')
        for (const runId of event.runIds) dirty.set(runId, dirty.get(runId) ?? 'grown')
      else if (event.type === 'arrangementChanged') for (const id of event.experimentIds) arranged.add(id)
      else return
      // A round under way looks again when it is over.
      if (timer !== undefined && failures === 0 && dueAt > Date.now() + PAUSE_MS) schedule(PAUSE_MS)
    },
    get report() {
      return report
    },
    stop,
  }
}

function readRunning({ sql }: Database): readonly RunId[] {
  return sql.column("select id from runs where status = 'running' and removed_at is null", [], TEXT)
}
