import { connectTracker } from '../../src/client/connect.ts'
import { init, type Run } from '../../src/client/index.ts'
import { OWN_DATABASE } from '../../src/protocol/database-id.ts'
import { waveAt } from './wave.ts'

/** Five runs of ten metrics, two hundred steps a second: 50 series, 10,000 points a second. */
const RUNS = 5
const METRICS = Array.from({ length: 10 }, (_, i) => `metric_${i}`)
const STEP_MS = 5

/** What was logged, and what the store has of it. */
export interface SoakCounts {
  readonly series: number
  readonly logged: number
  readonly stored: number
}

/** A page that logs at one pace for as long as it is left to. */
export interface SoakPage {
  start(experiment: string): void
  /** Stops, waits until all is durable and counts. */
  stop(): Promise<SoakCounts>
}

let timer: ReturnType<typeof setInterval> | undefined
let runs: readonly Run[] = []
let steps = 0

function logStep(step: number): void {
  for (const run of runs) {
    const metrics: Record<string, number> = {}
    for (const [index, key] of METRICS.entries()) metrics[key] = waveAt(step) + index
    run.log(metrics, { step })
  }
}

async function countStored(): Promise<Pick<SoakCounts, 'series' | 'stored'>> {
  const details = await Promise.all(
    runs.map(({ id }) => connectTracker().api.readRun({ database: OWN_DATABASE, runId: id })),
  )
  const series = details.flatMap((detail) => {
    if (!detail.ok) throw new Error(detail.error.message)
    return detail.value.series
  })
  return { series: series.length, stored: series.reduce((sum, { count }) => sum + count, 0) }
}

export const soakPage: SoakPage = {
  start(experiment) {
    runs = Array.from({ length: RUNS }, (_, index) => init({ experiment, name: `soak ${index}` }))
    const startedAt = performance.now()
    timer = setInterval(() => {
      // By the clock, so that a timer that comes late changes nothing.
      for (const due = (performance.now() - startedAt) / STEP_MS; steps < due; steps += 1) logStep(steps)
    }, STEP_MS)
  },
  async stop() {
    clearInterval(timer)
    for (const run of runs) {
      const durability = await run.finish()
      if (!durability.ok) throw new Error(durability.error.message)
    }
    return { logged: steps * RUNS * METRICS.length, ...(await countStored()) }
  },
}
