import { existsSync } from 'node:fs'
import { join } from 'node:path'
import {
  joinColumns,
  runIdsOf,
  type Change,
  type LogBatch,
  type PointColumns,
} from '../../src/model/log-batch.ts'
import { err, ok, type Result } from '../../src/model/result.ts'
import type { RunId } from '../../src/model/units.ts'
import type { IngestReceipt } from '../../src/protocol/store-api.ts'
import { unknownRun, type TrackerError } from '../../src/protocol/tracker-error.ts'
import type { TrackerEvent } from '../../src/protocol/tracker-event.ts'
import { isDamageAtOpening } from '../db/damage.ts'
import { NewerSchemaError } from '../db/migrate.ts'
import { SqlError } from '../db/sql.ts'
import { isRunKnown } from '../ingest/run-start.ts'
import { BUSY } from './driver.ts'
import { loadDrivers, NoSqliteError } from './load-drivers.ts'
import { makeNativeSql } from './native-sql.ts'
import { databasesOf, fileNameOf, makeProject } from './project-folder.ts'
import { openProjectStore, toTrackerError, type ProjectStore } from './project-store.ts'

/** The databases of a folder, each with one experiment. */
export interface Project {
  /** Commits a batch before it returns, each part of it in the database of its experiment. */
  ingest(batch: LogBatch): Result<IngestReceipt, TrackerError>
  /** Every database of the folder that can be opened, those of other processes too. */
  stores(): readonly ProjectStore[]
  /** Those of them that are open by now. */
  openStores(): readonly ProjectStore[]
  /** The database that knows a run; undefined when none does. */
  storeOfRun(runId: RunId): ProjectStore | undefined
  /** The same, or that which a run of an experiment of that name goes to. Errors: throws when it cannot be opened. */
  storeForRun(runId: RunId, experiment: string): ProjectStore
  close(): void
}

export interface ProjectOptions {
  /** Called with what changes in it by way of this project. */
  readonly notify?: (event: TrackerEvent) => void
  /** Called with a sentence for a database that cannot be opened and is gone without; once with each. */
  readonly onUnreadable: (reason: string) => void
}

