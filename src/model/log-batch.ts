import type { AlertRule } from './alert.ts'
import type { ArrayDtype, ArrayShape } from './array.ts'
import type { ArtifactId } from './artifact.ts'
import type { RankDirection } from './rank.ts'
import type { ConsoleLine } from './console-line.ts'
import type { Direction } from './experiment.ts'
import type { MediaNote } from './media.ts'
import type { JsonObject } from './json.ts'
import type { EndStatus, Params, RunBirth, RunEvent, Tags } from './run.ts'
import type { ExperimentId, RunId, Step, UnixMs } from './units.ts'

/** Everything a run is born with. The experiment is found by id when one is given, else by name, else created. */
export interface RunStart extends RunBirth {
  readonly experiment: {
    readonly name: string
    readonly id?: ExperimentId
    readonly notes?: string
    readonly createdAt?: UnixMs
  }
  readonly params: Params
  readonly tags: Tags
}

/** Why a logged value was not kept. */
export const REFUSAL_REASONS = [
  'value-not-a-number',
  /** Until steps could be fractions. */
  'step-not-a-safe-integer',
  'step-not-a-number',
  'time-not-a-number',
  'array-shape-does-not-fit',
  'array-too-large',
  'media-unreadable',
  'value-missing',
  'value-empty',
  'value-late',
  'value-unreadable',
  'value-is-a-date',
  'value-is-an-object',
  'text-not-a-number',
  'bigint-too-large',
  'tensor-of-many-values',
  'list-of-numbers',
  'array-of-a-curve',
  'nested-too-much',
  'call-without-names',
] as const
export type RefusalReason = (typeof REFUSAL_REASONS)[number]

/** How many values of one metric were refused for one reason. */
export interface Refusal {
  readonly key: string
  readonly reason: RefusalReason
  readonly count: number
  /** What the latest refused value was, in words: `string "0.3"`, `undefined`. At most 80 characters. */
  readonly example: string
}

/** One thing said of an experiment or a run. Applied in order; saying it twice changes nothing more (refusals add up). */
export type Change =
  | { readonly type: 'startRun'; readonly run: RunStart }
  | { readonly type: 'resumeRun'; readonly runId: RunId }
  | { readonly type: 'endRun'; readonly runId: RunId; readonly status: EndStatus; readonly endedAt: UnixMs }
  | {
      readonly type: 'setParams'
      readonly runId: RunId
      readonly params: Params
      /** For those that were set while the run ran, at this step: what they were at first stays known. */
      readonly step?: Step | null
    }
  /** A null removes the tag. */
  | {
      readonly type: 'setTags'
      readonly runId: RunId
      readonly tags: Readonly<Record<string, string | null>>
    }
  | { readonly type: 'setSummary'; readonly runId: RunId; readonly summary: Params }
  | { readonly type: 'setEnvironment'; readonly runId: RunId; readonly environment: JsonObject }
  | { readonly type: 'setRunName'; readonly runId: RunId; readonly name: string }
  | { readonly type: 'setRunNotes'; readonly runId: RunId; readonly notes: string }
  | { readonly type: 'setRunColor'; readonly runId: RunId; readonly color: string | null }
  | { readonly type: 'setRunGroup'; readonly runId: RunId; readonly groupName: string | null }
  | { readonly type: 'addRefusals'; readonly runId: RunId; readonly refusals: readonly Refusal[] }
  | { readonly type: 'addEvents'; readonly runId: RunId; readonly events: readonly RunEvent[] }
  /** Hides runs from every reader but keeps their rows, so that `restoreRuns` undoes it. */
  | { readonly type: 'removeRuns'; readonly runIds: readonly RunId[]; readonly removedAt: UnixMs }
  | { readonly type: 'restoreRuns'; readonly runIds: readonly RunId[] }
  /** Puts runs away: they are shown only where a filter asks for archived ones. */
  | { readonly type: 'archiveRuns'; readonly runIds: readonly RunId[]; readonly archivedAt: UnixMs }
  | { readonly type: 'unarchiveRuns'; readonly runIds: readonly RunId[] }
  /** Keeps an arrangement of the workspace under a name; null takes it away. */
  | {
      readonly type: 'saveView'
      readonly experimentId: ExperimentId
      readonly name: string
      readonly view: string | null
    }
  /** null: as far as the name of the metric tells. */
  | {
      readonly type: 'setDirection'
      readonly experimentId: ExperimentId
      readonly key: string
      readonly direction: Direction | null
    }
  /** Gives an alias to a version of a name, whichever has it now; null takes it away. */
  | {
      readonly type: 'setAlias'
      readonly experimentId: ExperimentId
      readonly name: string
      readonly alias: string
      readonly artifactId: ArtifactId | null
      /** As of `HeldAlias`; null when left out. */
      readonly runId?: RunId | null
      readonly metric?: string | null
      readonly value?: number | null
      readonly direction?: RankDirection | null
    }
  | {
      readonly type: 'useArtifact'
      readonly runId: RunId
      readonly artifactId: ArtifactId
      readonly usedAt: UnixMs
    }
  /** Hides versions but keeps their bytes, so that null undoes it. */
  | {
      readonly type: 'removeArtifacts'
      readonly artifactIds: readonly ArtifactId[]
      readonly removedAt: UnixMs | null
      /** Whose lists change; only so that they are read again. */
      readonly experimentId?: ExperimentId
    }
  /**
   * null: all versions of the name are kept. Takes effect with the next version that is stored. Without a run it is said for
   * all of them, whatever they said before.
   */
  | {
      readonly type: 'setArtifactPolicy'
      readonly experimentId: ExperimentId
      readonly name: string
      readonly keep: number | null
      readonly runId?: RunId | null
    }
  /** Makes a version the next one of a registered model, and the model where there is none of that name. */
  | {
      readonly type: 'registerModel'
      readonly model: string
      readonly artifactId: ArtifactId
      readonly createdAt: UnixMs
      /** The next one when left out. */
      readonly version?: number
      /** As of `removeArtifacts`. */
      readonly experimentId?: ExperimentId
    }
  | {
      readonly type: 'unregisterModel'
      readonly model: string
      readonly artifactId: ArtifactId
      /** As of `removeArtifacts`. */
      readonly experimentId?: ExperimentId
    }
  | {
      readonly type: 'setModelStage'
      readonly model: string
      readonly artifactId: ArtifactId
      readonly stage: string | null
      /** As of `removeArtifacts`. */
      readonly experimentId?: ExperimentId
    }
  | {
      readonly type: 'setModelNotes'
      readonly model: string
      readonly notes: string
      /** As of `removeArtifacts`. */
      readonly experimentId?: ExperimentId
    }
  /** What the training said, in order. */
  | { readonly type: 'addConsole'; readonly runId: RunId; readonly lines: readonly ConsoleLine[] }
  /** Watches a metric of all runs of an experiment; null no longer. */
  | {
      readonly type: 'setAlert'
      readonly experimentId: ExperimentId
      readonly id: string
      readonly rule: AlertRule | null
    }

