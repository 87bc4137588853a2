import type { Page } from 'playwright/test'
import type { EndStatus, RunOptions } from '../../src/client/index.ts'
import { waveAt } from '../harness/wave.ts'

/** Shape: [step, value, time]. */
export type Point = readonly [number, number, number]

export interface ToldRun {
  readonly options: RunOptions & { readonly id: string; readonly name: string }
  readonly status: EndStatus
  /** In log order. */
  readonly series: Readonly<Record<string, readonly Point[]>>
}

export const EXPERIMENT = 'Night sweep, 2nd try'
/** What an experiment of that name is called as a file. */
export const FILE_STEM = 'Night sweep- 2nd try'

const START = 1_760_000_000_000

/** Chunks hold 16,384 points and answers a few thousand, so this is more than one of each. */
const LONG = 25_000

function ramp(count: number, everyMs: number, value: (step: number) => number): readonly Point[] {
  return Array.from({ length: count }, (_, step) => [step, value(step), START + step * everyMs] as const)
}

/** Values and steps that a careless format loses. */
const ODD: readonly Point[] = [
  [5, 1, START],
  [5, Number.NaN, START + 0.5],
  [3, Number.POSITIVE_INFINITY, START + 0.25],
  [3, Number.NEGATIVE_INFINITY, START - 1_000],
  [-7, 5e-324, START + 1],
  [-7, -1.797_693_134_862_315_7e308, START + 1],
  [2_000, 0.1 + 0.2, START + 2],
  [12, Number.NaN, START + 3],
]

/** An experiment with everything in it that must survive being sent. */
export const NIGHT_SWEEP: readonly ToldRun[] = [
  {
    options: {
      id: 'sweep-a',
      experiment: EXPERIMENT,
      name: 'all kinds',
      params: {
        lr: 0.01,
        huge: 1.5e300,
        layers: [64, [32, null]],
        optimizer: { name: 'adam', betas: { first: 0.9 } },
        activation: 'relu',
        looksLikeANumber: '0.1',
        empty: '',
        augment: true,
        frozen: false,
        seed: null,
      },
      tags: { team: 'vision', Größe: 'naïve 🎉' },
      notes: 'Two lines,\nthe second with "quotes" and ümläuts.',
      environment: { machine: 'bench 7' },
      group: 'fold 1',
      jobType: 'train',
    },
    status: 'finished',
    series: { 'train/loss': ramp(LONG, 3.5, waveAt), odd: ODD },
  },
  {
    options: { id: 'sweep-b', experiment: EXPERIMENT, name: 'short', params: { lr: 0.1 } },
    status: 'failed',
    series: { 'train/loss': ramp(120, 1_000, (step) => 1 / (step + 1)), acc: ramp(3, 1, (step) => step / 3) },
  },
  {
    options: { id: 'sweep-c', experiment: EXPERIMENT, name: 'third', params: { lr: 1 }, color: '#3366cc' },
    status: 'finished',
    series: { 'train/loss': ramp(60, 1_000, (step) => Math.sqrt(step)) },
  },
]

/** Logs the runs of the experiment from a page of the harness. */
export async function logNightSweep(page: Page): Promise<void> {
  for (const { options, status, series } of NIGHT_SWEEP) {
    await page.evaluate(
      async ({ options, status, series }) => {
        const { story } = window.harness
        const runId = story.init(options)
        for (const [key, points] of series) story.logPoints(runId, key, points)
        const outcome = await story.finish(runId, status)
        if (outcome !== 'ok') throw new Error(`The run was not stored: ${outcome}`)
      },
      { options, status, series: Object.entries(series) },
    )
  }
}

/** How many points of a metric the runs have together. */
export function countPoints(metric: string, runs: readonly ToldRun[] = NIGHT_SWEEP): number {
  return runs.reduce((sum, run) => sum + (run.series[metric]?.length ?? 0), 0)
}