/** Opens a folder, which is made with the first run that starts. Errors: throws from any call where Node has no SQLite. */
export function openProject(folder: string, { notify, onUnreadable }: ProjectOptions): Project {
  const open = new Map<string, ProjectStore>()
  const places = new Map<RunId, string>()
  const said = new Set<string>()

  /** A folder is looked through again and again, and what is wrong in it stays so. */
  function sayUnreadable(reason: string): void {
    if (said.has(reason)) return
    said.add(reason)
    onUnreadable(reason)
  }

  function storeAt(path: string): ProjectStore {
    const known = open.get(path)
    if (known?.isInPlace() === true) return known
    known?.close()
    open.delete(path)
    if (!existsSync(folder)) makeProject(folder)
    const store = openProjectStore(path, notify)
    store.markDead()
    open.set(path, store)
    return store
  }

  function stores(): readonly ProjectStore[] {
    return databasesOf(folder).flatMap((path) => {
      try {
        return [storeAt(path)]
      } catch (cause) {
        if (cause instanceof NoSqliteError) throw cause
        sayUnreadable(`${toTrackerError(path, cause).message} It is left out.`)
        return []
      }
    })
  }

  /** A database that is not open is only looked into: a run that starts is nearly always in none. */
  function knowsRun(path: string, runId: RunId): boolean {
    const store = open.get(path)
    return store === undefined ? isRunInFile(path, runId) : isRunKnown(store.database.sql, runId)
  }

  function placeOf(runId: RunId): string | undefined {
    const place = places.get(runId) ?? databasesOf(folder).find((path) => knowsRun(path, runId))
    if (place !== undefined) places.set(runId, place)
    return place
  }

  /** The file of its experiment, or the next one where nothing can be added to that. */
  function pathOfStart(runId: RunId, experiment: string): string {
    const place = placeOf(runId) ?? newPlace(experiment)
    places.set(runId, place)
    return place
  }

  function newPlace(experiment: string): string {
    for (let copy = 1; ; copy += 1) {
      const path = join(folder, fileNameOf(experiment, copy))
      const reason = whyNotAdd(path)
      if (reason === null) return path
      sayUnreadable(`${reason} It is left as it is, and new runs of the experiment go beside it.`)
    }
  }

  /** Why nothing will ever be added to a file that is there; null where it will, or not for the moment. */
  function whyNotAdd(path: string): string | null {
    try {
      storeAt(path)
      return null
    } catch (cause) {
      const isLasting = isDamageAtOpening(cause) || cause instanceof NewerSchemaError
      if (!isLasting || !existsSync(path)) return null
      return toTrackerError(path, cause).message
    }
  }

  /** Where what is said of an experiment belongs: to the database that has it. */
  function pathOfExperiment(experimentId: string): string | undefined {
    return stores().find(({ database }) =>
      database.sql.exists('select 1 from experiments where id = ?', [experimentId]),
    )?.path
  }

  function ingestAt(path: string, batch: LogBatch): Result<IngestReceipt, TrackerError> {
    try {
      return storeAt(path).ingest(batch)
    } catch (cause) {
      if (cause instanceof NoSqliteError) throw cause
      return err(toTrackerError(path, cause))
    }
  }

  function pathOf(change: Change): string | undefined {
    if (change.type === 'startRun') return pathOfStart(change.run.id, change.run.experiment.name)
    const [runId] = runIdsOf(change)
    if (runId !== undefined) return placeOf(runId)
    return 'experimentId' in change && change.experimentId !== undefined
      ? pathOfExperiment(change.experimentId)
      : undefined
  }

  /** The parts of a batch by the databases they belong in, or a run that none knows. */
  function split(batch: LogBatch): ReadonlyMap<string, LogBatch> | RunId {
    const changes = new Map<string, Change[]>()
    for (const change of batch.changes) {
      const path = pathOf(change)
      if (path === undefined) return runIdsOf(change)[0] ?? ''
      const before = changes.get(path)
      if (before === undefined) changes.set(path, [change])
      else before.push(change)
    }
    const { arrays = [] } = batch
    const sections = [...batch.points.sections, ...arrays]
    const paths = new Set(changes.keys())
    for (const { runId } of sections) {
      const path = placeOf(runId)
      if (path === undefined) return runId
      paths.add(path)
    }
    if (paths.size === 1) return new Map([...paths].map((path) => [path, batch]))
    return new Map(
      [...paths].map((path) => [
        path,
        {
          ...batch,
          changes: changes.get(path) ?? [],
          points: pointsWhere(batch.points, (runId) => placeOf(runId) === path),
          arrays: arrays.filter(({ runId }) => placeOf(runId) === path),
        },
      ]),
    )
  }

  return {
    ingest(batch) {
      const parts = split(batch)
      if (typeof parts === 'string')
        return err(unknownRun(parts, 'nothing of the batch was written. Start the run first'))
      for (const [path, part] of parts) {
        const written = ingestAt(path, part)
        // Those that have their part know it by its sequence when it comes again.
        if (!written.ok) return written
      }
      return ok({ sequence: batch.sequence, watched: false })
    },
    stores,
    openStores: () => [...open.values()],
    storeOfRun(runId) {
      const path = placeOf(runId)
      return path === undefined ? undefined : storeAt(path)
    },
    storeForRun: (runId, experiment) => storeAt(pathOfStart(runId, experiment)),
    close() {
      for (const store of open.values()) store.close()
      open.clear()
    },
  }
}

/** A file that cannot be read has no run that anybody could go on with. Errors: throws while another process keeps it locked. */
function isRunInFile(path: string, runId: RunId): boolean {
  let sql
  try {
    sql = makeNativeSql(loadDrivers(), path)
    return isRunKnown(sql, runId)
  } catch (cause) {
    if (cause instanceof NoSqliteError || (cause instanceof SqlError && cause.primaryCode === BUSY))
      throw cause
    return false
  } finally {
    sql?.close()
  }
}

/** The sections of some runs, with their columns. */
export function pointsWhere(
  { sections, columns }: PointColumns,
  isWanted: (runId: RunId) => boolean,
): PointColumns {
  const kept: Float64Array[] = []
  let offset = 0
  for (const { runId, count } of sections) {
    if (isWanted(runId)) kept.push(columns.subarray(offset, offset + 3 * count))
    offset += 3 * count
  }
  return { sections: sections.filter(({ runId }) => isWanted(runId)), columns: joinColumns(kept) }
}