/** Every run a change speaks of, the one it starts too. */
export function runIdsOf(change: Change): readonly RunId[] {
  switch (change.type) {
    case 'startRun':
      return [change.run.id]
    case 'removeRuns':
    case 'restoreRuns':
    case 'archiveRuns':
    case 'unarchiveRuns':
      return change.runIds
    case 'saveView':
    case 'setDirection':
    case 'setAlias':
    case 'removeArtifacts':
    case 'setArtifactPolicy':
    case 'registerModel':
    case 'unregisterModel':
    case 'setModelStage':
    case 'setModelNotes':
    case 'setAlert':
      return []
    default:
      return [change.runId]
  }
}

export interface PointSection {
  readonly runId: RunId
  readonly key: string
  readonly count: number
}

/**
 * The points of a batch, column by column.
 *
 * Shape: `columns` holds, for each section in order, `count` steps, then `count` values, then `count` times.
 * Unit: steps are finite, up to 2^53; times UnixMs.
 */
export interface PointColumns {
  readonly sections: readonly PointSection[]
  readonly columns: Float64Array
}

/**
 * Arrays of one kind under one key of a run, in log order.
 *
 * Shape: `steps` and `times` one entry an array; `bytes` the arrays one after another, row-major, little-endian.
 */
export interface ArraySection {
  readonly runId: RunId
  readonly key: string
  readonly dtype: ArrayDtype
  readonly shape: ArrayShape
  /** What they show; missing for plain arrays. */
  readonly media?: MediaNote | undefined
  readonly steps: Float64Array
  readonly times: Float64Array
  readonly bytes: Uint8Array
  /**
   * For one array too large for a batch: `bytes` is the part of it that begins at `offset`. Its parts come in order, each
   * but the last a multiple of ARRAY_PART_BYTES long, under an id of their own, so that two such arrays may come in turns.
   */
  readonly part?: { readonly id: string; readonly offset: number }
}

/** Buffers of a batch from this size on change hands, and come back with the receipt: smaller ones are as soon made. */
export const RETURNED_MIN_BYTES = 2 ** 16

/** What parts of an array, and the rows a store keeps them in, are cut at: 1 MiB is written in about two milliseconds. */
export const ARRAY_PART_BYTES = 2 ** 20

/** A batch holds at most about this many bytes of arrays, so that no commit keeps others waiting for long. */
export const MAX_BATCH_ARRAY_BYTES = 32 * ARRAY_PART_BYTES

/**
 * What a client sends and the store commits together, in one transaction.
 *
 * `sequence` counts the batches of one client from 1. A batch whose sequence is committed already is recognised and
 * dropped, so resending is always safe. `firstUnacknowledged` is the lowest sequence the client still holds: a batch
 * is accepted only when nothing it should follow is missing.
 */
export interface LogBatch {
  readonly clientId: string
  readonly sequence: number
  readonly firstUnacknowledged: number
  /** The Web Lock that the client holds for as long as it lives: it shows that the runs it starts and resumes do. */
  readonly lock?: string
  readonly changes: readonly Change[]
  readonly points: PointColumns
  /** Absent when there are none. */
  readonly arrays?: readonly ArraySection[]
}

export const NO_POINTS: PointColumns = { sections: [], columns: new Float64Array(0) }

/** One after another. Cost: a copy. */
export function joinColumns(parts: readonly Float64Array[]): Float64Array {
  const joined = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    joined.set(part, at)
    at += part.length
  }
  return joined
}

/** Steps, values and times of one section as views into the batch. */
export interface SectionColumns {
  readonly steps: Float64Array
  readonly values: Float64Array
  readonly times: Float64Array
}

/** The views of a section that starts at `offset` (in elements) of `columns`. Cost: no copy. */
export function sectionColumns(columns: Float64Array, offset: number, count: number): SectionColumns {
  return {
    steps: columns.subarray(offset, offset + count),
    values: columns.subarray(offset + count, offset + 2 * count),
    times: columns.subarray(offset + 2 * count, offset + 3 * count),
  }
}
