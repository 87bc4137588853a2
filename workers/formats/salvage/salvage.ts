import { NUMBER, TEXT } from '../../../src/model/column.ts'
import type { LogBatch } from '../../../src/model/log-batch.ts'
import { NO_POINTS, runIdsOf } from '../../../src/model/log-batch.ts'
import { nextTask } from '../../../src/model/next-task.ts'
import type { RunId } from '../../../src/model/units.ts'
import { openCommitLog } from '../../db/commit-log.ts'
import { isSettledRecord, writeDamageRecord } from '../../db/damage-records.ts'
import type { DamageRecord } from '../../db/damage-records.ts'
import type { Database } from '../../db/database.ts'
import { rawFileOf } from '../../db/raw-file.ts'
import type { Sql } from '../../db/sql.ts'
import type { StoreFiles } from '../../db/store-files.ts'
import { applyBatch } from '../../ingest/apply-batch.ts'
import { decodeBatch } from '../../ingest/batch-record.ts'
import { checkpoint } from '../../ingest/checkpoint.ts'
import { commit, undoOnFailure } from '../../ingest/commit.ts'
import { computeDigests, NO_DIGESTS } from '../../ingest/digests.ts'
import type { Digests } from '../../ingest/digests.ts'
import { parseBatch } from '../../ingest/parse-batch.ts'
import { isRunKnown } from '../../ingest/run-start.ts'
import { arraysToParts } from '../array-parts.ts'
import type { Part } from '../contents.ts'
import { Unreadable } from '../../jobs/errors.ts'
import { holdsMedia } from '../kymo-db/trust.ts'
import { openDamaged } from './damaged-file.ts'
import { probeArray, readDamagedArrays } from './read-arrays.ts'
import type { DamagedArray } from './read-arrays.ts'
import { makeChunkReader } from './read-chunks.ts'
import { NO_ARTIFACTS, readDamagedArtifacts } from './read-artifacts.ts'
import { readDamagedConsoles } from './read-consoles.ts'
import { readDamagedRuns, unnamedRun } from './read-runs.ts'
import { readDamagedSeries } from './read-series.ts'
import type { DamagedSeries } from './read-series.ts'
import { isLoss, scanQuery } from './scan.ts'
import { makeArtifactTaker } from './take-artifacts.ts'

/** What is written between two answers of the thread. */
const SLICE_POINTS = 131_072

/** The salvage of one damaged database into the own one. */
export interface Salvage {
  readonly record: DamageRecord
  /** Salvages first what a batch goes on with, so that every series keeps its order. */
  bringForward(batch: LogBatch): Promise<void>
  /** Salvages the next slice; false when all is over. Errors: throws what no damage explains, such as a full disk. */
  step(): Promise<boolean>
  /** Notes how it ended. */
  end(failure: string): void
  /** Lets go of the damaged file; a salvage begun anew goes on where this one was committed. */
  close(): void
}

/**
 * Begins or goes on: what is known of runs comes over at once, and whatever the commit log goes on with; the rest by `step`.
 *
 * All comes over as batches of clients named after what they bring, so that after an interruption nothing comes twice.
 */
