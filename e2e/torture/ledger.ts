import type { EndStatus, RunStatus } from '../../src/client/index.ts'
import type { Counts, ExpectedRun, Told } from './messages.ts'

interface RunRecord {
  tab: string
  alive: boolean
  acknowledged: boolean
  told: EndStatus | null
  endAcknowledged: boolean
  readonly lives: Record<string, number>[]
}

/** What the tabs said before they died: the store is held to it. */
export interface Ledger {
  hear(told: Told): void
  /** Whoever logged in this tab is dead. */
  died(tab: string): void
  /** Runs that died and may be gone on with, with the number of their next life. */
  resumable(): readonly { readonly runId: string; readonly life: number }[]
  expected(): readonly ExpectedRun[]
  /** Points of all acknowledgements. */
  readonly acknowledged: number
  /** The longest wait of a point in a tab that lived on, with its worker or with a worker terminated meanwhile. Unit: ms. */
  readonly worstWaitMs: { readonly workerLived: number; readonly workerDied: number }
  /** How long each terminated worker went unnoticed. Unit: ms. */
  readonly unnoticedMs: readonly number[]
}

/** More lives than this tell nothing new. */
const MAX_LIVES = 6

export function makeLedger(): Ledger {
  const runs = new Map<string, RunRecord>()
  const worstWaitMs = { workerLived: 0, workerDied: 0 }
  const unnoticedMs: number[] = []

  function recordOf(runId: string): RunRecord {
    const record = runs.get(runId)
    if (record === undefined) throw new Error(`A tab spoke of run ${runId}, which it never started.`)
    return record
  }

  function start(tab: string, runId: string, life: number): void {
    const record = runs.get(runId) ?? {
      tab,
      alive: true,
      acknowledged: false,
      told: null,
      endAcknowledged: false,
      lives: [],
    }
    runs.set(runId, record)
    record.tab = tab
    record.alive = true
    record.lives[life] = {}
  }

  function acknowledge(runId: string, life: number, counts: Counts): void {
    const record = recordOf(runId)
    record.acknowledged = true
    const known = (record.lives[life] ??= {})
    for (const [key, count] of Object.entries(counts)) known[key] = Math.max(known[key] ?? 0, count)
  }

  return {
    worstWaitMs,
    unnoticedMs,
    hear(told) {
      switch (told.type) {
        case 'starts':
          return start(told.tab, told.runId, told.life)
        case 'ends':
          recordOf(told.runId).told = told.status
          return
        case 'ended':
          recordOf(told.runId).endAcknowledged = true
          return
        case 'workerReplaced':
          unnoticedMs.push(told.afterMs)
          return
        case 'acknowledged': {
          const fate = told.workerDied ? 'workerDied' : 'workerLived'
          worstWaitMs[fate] = Math.max(worstWaitMs[fate], told.waitedMs)
          return acknowledge(told.runId, told.life, told.counts)
        }
      }
    },
    died(tab) {
      for (const record of runs.values()) if (record.tab === tab) record.alive = false
    },
    resumable: () =>
      [...runs]
        .filter(([, { alive, told, lives }]) => !alive && told === null && lives.length < MAX_LIVES)
        .map(([runId, { lives }]) => ({ runId, life: lives.length })),
    expected: () =>
      [...runs].map(([runId, record]) => ({
        runId,
        exists: record.acknowledged,
        statuses: statusesOf(record),
        lives: record.lives,
      })),
    get acknowledged() {
      let sum = 0
      for (const { lives } of runs.values()) {
        for (const counts of lives) for (const count of Object.values(counts)) sum += count
      }
      return sum
    },
  }
}

/** What a run may be at rest: an end that was never acknowledged may have been stored or not. */
function statusesOf({ alive, told, endAcknowledged }: RunRecord): readonly RunStatus[] {
  const unended = alive ? 'running' : 'killed'
  if (told === null) return [unended]
  return endAcknowledged ? [told] : [unended, told]
}
