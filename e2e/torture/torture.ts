import { createProfile } from '../profile.ts'
import { launchFleet, type Tab } from './fleet.ts'
import { makeLedger } from './ledger.ts'
import type { AuditReport, TortureOutcome } from './outcome.ts'
import { makeRandom } from './random.ts'
import { planKills, type KillKind } from './torture-plan.ts'
import { checkAll } from './check.ts'
import { pause } from './within.ts'

const TABS = 4
const KILLS_BETWEEN_CHECKS = 25
/** A browser that will not do as told this often in a row will not do it at all. */
const MAX_ACCIDENTS = 5
const PROGRESS_MS = 10_000

export interface TortureOptions {
  readonly kills: number
  readonly seed: number
  readonly print: (line: string) => void
}

/** Logs from four tabs, kills what the seed says, and holds the store to what it acknowledged. */
export async function torture({ kills, seed, print }: TortureOptions): Promise<TortureOutcome> {
  const random = makeRandom(seed)
  const profile = await createProfile()
  const ledger = makeLedger()
  const counted: Record<KillKind, number> = {
    browser: 0,
    owner: 0,
    client: 0,
    'owner-worker': 0,
    'client-worker': 0,
  }
  let check: AuditReport = { points: 0, lost: 0, duplicated: 0, corrupt: 0, problems: [] }
  let accidents = 0
  let inARow = 0
  let opened = 0
  let done = 0
  let doomed: Tab | null = null
  let isRestarting = false
  let lastPrintedAt = Date.now()

  const fleet = await launchFleet({
    profile,
    onTold: ledger.hear,
    onDeath(tab) {
      ledger.died(tab.name)
      if (tab !== doomed && !isRestarting) print(`${tab.name} died by itself`)
    },
  })

  async function fill(): Promise<void> {
    while (fleet.tabs.length < TABS) {
      opened += 1
      const resumable = ledger.resumable()
      const resume = resumable.length > 0 && random.next() < 0.4 ? random.pick(resumable) : null
      await fleet.open({
        experiment: 'torture',
        tab: `tab ${opened}`,
        seed: random.between(0, 2 ** 31),
        resume,
      })
    }
  }

  async function restart(how: 'killed' | 'closed'): Promise<void> {
    isRestarting = true
    await fleet.restart(how).finally(() => {
      isRestarting = false
    })
  }

  async function kill(kind: KillKind): Promise<void> {
    if (kind === 'browser') return restart('killed')
    const owner = await fleet.owner()
    if (owner === undefined) throw new Error('no tab owns the database')
    const isOwner = kind.startsWith('owner')
    const victim = isOwner ? owner : random.pick(fleet.tabs.filter((tab) => tab !== owner))
    if (kind.endsWith('worker')) return fleet.terminateWorker(victim)
    doomed = victim
    await fleet.crash(victim)
  }

  /** What a dying browser refuses is tried again on a fresh one. */
  async function orRestart(what: string, work: () => Promise<void>): Promise<void> {
    try {
      await work()
      inARow = 0
    } catch (thrown) {
      accidents += 1
      inARow += 1
      print(`${what}: ${thrown instanceof Error ? thrown.message : String(thrown)}`)
      if (inARow >= MAX_ACCIDENTS) throw thrown
      await restart('killed')
    }
  }

  try {
    for (const { kind, afterMs } of planKills(kills, seed)) {
      await orRestart('opening tabs', fill)
      await pause(afterMs)
      await orRestart(`killing ${kind}`, async () => {
        await kill(kind)
        counted[kind] += 1
      })
      done += 1
      if (done % KILLS_BETWEEN_CHECKS === 0 || done === kills) {
        await orRestart('opening tabs', fill)
        check = await checkAll(fleet, ledger, () => restart(random.pick(['killed', 'closed'])))
        if (check.problems.length > 0) break
      }
      if (Date.now() - lastPrintedAt >= PROGRESS_MS || done === kills) {
        lastPrintedAt = Date.now()
        print(`${done} of ${kills} kills, ${ledger.acknowledged} points acknowledged`)
      }
    }
  } finally {
    await fleet.close().catch((thrown: unknown) => print(String(thrown)))
  }
  const isSound = check.problems.length === 0
  if (isSound) await profile.remove()
  const { workerLived, workerDied } = ledger.worstWaitMs
  return {
    ...check,
    acknowledged: ledger.acknowledged,
    worst_unacknowledged_ms: Math.max(workerLived, workerDied),
    worst_with_worker_ms: workerLived,
    unnoticedMs: ledger.unnoticedMs,
    kills: counted,
    accidents,
    kept: isSound ? null : profile.directory,
  }
}
