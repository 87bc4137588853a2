import type { PeerExperiment } from '../bench/peers/experiments.ts'
import type { CallTimes } from './log-calls.ts'
import type { StoreCasesReport } from './store-cases.ts'
import { story, type Story } from './story.ts'
import type { OverheadTimes } from './training-overhead.ts'

/** What tests and benchmarks call in this page; each loads its own code when it is called. */
export interface Harness {
  readonly story: Story
  measureCalls(calls: number, rounds: number): Promise<CallTimes>
  measureOverhead(pairs: number): Promise<OverheadTimes>
  measurePeers(experiment: PeerExperiment, rounds: number): Promise<number[]>
  measureColdStart(): Promise<number>
  showWithTfjsVis(batches: number): Promise<number>
  runStoreCases(): Promise<StoreCasesReport>
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
  measureOverhead: async (pairs) => (await import('./training-overhead.ts')).measureOverhead(pairs),
  measurePeers: async (experiment, rounds) => (await import('./peers.ts')).measurePeers(experiment, rounds),
  measureColdStart: async () => (await import('./peers.ts')).measureColdStart(),
  showWithTfjsVis: async (batches) => (await import('./tfjs-vis.ts')).showWithTfjsVis(batches),
  runStoreCases: async () => (await import('./store-cases.ts')).runStoreCases(),
  trainExample: async () => (await import('./example.ts')).trainExample(),
}
