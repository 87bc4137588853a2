import { TEXT } from '../../../src/model/column.ts'
import type { LogBatch } from '../../../src/model/log-batch.ts'
import { nextTask } from '../../../src/model/event-loop.ts'
import type { DamageRecord } from '../../db/damage-records.ts'
import { readDamageRecords } from '../../db/damage-records.ts'
import type { Databases } from '../../db/databases.ts'
import type { Notices } from '../../db/notices.ts'
import { isDamageOf } from '../../db/damage.ts'
import { isForWantOfRoom } from '../../ingest/storage-room.ts'
import type { Rescue } from './rescue-api.ts'
import { beginSalvage } from './salvage.ts'
import type { Salvage } from './salvage.ts'
import { isLoss } from './scan.ts'

/** How often the page hears how far it is. */
const TELL_INTERVAL_MS = 500

/** How long to wait for room on a full disk. */
const RETRY_MS = 5_000

/** One damaged database and its salvage, while there is one. */
interface Case {
  record: DamageRecord
  salvage: Salvage | null
}

/**
 * Salvages every damaged database that is not over yet, the latest first: what it took over itself from one before it counts.
 *
 * Answers when all that logging goes on with is there; the rest follows by `run`. Never throws: what cannot be salvaged
 * must not keep the database that took its place from working. `run` throws at its end what was no loss but a bug.
 */
export async function beginRescue({ own, files }: Databases): Promise<Rescue> {
  const cases: Case[] = readDamageRecords(own.sql, files)
    .filter(({ state }) => state === 'recovering')
    .toReversed()
    .map((record) => ({ record, salvage: null }))
  let turn: Promise<unknown> = Promise.resolve()
  let isStopped = false
  const bugs: unknown[] = []

  async function begin(each: Case): Promise<void> {
    try {
      each.salvage = await beginSalvage(own, files, each.record)
    } catch (cause) {
      giveUp(each, cause)
    }
  }

  /** Not written down, so that the next start tries again. */
  function giveUp(each: Case, cause: unknown): void {
    each.record = { ...(each.salvage?.record ?? each.record), state: 'failed', failure: said(cause) }
    each.salvage?.close()
    each.salvage = null
    if (!isTheirs(cause)) bugs.push(cause)
  }

  /** What a damaged database cannot give, and no fault of the salvage or of the database it goes to. */
  function isTheirs(cause: unknown): boolean {
    return isLoss(cause) && !isDamageOf(own.sql, cause)
  }

  /** One after another: a batch and the slices of the salvage never get between each other. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = turn.then(work)
    turn = result.catch(() => undefined)
    return result
  }

  async function finish(each: Case, notices: Notices): Promise<void> {
    let toldAt = 0
    while (each.salvage !== null) {
      if (isStopped) return
      const { salvage } = each
      try {
        if (!(await inTurn(() => salvage.step()))) return salvage.end('')
      } catch (cause) {
        if (isStopped) return
        if (isTheirs(cause)) return salvage.end(said(cause))
        if (!(await isForWantOfRoom(cause, files.kind))) return giveUp(each, cause)
        salvage.close()
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS))
        await inTurn(() => begin(each))
      }
      if (Date.now() - toldAt > TELL_INTERVAL_MS) {
        toldAt = Date.now()
        notices.storageChanged()
      }
      await nextTask()
    }
  }

  for (const each of cases) await begin(each)

  return {
    records: () => cases.map(({ record, salvage }) => salvage?.record ?? record),
    prepare: (batch: LogBatch) =>
      inTurn(async () => {
        for (const { salvage } of cases) await salvage?.bringForward(batch)
      }),
    async run(notices) {
      for (const each of cases) {
        await finish(each, notices)
        if (isStopped) return
        each.record = each.salvage?.record ?? each.record
        each.salvage = null
        notices.runsChanged(own.id, own.sql.column('select id from runs', [], TEXT))
        notices.storageChanged()
      }
      if (bugs.length > 0) throw bugs[0]
    },
    stop() {
      isStopped = true
      for (const { salvage } of cases) salvage?.close()
    },
  }
}

function said(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause)
}
