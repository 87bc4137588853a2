import type { ExpectedRun } from '../torture/messages.ts'
import type { AuditReport } from '../torture/outcome.ts'
import type { PeerExperiment } from '../bench/peers/experiments.ts'
import type { FailingDiskReport } from './failing-disk.ts'
import type { Artifacts } from './artifacts.ts'
import type { CallTimes } from './log-calls.ts'
import type { ArtifactTimes } from './measure-artifact.ts'
import type { SoakPage } from './soak.ts'
import type { StoreCasesReport } from './store-cases.ts'
import { story, type Story } from './story.ts'
import type { SyntheticOrder } from './synthetic.ts'
import type { StoreAnswer, StoreArgs, StorePart } from './store-bench/store-bench.ts'
import type { TortureTab } from './torture.ts'
import type { CapturedFitOrder, OverheadOrder, OverheadTimes } from './training-overhead.ts'

/** What tests and benchmarks call in this page; each loads its own code when it is called. */
export interface Harness {
  readonly story: Story
  measureCalls(calls: number, rounds: number): Promise<CallTimes>
  measureOverhead(order: OverheadOrder): Promise<OverheadTimes>
  fitCaptured(order: CapturedFitOrder): Promise<number>
  measurePeers(experiment: PeerExperiment, rounds: number): Promise<number[]>
  measureColdStart(): Promise<number>
  showWithTfjsVis(batches: number): Promise<number>
  runStoreCases(): Promise<StoreCasesReport>
  loadArrays(): Promise<typeof import('./arrays.ts')>
  loadSweeps(): Promise<typeof import('./sweeps.ts')>
  loadControl(): Promise<typeof import('./control.ts')>
  loadCaptures(): Promise<typeof import('./captures.ts')>
  loadSystem(): Promise<typeof import('./system.ts')>
  loadForks(): Promise<typeof import('./forks.ts')>
  loadMedia(): Promise<typeof import('./media.ts')>
  /** Logs a canvas many times, between marks for a trace. */
  logPictures(calls: number): Promise<void>
  loadEveryKind(): Promise<typeof import('./every-kind.ts')>
  runOnFailingDisk(stride: number): Promise<FailingDiskReport>
  /** All that is tracked, as text. */
  readEverything(): Promise<string>
  /** Measures one part of the store over this profile's files. */
  measureStore<P extends StorePart>(part: P, args: StoreArgs<P>): Promise<StoreAnswer<P>>
  loadArtifacts(): Promise<Artifacts>
  measureArtifacts(bytes: number, rounds: number): Promise<ArtifactTimes>
  loadArtifactSteps(): Promise<typeof import('./measure-artifact.ts')>
  loadTorture(): Promise<TortureTab>
  auditTorture(expected: readonly ExpectedRun[]): Promise<AuditReport>
  loadSoak(): Promise<SoakPage>
  logSynthetic(order: SyntheticOrder): Promise<void>
  loadSixtyRuns(): Promise<typeof import('./sixty-runs.ts')>
  /** Cost: minutes; only `scripts/make-example.mjs` calls it. */
  trainExample(): Promise<string>
}

declare global {
  interface Window {
    harness: Harness
  }
}

window.harness = {
  story,
  measureCalls: async (calls, rounds) => (await import('./log-calls.ts')).measureCalls(calls, rounds),
  fitCaptured: async (order) => (await import('./training-overhead.ts')).fitCaptured(order),
  measureOverhead: async (order) => (await import('./training-overhead.ts')).measureOverhead(order),
  measurePeers: async (experiment, rounds) => (await import('./peers.ts')).measurePeers(experiment, rounds),
  measureColdStart: async () => (await import('./peers.ts')).measureColdStart(),
  showWithTfjsVis: async (batches) => (await import('./tfjs-vis.ts')).showWithTfjsVis(batches),
  loadArrays: () => import('./arrays.ts'),
  loadSweeps: () => import('./sweeps.ts'),
  loadControl: () => import('./control.ts'),
  loadCaptures: () => import('./captures.ts'),
  loadSystem: () => import('./system.ts'),
  loadForks: () => import('./forks.ts'),
  loadMedia: () => import('./media.ts'),
  logPictures: async (calls) => (await import('./log-pictures.ts')).logPictures(calls),
  loadEveryKind: () => import('./every-kind.ts'),
  runStoreCases: async () => (await import('./store-cases.ts')).runStoreCases(),
  runOnFailingDisk: async (stride) => (await import('./failing-disk.ts')).runOnFailingDisk(stride),
  readEverything: async () => (await import('./everything.ts')).readEverything(),
  measureStore: (part, args) =>
    import('./store-bench/store-bench.ts').then(({ measureStore }) => measureStore(part, args)),
  loadArtifacts: async () => (await import('./artifacts.ts')).artifacts,
  measureArtifacts: async (bytes, rounds) =>
    (await import('./measure-artifact.ts')).measureArtifacts(bytes, rounds),
  loadArtifactSteps: () => import('./measure-artifact.ts'),
  loadTorture: async () => (await import('./torture.ts')).tortureTab,
  auditTorture: async (expected) => (await import('./torture-audit.ts')).auditTorture(expected),
  loadSoak: async () => (await import('./soak.ts')).soakPage,
  logSynthetic: async (order) => (await import('./synthetic.ts')).logSynthetic(order),
  loadSixtyRuns: () => import('./sixty-runs.ts'),
  trainExample: async () => (await import('./example.ts')).trainExample(),
}
