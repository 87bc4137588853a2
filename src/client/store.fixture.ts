import { sectionColumns, type Change, type LogBatch } from '../model/log-batch.ts'
import { err, ok, type Result } from '../model/result.ts'
import type { StoreArtifactRequest } from '../protocol/artifacts-api.ts'
import type { Outcome } from '../protocol/outcome.ts'
import type { IngestReceipt } from '../protocol/store-api.ts'
import { trackerError, type TrackerError, type TrackerErrorCode } from '../protocol/tracker-error.ts'
import type { RunApi } from './stored-artifacts.ts'
import { mentionedRuns } from './point-source.ts'

/** What becomes of one batch on its way. */
export type Fate =
  | { readonly type: 'arrives'; readonly requestMs?: number; readonly answerMs?: number }
  /** Never reaches the store. */
  | { readonly type: 'requestLost' }
  /** Is stored, but nobody hears of it. */
  | { readonly type: 'answerLost' }
  | { readonly type: 'refused'; readonly code: TrackerErrorCode; readonly requestMs?: number }
  | { readonly type: 'throws' }

/** A point as logged: step, value, time. */
export type Point = readonly [step: number, value: number, time: number]

/** A store in memory that keeps the promises of `TrackerApi.ingest` and breaks its transport on demand; for tests. */
export interface FakeStore {
  ingest(batch: LogBatch): Outcome<IngestReceipt>
  /** Used up one by one; batches beyond it arrive. */
  readonly fates: Fate[]
  /** What every batch meets once `fates` is used up; null when it arrives. */
  blockedBy: TrackerErrorCode | null
  /** What receipts say of it. */
  watched: boolean
  memory: string | undefined
  readonly batches: readonly LogBatch[]
  readonly changes: readonly Change[]
  points(runId: string, key: string): readonly Point[]
  /** What was asked to be stored; every request is. */
  readonly uploads: readonly StoreArtifactRequest[]
  /** Knows artifacts only as uploads. */
  readonly artifacts: RunApi
  /** The most batches that were under way at a time. */
  readonly mostInFlight: number
  /** A takeover by a store that has nothing of this one. */
  forget(): void
}

export function createFakeStore(): FakeStore {
  const fates: Fate[] = []
  const batches: LogBatch[] = []
  const changes: Change[] = []
  const series = new Map<string, Point[]>()
  const uploads: StoreArtifactRequest[] = []
  const runs = new Set<string>()
  let committed = 0
  let inFlight = 0
  let mostInFlight = 0
  let blockedBy: TrackerErrorCode | null = null
  let watched = false
  let memory: string | undefined
  const receipt = (): IngestReceipt => ({
    sequence: committed,
    watched,
    ...(memory === undefined ? {} : { memory }),
  })

  function commit(batch: LogBatch): Result<IngestReceipt, TrackerError> {
    if (batch.sequence <= committed) return ok(receipt())
    if (Math.max(committed + 1, batch.firstUnacknowledged) < batch.sequence) {
      return err(trackerError('sequence-gap', `Batch ${committed + 1} is missing.`))
    }
    const started = batch.changes.flatMap((change) => (change.type === 'startRun' ? [change.run.id] : []))
    const unknown = [...mentionedRuns(batch)].find((runId) => !runs.has(runId) && !started.includes(runId))
    if (unknown !== undefined) return err(trackerError('unknown-run', `There is no run ${unknown}.`))
    for (const runId of started) runs.add(runId)
    batches.push(batch)
    changes.push(...batch.changes)
    keepPoints(batch)
    committed = batch.sequence
    return ok(receipt())
  }

  function keepPoints(batch: LogBatch): void {
    let offset = 0
    for (const { runId, key, count } of batch.points.sections) {
      const { steps, values, times } = sectionColumns(batch.points.columns, offset, count)
      offset += 3 * count
      const points = series.get(`${runId} ${key}`) ?? []
      series.set(`${runId} ${key}`, points)
      for (let index = 0; index < count; index += 1) {
        points.push([steps[index] ?? 0, values[index] ?? 0, times[index] ?? 0])
      }
    }
  }

  async function meet(fate: Fate, batch: LogBatch): Outcome<IngestReceipt> {
    const interrupted = err(trackerError('interrupted', 'The owner of the database is gone.'))
    switch (fate.type) {
      case 'requestLost':
        await pause(1)
        return interrupted
      case 'answerLost':
        commit(batch)
        await pause(1)
        return interrupted
      case 'refused':
        await pause(fate.requestMs ?? 0)
        return err(trackerError(fate.code, `Refused: ${fate.code}.`))
      case 'throws':
        throw new Error('SQLITE_CORRUPT')
      case 'arrives': {
        await pause(fate.requestMs ?? 0)
        const answer = commit(batch)
        await pause(fate.answerMs ?? 0)
        return answer
      }
    }
  }

  return {
    fates,
    batches,
    changes,
    async ingest(batch) {
      inFlight += 1
      mostInFlight = Math.max(mostInFlight, inFlight)
      const blocked: Fate | null = blockedBy === null ? null : { type: 'refused', code: blockedBy }
      try {
        return await meet(fates.shift() ?? blocked ?? { type: 'arrives' }, structuredClone(batch))
      } finally {
        inFlight -= 1
      }
    },
    uploads,
    artifacts: {
      storeArtifact(request) {
        uploads.push(request)
        return Promise.resolve(ok({ id: request.id, version: uploads.length, newBytes: 0 }))
      },
      readArtifacts: nothing,
      readArtifactFile: nothing,
      readExperiments: nothing,
      readRun: () => Promise.resolve(err(trackerError('unknown-run', 'This store gives nothing back.'))),
    },
    points: (runId, key) => series.get(`${runId} ${key}`) ?? [],
    get mostInFlight() {
      return mostInFlight
    },
    get memory() {
      return memory
    },
    set memory(reason) {
      memory = reason
    },
    get watched() {
      return watched
    },
    set watched(isWatched) {
      watched = isWatched
    },
    get blockedBy() {
      return blockedBy
    },
    set blockedBy(code) {
      blockedBy = code
    },
    forget() {
      runs.clear()
      series.clear()
      batches.length = 0
      changes.length = 0
      committed = 0
    },
  }
}

function nothing(): Promise<Result<never, TrackerError>> {
  return Promise.resolve(err(trackerError('unknown-artifact', 'This store gives nothing back.')))
}

function pause(ms: number): Promise<void> {
  return ms === 0 ? Promise.resolve() : new Promise((resolve) => setTimeout(resolve, ms))
}
