import type { ExperimentId, RunId } from '../model/units.ts'
import type { AlertRaised } from './alert-raised.ts'
import type { DatabaseId } from './database-id.ts'

/** Sent on the notice channel, at most one of a kind a frame; ids and counts, never points. */
export type TrackerEvent =
  /** These runs have new points. */
  | { readonly type: 'seriesGrew'; readonly database: DatabaseId; readonly runIds: readonly RunId[] }
  /** Runs or experiments appeared, changed or were removed. */
  | { readonly type: 'runsChanged'; readonly database: DatabaseId; readonly runIds: readonly RunId[] }
  /** What was arranged in these experiments, as `readArrangement` tells it, or their artifacts, as `readArtifacts` does. */
  | {
      readonly type: 'arrangementChanged'
      readonly database: DatabaseId
      readonly experimentIds: readonly ExperimentId[]
    }
  /** A file was opened, kept or closed. */
  | { readonly type: 'filesChanged' }
  /** Another worker owns the database now, or storage filled up or has room again. */
  | { readonly type: 'storageChanged' }
  /** Somebody wants the database of a silent owner: whoever started a worker looks whether it still answers. */
  | { readonly type: 'takeoverAsked'; readonly workerId: string }
  /** A rule held; told at once, and heard by those who ask for alerts only: `onAlertRaised`. */
  | ({ readonly type: 'alertRaised' } & AlertRaised)
  | {
      readonly type: 'jobProgressed'
      readonly jobId: string
      readonly done: number
      /** 0 while unknown. */
      readonly total: number
      readonly unit: 'points' | 'bytes' | 'runs'
    }
