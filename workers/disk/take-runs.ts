import { NUMBER } from '../../src/model/column.ts'
import {
  NO_POINTS,
  sectionColumns,
  type ArraySection,
  type Change,
  type LogBatch,
  type PointColumns,
} from '../../src/model/log-batch.ts'
import { ok, type Result } from '../../src/model/result.ts'
import { createId, type RunId } from '../../src/model/units.ts'
import type { TrackerError } from '../../src/protocol/tracker-error.ts'
import type { Database } from '../db/database.ts'
import type { Sql } from '../db/sql.ts'
import { parseExperiment, parseRunRecord } from '../formats/parse-run.ts'
import { applyChanges } from '../ingest/apply-change.ts'
import { readLocks } from '../ingest/run-locks.ts'
import type { TakeMessage } from '../mirror/messages.ts'
import type { Project } from '../native/project.ts'
import type { ProjectStore } from '../native/project-store.ts'
import { readRun } from '../read/run-detail.ts'
import { recordToChanges } from './record-changes.ts'

/** Thrown for what does not follow on what is there, or speaks of runs that nobody knows here: it is to be asked for again. */
export class Behind extends Error {
  override readonly name = 'Behind'

  constructor(reason = 'What was sent does not follow on what is there.') {
    super(reason)
  }
}

/** What a message says for one database. */
interface Portion {
  readonly runs: TakeMessage['runs'][number][]
  readonly removed: TakeMessage['removed'][number][]
  readonly sections: { readonly section: number; readonly offset: number }[]
  readonly arrays: number[]
  readonly consoles: TakeMessage['consoles'][number][]
}

/** Takes messages of a browser into the databases of a project. */
export interface Taker {
  /** Errors: throws `Behind`, and then what was taken of it is known when it comes again. */
  take(message: TakeMessage): Result<null, TrackerError>
  toBatch(changes: readonly Change[], points?: PointColumns, arrays?: readonly ArraySection[]): LogBatch
}

/** `lock` shows that those who log the runs live. */
export function makeTaker(project: Project, lock: string): Taker {
  const clientId = `mirror-${createId()}`
  let sequence = 0

  function toBatch(
    changes: readonly Change[],
    points: PointColumns = NO_POINTS,
    arrays: readonly ArraySection[] = [],
  ): LogBatch {
    sequence += 1
    return { clientId, sequence, firstUnacknowledged: sequence, lock, changes, points, arrays }
  }

  /** Runs inside the transaction. */
  function makeBatch(database: Database, message: TakeMessage, portion: Portion): LogBatch {
    const changes = portion.runs.flatMap((taken) => changesOf(database, taken, lock))
    for (const { runId, removedAt } of portion.removed)
      changes.push({ type: 'removeRuns', runIds: [runId], removedAt })
    checkPoints(database.sql, message, portion)
    checkArrays(database.sql, message, portion)
    for (const { runId, from, lines } of portion.consoles) {
      if (countLines(database.sql, runId) !== from) throw new Behind()
      changes.push({ type: 'addConsole', runId, lines })
    }
    const arrays = portion.arrays.flatMap((index) => message.arrays[index] ?? [])
    return toBatch(changes, pointsOf(message, portion), arrays)
  }

  return {
    toBatch,
    take(message) {
      for (const [store, portion] of portionsOf(project, message)) {
        const taken = store.ingestNext((database) => makeBatch(database, message, portion))
        if (taken.ok) continue
        const { code } = taken.error
        if (code === 'unknown-run' || code === 'batch-malformed') throw new Behind(taken.error.message)
        return taken
      }
      return ok(null)
    },
  }
}

