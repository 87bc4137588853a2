import type { EndStatus, RunStatus } from '../../src/client/index.ts'

/** What a tab is told to do: log until it is killed or told to be quiet. */
export interface TabPlan {
  readonly experiment: string
  readonly tab: string
  readonly seed: number
  /** A run of a dead tab to go on with; null for new ones only. */
  readonly resume: { readonly runId: string; readonly life: number } | null
}

/** How many points of each series of one life of a run. */
export type Counts = Readonly<Record<string, number>>

/** What a tab tells the outside, which outlives it. */
export type Told =
  /** Told before it happens, so that nothing is in the store that nobody knows of. */
  | { readonly type: 'starts'; readonly tab: string; readonly runId: string; readonly life: number }
  | { readonly type: 'ends'; readonly runId: string; readonly status: EndStatus }
  /** `flush` answered that these are durable. */
  | {
      readonly type: 'acknowledged'
      readonly runId: string
      readonly life: number
      readonly counts: Counts
      /** How long the oldest of the points waited, from its `log` to the answer. Unit: ms. */
      readonly waitedMs: number
      /** Whether the tab's own worker was terminated meanwhile. */
      readonly workerDied: boolean
    }
  /** `finish` answered that the end is durable. */
  | { readonly type: 'ended'; readonly runId: string }
  /** The client started another worker so long after the last one was terminated. */
  | { readonly type: 'workerReplaced'; readonly afterMs: number }

/** What the store must hold of a run. */
export interface ExpectedRun {
  readonly runId: string
  /** Whether anything of it was acknowledged, so that it must be there. */
  readonly exists: boolean
  readonly statuses: readonly RunStatus[]
  /** Acknowledged points of each life. */
  readonly lives: readonly Counts[]
}

/** The runs as the app would list them. */
export interface Listing {
  /** opfs, unless the browser refused it. */
  readonly storage: string
  readonly runs: readonly { readonly id: string; readonly status: RunStatus }[]
}
