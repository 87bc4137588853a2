import { bornWith } from '../../src/model/run.ts'
import { NUMBER } from '../../src/model/column.ts'
import type { Change, LogBatch, PointColumns, RunStart } from '../../src/model/log-batch.ts'
import { NO_POINTS } from '../../src/model/log-batch.ts'
import type { RunId } from '../../src/model/units.ts'
import { OWN_DATABASE } from '../../src/protocol/database-id.ts'
import type { TrackerEvent } from '../../src/protocol/tracker-event.ts'
import type { Database } from '../db/database.ts'
import { openDatabases } from '../db/databases.ts'
import { readPoints } from '../read/read-points.ts'
import type { StoreFiles } from '../db/store-files.ts'
import { isShared } from '../db/sql.ts'
import { makeService } from '../service.ts'
import type { Service } from '../service.ts'
import { valueOf } from './assert.ts'

/** Opens the files of the case, the same at every call within it. */
export type OpenFiles = () => Promise<StoreFiles>

/** One thing the store promises. Errors: throws when it does not hold. */
export interface StoreCase {
  readonly name: string
  /** What the files of a store must have for it: a commit log, the engine under their connections, or nobody else at work in them. */
  readonly needs?: 'log' | 'engine' | 'alone'
  run(openFiles: OpenFiles): Promise<void>
}

/** A service under test and what is behind it. */
export interface Store {
  readonly service: Service
  readonly own: Database
  readonly events: readonly TrackerEvent[]
  /** Points as they are read again: rows have no −0. Shape: [step, value, time]. */
  kept(points: readonly (readonly number[])[]): number[][]
  /** Lets go as an orderly end does. */
  close(): void
  /** Lets go without taking anything in, as a killed tab does. */
  abandon(): void
}

export async function openStore(openFiles: OpenFiles): Promise<Store> {
  const files = await openFiles()
  const events: TrackerEvent[] = []
  const databases = await openDatabases(files)
  const service = makeService(databases, (event) => events.push(event))
  return {
    service,
    own: databases.own,
    events,
    kept: (points) =>
      points.map((point) => point.map((value) => (isShared(databases.own.sql) ? value + 0 : value))),
    close: () => service.close(),
    abandon: () => databases.close(),
  }
}

/** Batches of one client, numbered in order. */
export interface Client {
  readonly id: string
  batch(changes: readonly Change[], points?: PointColumns): LogBatch
}

export function makeClient(id: string): Client {
  let sequence = 0
  return {
    id,
    batch(changes, points = NO_POINTS) {
      sequence += 1
      return { clientId: id, sequence, firstUnacknowledged: sequence, changes, points }
    },
  }
}

export const STARTED_AT = 1_700_000_000_000

export function startOf(id: RunId, more: Partial<RunStart> = {}): Change {
  return {
    type: 'startRun',
    run: {
      ...bornWith({ id, name: `run ${id}`, startedAt: STARTED_AT }),
      experiment: { name: 'digits' },
      params: {},
      tags: {},
      ...more,
    },
  }
}

/** Points of one series. Shape: [step, value] or [step, value, milliseconds after STARTED_AT]. */
export interface Drawn {
  readonly runId: RunId
  readonly key: string
  readonly points: readonly (readonly number[])[]
}

export function pointsOf(...drawn: readonly Drawn[]): PointColumns {
  const sections = drawn.map(({ runId, key, points }) => ({ runId, key, count: points.length }))
  const columns = drawn.flatMap(({ points }) =>
    [
      points.map(([step = 0]) => step),
      points.map(([, value = Number.NaN]) => value),
      points.map(([step = 0, , time = step]) => STARTED_AT + time),
    ].flat(),
  )
  return { sections, columns: Float64Array.from(columns) }
}

/** Points with steps from `from` on, one a millisecond. */
export function rampOf(runId: RunId, key: string, from: number, count: number): Drawn {
  return {
    runId,
    key,
    points: Array.from({ length: count }, (_, index) => [from + index, Math.sin(from + index)]),
  }
}

/** All points of a series as the exporters read them. Shape: [step, value, milliseconds after STARTED_AT]. */
export function readAll({ own }: Store, runId: RunId, key: string): number[][] {
  const id = own.sql.value('select id from series where run_id = ? and key = ?', [runId, key], NUMBER)
  const all: number[][] = []
  if (id === undefined) return all
  for (;;) {
    const { steps, values, times } = readPoints(own, id, all.length, 5000)
    if (steps.length === 0) return all
    for (let index = 0; index < steps.length; index++) {
      all.push([steps[index] ?? 0, values[index] ?? 0, (times[index] ?? 0) - STARTED_AT])
    }
  }
}

/** The runs of the first experiment. */
export async function readRunIds({ service }: Store): Promise<readonly string[]> {
  const [experiment] = valueOf(await service.readExperiments(OWN_DATABASE))
  if (experiment === undefined) return []
  return valueOf(await service.readRuns({ database: OWN_DATABASE, experimentId: experiment.id })).id
}
