import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { runIdsOf, type Change, type LogBatch, type PointColumns } from '../../src/model/log-batch.ts'
import { TEXT } from '../../src/model/column.ts'
import { ok, type Result } from '../../src/model/result.ts'
import type { RunId } from '../../src/model/units.ts'
import type { IngestReceipt } from '../../src/protocol/store-api.ts'
import { unknownRun, type TrackerError } from '../../src/protocol/tracker-error.ts'
import type { TrackerEvent } from '../../src/protocol/tracker-event.ts'
import { databasesOf, fileNameOf, makeProject } from './project-folder.ts'
import { openProjectStore, type ProjectStore } from './project-store.ts'

/** The databases of a folder, each with one experiment. */
export interface Project {
  readonly folder: string
  /** Commits a batch before it returns, each part of it in the database of its experiment. */
  ingest(batch: LogBatch): Result<IngestReceipt, TrackerError>
  /** Every database of the folder, those of other processes too. Errors: throws for one that cannot be opened. */
  stores(): readonly ProjectStore[]
  /** The database that knows a run; undefined when none does. */
  storeOfRun(runId: RunId): ProjectStore | undefined
  close(): void
}

/** Opens a folder, which is made with the first run that starts. */
export function openProject(folder: string, notify?: (event: TrackerEvent) => void): Project {
  const open = new Map<string, ProjectStore>()
  const places = new Map<RunId, string>()

  function storeAt(path: string): ProjectStore {
    const known = open.get(path)
    if (known !== undefined) return known
    const store = openProjectStore(path, notify)
    store.markDead()
    open.set(path, store)
    return store
  }

  function storeOfRun(runId: RunId): ProjectStore | undefined {
    const place = places.get(runId)
    if (place !== undefined) return storeAt(place)
    const found = databasesOf(folder).find((path) => knowsRun(storeAt(path), runId))
    if (found === undefined) return undefined
    places.set(runId, found)
    return storeAt(found)
  }

  function pathOfStart({ run }: Extract<Change, { type: 'startRun' }>): string {
    return join(folder, fileNameOf(run.experiment.name))
  }

  /** Where what is said of an experiment belongs: to the database that has it. */
  function pathOfExperiment(experimentId: string): string | undefined {
    return databasesOf(folder).find((path) =>
      storeAt(path).database.sql.exists('select 1 from experiments where id = ?', [experimentId]),
    )
  }

  function pathOf(change: Change): string | undefined {
    if (change.type === 'startRun') {
      const path = storeOfRun(change.run.id)?.path ?? pathOfStart(change)
      places.set(change.run.id, path)
      return path
    }
    const [runId] = runIdsOf(change)
    if (runId !== undefined) return storeOfRun(runId)?.path
    return 'experimentId' in change && change.experimentId !== undefined
      ? pathOfExperiment(change.experimentId)
      : undefined
  }

  function placeOf(runId: RunId): string {
    return places.get(runId) ?? ''
  }

  /** The parts of a batch by the databases they belong in, or a run that none knows. */
  function split(batch: LogBatch): ReadonlyMap<string, LogBatch> | RunId {
    const changes = new Map<string, Change[]>()
    for (const change of batch.changes) {
      const path = pathOf(change)
      if (path === undefined) return runIdsOf(change)[0] ?? ''
      changes.set(path, [...(changes.get(path) ?? []), change])
    }
    const { arrays = [] } = batch
    const sections = [...batch.points.sections, ...arrays]
    const lost = sections.find(({ runId }) => storeOfRun(runId) === undefined && !places.has(runId))
    if (lost !== undefined) return lost.runId
    const paths = new Set([...changes.keys(), ...sections.map(({ runId }) => placeOf(runId))])
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
    folder,
    ingest(batch) {
      if (!existsSync(folder)) makeProject(folder)
      const parts = split(batch)
      if (typeof parts === 'string')
        return {
          ok: false,
          error: unknownRun(parts, 'nothing of the batch was written. Start the run first'),
        }
      for (const [path, part] of parts) {
        const written = storeAt(path).ingest(part)
        // Those that have their part know it by its sequence when it comes again.
        if (!written.ok) return written
      }
      return ok({ sequence: batch.sequence, watched: false })
    },
    stores: () => databasesOf(folder).map(storeAt),
    storeOfRun,
    close() {
      for (const store of open.values()) store.close()
      open.clear()
    },
  }
}

function knowsRun({ database: { sql } }: ProjectStore, runId: RunId): boolean {
  return sql.value('select id from runs where id = ?', [runId], TEXT) !== undefined
}

/** The sections of some runs, with their columns. */
function pointsWhere({ sections, columns }: PointColumns, isWanted: (runId: RunId) => boolean): PointColumns {
  const kept: Float64Array[] = []
  let offset = 0
  for (const { runId, count } of sections) {
    if (isWanted(runId)) kept.push(columns.subarray(offset, offset + 3 * count))
    offset += 3 * count
  }
  const joined = new Float64Array(kept.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of kept) {
    joined.set(part, at)
    at += part.length
  }
  return { sections: sections.filter(({ runId }) => isWanted(runId)), columns: joined }
}
