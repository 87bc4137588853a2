import type { Change, ArraySection, PointColumns } from '../../src/model/log-batch.ts'
import type { ConsoleLine } from '../../src/model/console-line.ts'
import type { Experiment } from '../../src/model/experiment.ts'
import type { ArtifactId } from '../../src/model/artifact.ts'
import type { RunId, UnixMs } from '../../src/model/units.ts'
import type { Greeting } from '../../src/protocol/wire.ts'
import type { ArtifactSource, ExperimentRecord, RunRecord } from '../formats/contents.ts'

/** What a server that keeps a folder says besides. */
export interface DiskGreeting extends Greeting {
  /** As the folder is called. */
  readonly folder: string
  /** Why nothing will be kept there, as a sentence; else empty. */
  readonly problem: string
}

/** What is asked of at most so many runs at once. */
export const MAX_ASKED_RUNS = 500

/** A longer body is refused: points of a slice and arrays of a part, and room for what is said of runs. */
export const MAX_BODY_BYTES = 32 * 2 ** 20

/** How much of a run is there. */
export interface RunOnDisk {
  readonly runId: RunId
  /** Of what is known of it besides what grows: see `fingerprintOf`. */
  readonly record: string
  readonly isRemoved: boolean
  /** How many points and arrays, by key. */
  readonly series: Readonly<Record<string, number>>
  readonly arrays: Readonly<Record<string, number>>
  readonly lines: number
  readonly artifacts: readonly ArtifactId[]
}

export interface TakenRun {
  readonly experiment: Experiment
  readonly record: RunRecord
}

/** What follows on what is there. A `from` is the ordinal of the first, section by section; all of it is taken or nothing. */
export interface TakeMessage {
  readonly runs: readonly TakenRun[]
  readonly removed: readonly { readonly runId: RunId; readonly removedAt: UnixMs }[]
  readonly points: PointColumns
  readonly pointsFrom: readonly number[]
  readonly arrays: readonly ArraySection[]
  readonly arraysFrom: readonly number[]
  readonly consoles: readonly {
    readonly runId: RunId
    readonly from: number
    readonly lines: readonly ConsoleLine[]
  }[]
}

/** Bytes of a file of an artifact that follow on those that came before. */
export interface FilePart {
  readonly artifactId: ArtifactId
  readonly file: number
  readonly offset: number
  readonly bytes: Uint8Array
}

/** A version whose bytes came before: of those files whose number is in `sent`. */
export interface ArtifactMessage {
  readonly artifact: ArtifactSource
  readonly sent: readonly number[]
}

/** What is arranged in an experiment, and said of its artifacts. */
export interface ArrangeMessage {
  readonly experiment: ExperimentRecord
  readonly remarks: readonly Change[]
}

export interface ListedExperiment {
  readonly file: string
  readonly name: string
  readonly runs: number
  /** The newest of them: enough to tell whether a browser has any. */
  readonly runIds: readonly RunId[]
}

/** Every call by its name: what it is asked with, and what it answers. */
export interface DiskCalls {
  ask: readonly [{ readonly runIds: readonly RunId[] }, readonly RunOnDisk[]]
  take: readonly [TakeMessage, null]
  /** Says that these runs are still logged; answers those that are running there. */
  alive: readonly [{ readonly runIds: readonly RunId[] }, readonly RunId[]]
  arrange: readonly [ArrangeMessage, null]
  filePart: readonly [FilePart, null]
  artifact: readonly [ArtifactMessage, null]
  list: readonly [null, readonly ListedExperiment[]]
}
/** The call that answers the bytes of a `.db`, which may be many. */
export const READ_CALL = 'read'
export interface ReadAsked {
  readonly file: string
}
export type DiskCall = keyof DiskCalls
export type Asked<Name extends DiskCall> = DiskCalls[Name][0]
export type Answered<Name extends DiskCall> = DiskCalls[Name][1]