function portionsOf(project: Project, message: TakeMessage): ReadonlyMap<ProjectStore, Portion> {
  const portions = new Map<ProjectStore, Portion>()
  const portionAt = (store: ProjectStore): Portion => {
    const known = portions.get(store) ?? { runs: [], removed: [], sections: [], arrays: [], consoles: [] }
    portions.set(store, known)
    return known
  }
  const portionOf = (runId: RunId): Portion => {
    const store = project.storeOfRun(runId)
    if (store === undefined) throw new Behind()
    return portionAt(store)
  }
  for (const taken of message.runs) {
    const record = parseRunRecord(taken.record as object)
    const experiment = parseExperiment(taken.experiment as never)
    portionAt(project.storeForRun(record.run.id, experiment.name)).runs.push({ experiment, record })
  }
  for (const removed of message.removed) portionOf(removed.runId).removed.push(removed)
  let offset = 0
  for (const [section, { runId, count }] of message.points.sections.entries()) {
    portionOf(runId).sections.push({ section, offset })
    offset += 3 * count
  }
  for (const [index, { runId }] of message.arrays.entries()) portionOf(runId).arrays.push(index)
  for (const console of message.consoles) portionOf(console.runId).consoles.push(console)
  return portions
}

/** Experiments meet by their names, for each browser has an id of its own for one. */
function changesOf(
  database: Database,
  { experiment: { name, notes, createdAt }, record }: TakeMessage['runs'][number],
  lock: string,
): Change[] {
  const runId = record.run.id
  // What is in the bin cannot be read.
  applyChanges(database.sql, [{ type: 'restoreRuns', runIds: [runId] }], null)
  const isOurs = readLocks(database.sql, runId).includes(lock)
  return recordToChanges(readRun(database, runId), record, { name, notes, createdAt }, isOurs)
}

/** Every section begins where the series ends, or where a section before it does. */
function checkPoints(sql: Sql, { points, pointsFrom }: TakeMessage, { sections }: Portion): void {
  const ends = new Map<string, number>()
  for (const { section } of sections) {
    const found = points.sections[section]
    if (found === undefined) continue
    const { runId, key, count } = found
    const name = `${runId} ${key}`
    const from = ends.get(name) ?? countPoints(sql, runId, key)
    if (from !== pointsFrom[section]) throw new Behind()
    ends.set(name, from + count)
  }
}

function checkArrays(sql: Sql, { arrays, arraysFrom }: TakeMessage, { arrays: indices }: Portion): void {
  const ends = new Map<string, number>()
  for (const index of indices) {
    const array = arrays[index]
    if (array === undefined) continue
    const name = `${array.runId} ${array.key}`
    const from = ends.get(name) ?? countArrays(sql, array.runId, array.key)
    if (from !== arraysFrom[index]) throw new Behind()
    ends.set(name, from + array.steps.length)
  }
}

function pointsOf({ points }: TakeMessage, { sections }: Portion): PointColumns {
  if (sections.length === points.sections.length) return points
  const parts = sections.flatMap(({ section, offset }) => {
    const found = points.sections[section]
    return found === undefined ? [] : [{ ...found, ...sectionColumns(points.columns, offset, found.count) }]
  })
  if (parts.length === 0) return NO_POINTS
  const columns = new Float64Array(parts.reduce((sum, { count }) => sum + 3 * count, 0))
  let at = 0
  for (const { steps, values, times } of parts)
    for (const column of [steps, values, times]) {
      columns.set(column, at)
      at += column.length
    }
  return { sections: parts.map(({ runId, key, count }) => ({ runId, key, count })), columns }
}

export function countPoints(sql: Sql, runId: RunId, key: string): number {
  return sql.value('select count from series where run_id = ? and key = ?', [runId, key], NUMBER) ?? 0
}

const COUNT_ARRAYS = 'select count(*) from arrays where run_id = ? and key = ? and upload is null'

function countArrays(sql: Sql, runId: RunId, key: string): number {
  return sql.value(COUNT_ARRAYS, [runId, key], NUMBER) ?? 0
}

export function countLines(sql: Sql, runId: RunId): number {
  return sql.value('select count(*) from console_lines where run_id = ?', [runId], NUMBER) ?? 0
}