export async function beginSalvage(own: Database, files: StoreFiles, begun: DamageRecord): Promise<Salvage> {
  const damaged = await openDamaged(files, begun.name)
  let record: DamageRecord = { ...begun, bytes: damaged === undefined ? 0 : rawFileOf(damaged).size }
  const incomplete = new Set<RunId>(record.incompleteRuns)
  const now = Date.now()

  function take(clientId: string, sequence: number, part: Part, digests: Digests = NO_DIGESTS): void {
    const batch = parseBatch({ clientId, sequence, firstUnacknowledged: sequence, ...part })
    if (!batch.ok) throw new Unreadable('file-corrupt', batch.error.message)
    const applied = applyBatch(own, batch.value, now, digests)
    if (!applied.ok) throw new Unreadable('file-corrupt', applied.error.message)
  }

  /** Commits together; never leaves salvaged rows uncommitted to those that are logged meanwhile. */
  function commitWith(work: () => void): void {
    undoOnFailure(own, () => {
      own.sql.begin()
      work()
      writeDamageRecord(own.sql, record)
      commit(own, now)
    })
  }

  const clientOf = (what: string): string => `salvage ${begun.name} ${what}`

  function takeRuns(from: Sql): void {
    copyClients(from, own.sql)
    let sequence = 0
    for (const changes of readDamagedRuns(from)) {
      try {
        own.sql.transaction(() => take(clientOf('runs'), (sequence += 1), { changes, points: NO_POINTS }))
      } catch (cause) {
        if (!isLoss(cause)) throw cause
      }
    }
  }

  const series = damaged === undefined ? [] : readDamagedSeries(damaged)
  const { arrays, lost: lostArrays } =
    damaged === undefined ? { arrays: [], lost: 0 } : readDamagedArrays(damaged)

  const anything = damaged !== undefined && holdsMedia(damaged) ? readDamagedArtifacts(damaged) : NO_ARTIFACTS

  function nameTheUnnamed(logged: readonly LogBatch[]): void {
    const missing = new Map<RunId, number>()
    const miss = (runId: RunId, time: number): void => {
      if (!missing.has(runId) && !isRunKnown(own.sql, runId)) missing.set(runId, time)
    }
    for (const { runId, firstTime } of series) miss(runId, firstTime)
    for (const { source } of arrays) miss(source.runId, source.time)
    for (const { runId, createdAt } of anything.artifacts) miss(runId, createdAt)
    const started = new Set<RunId>()
    for (const { changes, points, arrays: sections = [] } of logged) {
      for (const change of changes) if (change.type === 'startRun') started.add(change.run.id)
      const spoken = [
        ...changes.flatMap(runIdsOf),
        ...[...points.sections, ...sections].map(({ runId }) => runId),
      ]
      for (const runId of spoken) if (!started.has(runId)) miss(runId, now)
    }
    let sequence = 0
    for (const [runId, time] of missing) {
      const changes = [unnamedRun(runId, Number.isFinite(time) && time > 0 ? time : now)]
      take(clientOf('unnamed'), (sequence += 1), { changes, points: NO_POINTS })
    }
    record = { ...record, unnamedRuns: [...missing.keys()] }
  }

  /** Runs that came over, and those that the log starts when it is applied, right after. */
  function countRuns(logged: readonly LogBatch[]): number {
    const known = own.sql.value('select count(*) from runs', [], NUMBER) ?? 0
    const started = logged.flatMap(({ changes }) =>
      changes.flatMap((change) => (change.type === 'startRun' ? [change.run.id] : [])),
    )
    return known + [...new Set(started)].filter((runId) => !isRunKnown(own.sql, runId)).length
  }

  if (!record.hasRuns) {
    const logged = readLog(files)
    undoOnFailure(own, () => {
      own.sql.begin()
      if (damaged !== undefined) takeRuns(damaged)
      nameTheUnnamed(logged)
      const runs = countRuns(logged)
      const totalPoints = series.reduce((sum, { count, chunks }) => sum + Math.max(count, countIn(chunks)), 0)
      record = { ...record, runs, totalPoints, lostArrays, lostArtifacts: anything.lost, hasRuns: true }
      writeDamageRecord(own.sql, record)
      checkpoint(own, now)
      own.sql.commit()
    })
  }

  const readChunk = damaged === undefined ? undefined : makeChunkReader(damaged)
  const pendingSeries = new Map(series.map((each) => [nameOf(each), { ...each, done: 0 }]))
  const pendingArrays = new Map<RunId, DamagedArray[]>()
  for (const array of arrays) {
    const known = pendingArrays.get(array.source.runId)
    if (known === undefined) pendingArrays.set(array.source.runId, [array])
    else known.push(array)
  }

  /** Takes chunks of a series until `limit` points are reached; answers how many there were, and whether it is over. */
  function takeSeries(each: DamagedSeries & { done: number }, limit: number): number {
    const clientId = clientOf(String(each.id))
    let taken = 0
    while (each.done < each.chunks.length && taken < limit) {
      const chunk = each.chunks[each.done]
      each.done += 1
      if (chunk === undefined || readChunk === undefined || lastSequence(own.sql, clientId) >= each.done)
        continue
      taken += chunk.count
      try {
        const points = readChunk(each, chunk)
        own.sql.transaction(() => take(clientId, each.done, { changes: [], points }))
        record = { ...record, points: record.points + chunk.count }
      } catch (cause) {
        if (!isLoss(cause)) throw cause
        incomplete.add(each.runId)
        record = { ...record, incompleteRuns: [...incomplete] }
      }
    }
    if (each.done < each.chunks.length) return taken
    if (countIn(each.chunks) < each.count) incomplete.add(each.runId)
    record = { ...record, incompleteRuns: [...incomplete] }
    pendingSeries.delete(nameOf(each))
    return taken
  }

  async function takeArray(array: DamagedArray): Promise<void> {
    const clientId = clientOf(`array ${array.id}`)
    try {
      probeArray(array)
      let sequence = 0
      for await (const part of arraysToParts([array.source], array.source.length, {
        report: () => nextTask(),
      })) {
        sequence += 1
        const digests = await computeDigests(part)
        if (lastSequence(own.sql, clientId) < sequence)
          commitWith(() => take(clientId, sequence, part, digests))
      }
    } catch (cause) {
      if (!isLoss(cause)) throw cause
      record = { ...record, lostArrays: record.lostArrays + 1 }
    }
  }

  async function takeArraysOf(runId: RunId): Promise<void> {
    const arrays = pendingArrays.get(runId) ?? []
    for (let array = arrays[0]; array !== undefined; array = arrays[0]) {
      await takeArray(array)
      arrays.shift()
    }
    pendingArrays.delete(runId)
  }

  const takeAnything = makeArtifactTaker(own.sql, {
    changes: damaged !== undefined && holdsMedia(damaged) ? readDamagedConsoles(damaged) : [],
    artifacts: anything,
    write: commitWith,
    take: (what, sequence, changes) => {
      if (lastSequence(own.sql, clientOf(what)) >= sequence) return
      commitWith(() => take(clientOf(what), sequence, { changes, points: NO_POINTS }))
    },
    onLost: () => (record = { ...record, lostArtifacts: record.lostArtifacts + 1 }),
  })

  const salvage: Salvage = {
    get record() {
      return record
    },
    async bringForward({ points, arrays: sections = [] }) {
      const wanted = points.sections.flatMap((section) => pendingSeries.get(nameOf(section)) ?? [])
      if (wanted.length > 0) {
        commitWith(() => {
          for (const each of new Set(wanted)) takeSeries(each, Number.POSITIVE_INFINITY)
        })
      }
      for (const { runId } of sections) await takeArraysOf(runId)
    },
    async step() {
      if (pendingSeries.size > 0) {
        commitWith(() => {
          let taken = 0
          for (const each of pendingSeries.values()) {
            taken += takeSeries(each, SLICE_POINTS - taken)
            if (taken >= SLICE_POINTS) break
          }
        })
        return true
      }
      const [runId] = pendingArrays.keys()
      if (runId !== undefined) await takeArraysOf(runId)
      return runId !== undefined || takeAnything()
    },
    end(failure) {
      record = { ...record, state: failure === '' ? 'recovered' : 'failed', failure }
      commitWith(() => own.sql.run("delete from clients where id like 'salvage %'"))
      damaged?.close()
    },
    close: () => damaged?.close(),
  }
  for (const batch of readLog(files)) await salvage.bringForward(batch)
  return salvage
}

