import type { CallsOf } from './call-kind.ts'
import type { OpenedFile } from './files-api.ts'
import type { Outcome } from './outcome.ts'

/** The folder of a project in which a development server keeps what is tracked on its origin. */
export interface DiskApi {
  /** From now on whoever owns the database keeps it there as well, as long as the server answers. */
  keepOnDisk(place: DiskPlace): Outcome<null>
  /** null where nobody named a folder. */
  readDisk(): Outcome<DiskReport | null>
  /** Opens an experiment from there, as a file. */
  openFromDisk(request: OpenFromDiskRequest): Outcome<OpenedFile>
}

export const DISK_CALLS = {
  keepOnDisk: 'again',
  readDisk: 'again',
  openFromDisk: 'once',
} as const satisfies CallsOf<DiskApi>

export interface DiskPlace {
  /** Where the server answers: of the same origin, with its protocol. Ends with `/`. */
  readonly url: string
}

export interface DiskReport {
  /** As it is called there; empty until the server has answered. */
  readonly folder: string
  /** away: nobody answers, or it cannot keep anything; `problem` says why. behind: some of what is here is not there yet. */
  readonly state: 'kept' | 'behind' | 'away'
  /** A sentence; else empty. */
  readonly problem: string
  /** Files of artifacts that are too large to be kept there. */
  readonly leftOut: number
  /** Experiments there of which this browser has no run. */
  readonly lacking: readonly ExperimentOnDisk[]
}

export interface ExperimentOnDisk {
  /** Its file in the folder. */
  readonly file: string
  readonly name: string
  readonly runs: number
}

export interface OpenFromDiskRequest {
  readonly jobId: string
  /** Of ExperimentOnDisk. */
  readonly file: string
}
