import type { LogBatch } from '../../../src/model/log-batch.ts'
import { NO_POINTS } from '../../../src/model/log-batch.ts'
import { openCommitLog } from '../../db/commit-log.ts'
import type { DamageRecord } from '../../db/damage-records.ts'
import type { Database } from '../../db/database.ts'
import { rawFileOf } from '../../db/raw-file.ts'
import type { Sql } from '../../db/sql.ts'
import type { StoreFiles } from '../../db/store-files.ts'
import { decodeBatch } from '../../ingest/batch-record.ts'
import { holdsMedia } from '../kymo-db/trust.ts'
import { openDamaged } from './damaged-file.ts'
import { makeLedger } from './ledger.ts'
import { readDamagedArrays } from './read-arrays.ts'
import { NO_ARTIFACTS, readDamagedArtifacts } from './read-artifacts.ts'
import { makeChunkReader } from './read-chunks.ts'
import { readDamagedConsoles } from './read-consoles.ts'
import { readDamagedSeries } from './read-series.ts'
import { makeArrayTaker } from './take-arrays.ts'
import { makeArtifactTaker } from './take-artifacts.ts'
import { takeRuns, type Found } from './take-runs.ts'
import { makeSeriesTaker } from './take-series.ts'

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
  const now = Date.now()
  const bytes = damaged === undefined ? 0 : rawFileOf(damaged).size
  const ledger = makeLedger(own, { ...begun, bytes }, now)
  const found = findAll(damaged)
  if (!ledger.record.hasRuns) takeRuns(own, ledger, damaged, found, readLog(files), now)

  const readChunk = damaged === undefined ? undefined : makeChunkReader(damaged)
  const series = makeSeriesTaker(own.sql, ledger, found.series, readChunk)
  const arrays = makeArrayTaker(ledger, found.arrays)
  const takeArtifact = makeArtifactTaker(own.sql, {
    changes: damaged !== undefined && holdsMedia(damaged) ? readDamagedConsoles(damaged) : [],
    artifacts: found.artifacts,
    write: ledger.commit,
    take: (what, sequence, changes) => {
      if (ledger.isTaken(what, sequence)) return
      ledger.commit(() => ledger.take(what, sequence, { changes, points: NO_POINTS }))
    },
    onLost: () => ledger.note({ lostArtifacts: ledger.record.lostArtifacts + 1 }),
  })

  const salvage: Salvage = {
    get record() {
      return ledger.record
    },
    async bringForward({ points, arrays: sections = [] }) {
      series.takeOf(points.sections)
      for (const { runId } of sections) await arrays.takeOf(runId)
    },
    async step() {
      if (series.isOver()) return (await arrays.takeNext()) || takeArtifact()
      series.takeSlice()
      return true
    },
    end(failure) {
      ledger.note({ state: failure === '' ? 'recovered' : 'failed', failure })
      ledger.commit(() => own.sql.run("delete from clients where id like 'salvage %'"))
      damaged?.close()
    },
    close: () => damaged?.close(),
  }
  for (const batch of readLog(files)) await salvage.bringForward(batch)
  return salvage
}

/** Nothing where the file is not a database at all. */
function findAll(damaged: Sql | undefined): Found {
  if (damaged === undefined) return { series: [], arrays: [], lostArrays: 0, artifacts: NO_ARTIFACTS }
  const series = readDamagedSeries(damaged)
  const { arrays, lost } = readDamagedArrays(damaged)
  const artifacts = holdsMedia(damaged) ? readDamagedArtifacts(damaged) : NO_ARTIFACTS
  return { series, arrays, lostArrays: lost, artifacts }
}

/** Read apart from the log that is written to, which begins anew with the first commit after it was replayed. */
function readLog(files: StoreFiles): readonly LogBatch[] {
  const batches: LogBatch[] = []
  if (files.log === null) return []
  openCommitLog(files.log).replay((payload) => batches.push(decodeBatch(payload).batch))
  return batches
}