/** Read apart from the log that is written to, which begins anew with the first commit after it was replayed. */
function readLog(files: StoreFiles): readonly LogBatch[] {
  const batches: LogBatch[] = []
  openCommitLog(files.log).replay((payload) => batches.push(decodeBatch(payload).batch))
  return batches
}

const CLIENT_ROW = { id: TEXT, sequence: NUMBER, seenAt: NUMBER } as const
const META_ROW = { key: TEXT, value: TEXT } as const

/** So that what pages send again is still known, and what a salvage before this one left is gone on with. */
function copyClients(from: Sql, to: Sql): void {
  scanQuery(from, 'select id, sequence, seen_at from clients', ['id'], [], CLIENT_ROW, (row) => {
    const { id, sequence, seenAt } = row
    if (!Number.isSafeInteger(sequence) || !Number.isFinite(seenAt)) return
    to.run('insert or replace into clients (id, sequence, seen_at) values (?, ?, ?)', id, sequence, seenAt)
  })
  scanQuery(from, 'select key, value from meta', ['key'], [], META_ROW, ({ key, value }) => {
    if (!isSettledRecord(key, value)) return
    to.run('insert or ignore into meta (key, value) values (?, ?)', key, value)
  })
}

function lastSequence(sql: Sql, clientId: string): number {
  return sql.value('select sequence from clients where id = ?', [clientId], NUMBER) ?? 0
}

/** Run ids may hold anything, so the length parts them from the key. */
function nameOf({ runId, key }: { readonly runId: RunId; readonly key: string }): string {
  return `${runId.length}:${runId}${key}`
}

function countIn(chunks: DamagedSeries['chunks']): number {
  return chunks.reduce((sum, { count }) => sum + count, 0)
}
