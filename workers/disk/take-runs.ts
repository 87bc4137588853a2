import { NUMBER } from '../../src/model/column.ts'
import {
  NO_POINTS,
  type ArraySection,
  type Change,
  type LogBatch,
  type PointColumns,
} from '../../src/model/log-batch.ts'
import { ok, type Result } from '../../src/model/result.ts'
import { createId, type RunId } from '../../src/model/units.ts'
import type { TrackerError } from '../../src/protocol/tracker-error.ts'
import type { Database } from '../db/database.ts'
import { nameOf } from '../db/points/series-memory.ts'
import type { Sql } from '../db/sql.ts'
import { Refusal } from '../door/gate.ts'
import { parseExperiment, parseRunRecord } from '../formats/parse-run.ts'
import { applyChanges } from '../ingest/apply-change.ts'
import { readLocks } from '../ingest/run-locks.ts'
import type { TakeMessage } from '../mirror/messages.ts'
import { pointsWhere, type Project } from '../native/project.ts'
import type { ProjectStore } from '../native/project-store.ts'
import { readRun } from '../read/run-detail.ts'
import { recordToChanges } from './record-changes.ts'

/** Thrown for what does not follow on what is there, or speaks of runs that nobody knows here: it is to be asked for again. */
export class Behind extends Refusal {
  constructor(reason = 'What was sent does not follow on what is there.') {
    super(409, reason)
  }
}

/** What a message says for one database. */
interface Portion {
  readonly runs: TakeMessage['runs'][number][]
  readonly removed: TakeMessage['removed'][number][]
  readonly consoles: TakeMessage['consoles'][number][]
  /** Whose points and arrays go there. */
  readonly growing: Set<RunId>
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
    const isHere = (runId: RunId): boolean => portion.growing.has(runId)
    const { points, arrays } = message
    checkFollows(
      isHere,
      points.sections,
      message.pointsFrom,
      (section) => section.count,
      (runId, key) => countPoints(database.sql, runId, key),
    )
    checkFollows(
      isHere,
      arrays,
      message.arraysFrom,
      ({ steps }) => steps.length,
      (runId, key) => countArrays(database.sql, runId, key),
    )
    for (const { runId, from, lines } of portion.consoles) {
      if (countLines(database.sql, runId) !== from) throw new Behind()
      changes.push({ type: 'addConsole', runId, lines })
    }
    return toBatch(
      changes,
      pointsWhere(points, isHere),
      arrays.filter(({ runId }) => isHere(runId)),
    )
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
    const known = portions.get(store) ?? { runs: [], removed: [], consoles: [], growing: new Set() }
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
  const growing = new Set([...message.points.sections, ...message.arrays].map(({ runId }) => runId))
  for (const runId of growing) portionOf(runId).growing.add(runId)
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

interface Named {
  readonly runId: RunId
  readonly key: string
}

/** Every section that is here begins where its series ends, `from`s being said section by section, or where one before it does. */
function checkFollows<T extends Named>(
  isHere: (runId: RunId) => boolean,
  sections: readonly T[],
  froms: readonly number[],
  lengthOf: (section: T) => number,
  endOf: (runId: RunId, key: string) => number,
): void {
  const ends = new Map<string, number>()
  for (const [index, section] of sections.entries()) {
    const { runId, key } = section
    if (!isHere(runId)) continue
    const name = nameOf(runId, key)
    const from = ends.get(name) ?? endOf(runId, key)
    if (from !== froms[index]) throw new Behind()
    ends.set(name, from + lengthOf(section))
  }
}

function countPoints(sql: Sql, runId: RunId, key: string): number {
  return sql.value('select count from series where run_id = ? and key = ?', [runId, key], NUMBER) ?? 0
}

const COUNT_ARRAYS = 'select count(*) from arrays where run_id = ? and key = ? and upload is null'

function countArrays(sql: Sql, runId: RunId, key: string): number {
  return sql.value(COUNT_ARRAYS, [runId, key], NUMBER) ?? 0
}

export function countLines(sql: Sql, runId: RunId): number {
  return sql.value('select count(*) from console_lines where run_id = ?', [runId], NUMBER) ?? 0
}
