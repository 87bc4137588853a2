import type { LogBatch } from '../model/log-batch.ts'
import type { RunId, UnixMs } from '../model/units.ts'
import type { CallsOf } from './call-kind.ts'
import type { ExportedFile, OpenedFile } from './files-api.ts'
import type { Outcome } from './outcome.ts'

/** The store itself: who may speak to it, what it takes in, how it is, and the work under way. */
export interface StoreApi {
  /** Handshake: resolves when a database is open, here or in the owner. */
  hello(client: ClientHello): Outcome<Welcome>
  /** Commits a batch. When it answers the rows are durable. */
  ingest(batch: LogBatch): Outcome<IngestReceipt>
  readStorage(): Outcome<StorageReport>
  /** The bytes of a damaged database, as they are. */
  exportDamaged(request: ExportDamagedRequest): Outcome<ExportedFile>
  /** Notes that the user has read about a damaged database, or wants to again, or deletes it. */
  settleDamaged(request: SettleDamagedRequest): Outcome<null>
  /** Stops a running export, open, keep or upload, which then answers `cancelled` and leaves nothing behind. */
  cancel(jobId: string): Outcome<null>
}

export const STORE_CALLS = {
  hello: 'again',
  ingest: 'again',
  readStorage: 'again',
  exportDamaged: 'once',
  settleDamaged: 'again',
  cancel: 'again',
} as const satisfies CallsOf<StoreApi>

export interface ClientHello {
  readonly protocolVersion: number
}

export interface Welcome {
  readonly protocolVersion: number
  readonly storage: StorageKind
}

/** disk: files of a folder, in Node. memory: nothing survives the tab; `reason` in StorageReport says why. */
export type StorageKind = 'opfs' | 'disk' | 'memory'

export interface IngestReceipt {
  /** The last committed sequence of this client; at least the one just sent. */
  readonly sequence: number
  /** Whether anyone read points lately: then what is logged is worth sending sooner. */
  readonly watched: boolean
  /** Why what took it is memory, as a sentence; missing where it is files. */
  readonly memory?: string
  /** Those of the arrays of the batch, to be used again; missing where they did not change hands. */
  readonly buffers?: readonly ArrayBuffer[]
}

export interface StorageReport {
  readonly kind: StorageKind
  /** Why the database is in memory, as a sentence; where it is on disk; empty for opfs. */
  readonly reason: string
  /** Size of the own database and of every opened file. */
  readonly databaseBytes: number
  /** True from a failed write for lack of room until a write succeeds again. */
  readonly full: boolean
  /** Removed runs of the own database that can still be restored. */
  readonly binRuns: number
  readonly files: readonly OpenedFile[]
  /** Databases of this device that were found damaged, oldest first; kept until the user deletes them. */
  readonly damaged: readonly DamagedDatabase[]
}

/** A database that was damaged on disk, and how much of it came over into the one that took its place. */
export interface DamagedDatabase {
  readonly name: string
  readonly foundAt: UnixMs
  readonly bytes: number
  readonly state: 'recovering' | 'recovered' | 'failed'
  /** Why it failed, as a sentence; else empty. */
  readonly failure: string
  /** How many runs came over, the unnamed among them. */
  readonly runs: number
  /** Those of which only points or arrays were left, named anew. */
  readonly unnamedRuns: readonly RunId[]
  /** Those that lost some points. */
  readonly incompleteRuns: readonly RunId[]
  /** So far. */
  readonly points: number
  /** As many as it said it had, when that could be read. */
  readonly totalPoints: number
  readonly lostArrays: number
  readonly lostArtifacts: number
  /** The user has read about it. */
  readonly dismissed: boolean
}

export interface ExportDamagedRequest {
  readonly jobId: string
  /** Of DamagedDatabase. */
  readonly name: string
}

export interface SettleDamagedRequest {
  readonly name: string
  readonly action: 'dismiss' | 'recall' | 'delete'
}
