import { NUMBER, TEXT } from '../../../src/model/column.ts'
import type { LogBatch } from '../../../src/model/log-batch.ts'
import { NO_POINTS, runIdsOf } from '../../../src/model/log-batch.ts'
import type { RunId } from '../../../src/model/units.ts'
import { isSettledRecord, writeDamageRecord } from '../../db/damage-records.ts'
import type { Database } from '../../db/database.ts'
import type { Sql } from '../../db/sql.ts'
import { checkpoint } from '../../ingest/checkpoint.ts'
import { undoOnFailure } from '../../ingest/commit.ts'
import { isRunKnown } from '../../ingest/run-start.ts'
import type { Ledger } from './ledger.ts'
import type { DamagedArray } from './read-arrays.ts'
import type { DamagedArtifacts } from './read-artifacts.ts'
import { readDamagedRuns, unnamedRun } from './read-runs.ts'
import { countIn, type DamagedSeries } from './read-series.ts'
import { isLoss, scanQuery } from './scan.ts'

/** What was found in a damaged database, and belongs to runs. */
export interface Found {
  readonly series: readonly DamagedSeries[]
  readonly arrays: readonly DamagedArray[]
  readonly lostArrays: number
  readonly artifacts: DamagedArtifacts
}

/**
 * Takes over clients and runs in one commit, and names those whose rows are lost, so that whatever comes after it has its run.
 *
 * `logged` is what the commit log goes on with.
 */
export function takeRuns(
  own: Database,
  ledger: Ledger,
  damaged: Sql | undefined,
  found: Found,
  logged: readonly LogBatch[],
  now: number,
): void {
  const { series, lostArrays, artifacts } = found
  undoOnFailure(own, () => {
    own.sql.begin()
    if (damaged !== undefined) takeNamed(own, ledger, damaged)
    const unnamedRuns = takeUnnamed(own, ledger, found, logged, now)
    const runs = countRuns(own, logged)
    const totalPoints = series.reduce((sum, { count, chunks }) => sum + Math.max(count, countIn(chunks)), 0)
    ledger.note({ unnamedRuns, runs, totalPoints, lostArrays, lostArtifacts: artifacts.lost, hasRuns: true })
    writeDamageRecord(own.sql, ledger.record)
    checkpoint(own, now)
    own.sql.commit()
  })
}

function takeNamed(own: Database, ledger: Ledger, damaged: Sql): void {
  copyClients(damaged, own.sql)
  let sequence = 0
  for (const changes of readDamagedRuns(damaged)) {
    try {
      own.sql.transaction(() => ledger.take('runs', (sequence += 1), { changes, points: NO_POINTS }))
    } catch (cause) {
      if (!isLoss(cause)) throw cause
    }
  }
}

function takeUnnamed(
  own: Database,
  ledger: Ledger,
  { series, arrays, artifacts }: Found,
  logged: readonly LogBatch[],
  now: number,
): readonly RunId[] {
  const missing = new Map<RunId, number>()
  const miss = (runId: RunId, time: number): void => {
    if (!missing.has(runId) && !isRunKnown(own.sql, runId)) missing.set(runId, time)
  }
  for (const { runId, firstTime } of series) miss(runId, firstTime)
  for (const { source } of arrays) miss(source.runId, source.time)
  for (const { runId, createdAt } of artifacts.artifacts) miss(runId, createdAt)
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
    ledger.take('unnamed', (sequence += 1), { changes, points: NO_POINTS })
  }
  return [...missing.keys()]
}

/** Runs that came over, and those that the log starts when it is applied, right after. */
function countRuns(own: Database, logged: readonly LogBatch[]): number {
  const known = own.sql.value('select count(*) from runs', [], NUMBER) ?? 0
  const started = logged.flatMap(({ changes }) =>
    changes.flatMap((change) => (change.type === 'startRun' ? [change.run.id] : [])),
  )
  return known + [...new Set(started)].filter((runId) => !isRunKnown(own.sql, runId)).length
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
