import type { Fleet } from './fleet.ts'
import type { Ledger } from './ledger.ts'
import type { AuditReport } from './outcome.ts'
import { pause } from './within.ts'

/** A death is told by a lock that becomes free, so within moments; this is for a busy machine. */
const STATUS_DEADLINE_MS = 10_000
const POLL_MS = 200

/**
 * Lets the tabs come to rest and holds what the app lists, then what a fresh browser lists, then the files themselves
 * against the ledger. What cannot even be asked is a problem too.
 */
export async function checkAll(
  fleet: Fleet,
  ledger: Ledger,
  restart: () => Promise<void>,
): Promise<AuditReport> {
  const problems: string[] = []
  let report: AuditReport = { points: 0, lost: 0, duplicated: 0, corrupt: 0, problems: [] }

  async function attempt(what: string, work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (thrown) {
      problems.push(`${what}: ${thrown instanceof Error ? thrown.message : String(thrown)}`)
    }
  }

  await attempt('coming to rest', fleet.quiet)
  await attempt('beside living tabs', async () => {
    problems.push(...(await wrongStatuses(fleet, ledger, 'beside living tabs')))
  })
  await restart()
  await attempt('in a fresh browser', async () => {
    problems.push(...(await wrongStatuses(fleet, ledger, 'in a fresh browser')))
  })
  await attempt('reading the files', async () => {
    report = await fleet.audit(ledger.expected())
  })
  return {
    ...report,
    corrupt: report.corrupt + problems.length,
    problems: [...problems, ...report.problems],
  }
}

/** Waits until every status is true; answers those that do not become so. */
async function wrongStatuses(fleet: Fleet, ledger: Ledger, where: string): Promise<string[]> {
  const deadline = Date.now() + STATUS_DEADLINE_MS
  for (;;) {
    const { storage, runs } = await fleet.list()
    const statusById = new Map(runs.map(({ id, status }) => [id, status]))
    const wrong = ledger.expected().flatMap(({ runId, exists, statuses }) => {
      const status = statusById.get(runId)
      if (status === undefined) return exists ? [`run ${runId} is not listed ${where}`] : []
      return statuses.includes(status)
        ? []
        : [`run ${runId} is ${status} ${where}, not ${statuses.join(' or ')}`]
    })
    if (storage !== 'opfs') wrong.push(`the storage is ${storage} ${where}`)
    if (wrong.length === 0 || Date.now() > deadline) return wrong
    await pause(POLL_MS)
  }
}
