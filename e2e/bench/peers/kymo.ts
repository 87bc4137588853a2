import type { BrowserContext } from 'playwright'
import { HARNESS_URL } from '../../ports.ts'
import { createProfile } from '../../profile.ts'
import type { PeerExperiment } from './experiments.ts'
import { freshenMemory } from './fresh-memory.ts'

/** Milliseconds of each round of one experiment in a warm page over a profile on disk. */
export async function measureKymo(
  experiment: PeerExperiment,
): Promise<{ readonly version: string; readonly times: number[] }> {
  return withProfile(async (context) => {
    const page = await context.newPage()
    await page.goto(HARNESS_URL)
    if (experiment.length > 0) freshenMemory()
    const times = await page.evaluate(
      ([experiment, rounds]) => window.harness.measurePeers(experiment, rounds),
      [experiment, roundsOf(experiment)] as const,
    )
    return { version: context.browser()?.version() ?? '', times }
  })
}

/** Milliseconds from the start of a navigation to a durable value, each in a profile that has never been here. */
export async function measureKymoCold(rounds: number): Promise<number[]> {
  const times: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    times.push(
      await withProfile(async (context) => {
        const page = await context.newPage()
        // At that event the page's own script has run: nothing waits for the driver to ask.
        await page.addInitScript(() => {
          addEventListener('DOMContentLoaded', () => {
            window.coldStart = window.harness.measureColdStart()
          })
        })
        await page.goto(HARNESS_URL)
        return page.evaluate(() => window.coldStart)
      }),
    )
  }
  return times
}

declare global {
  interface Window {
    coldStart: Promise<number>
  }
}

/** Enough for a steady median, and for the browser to compile what runs often; two store 80 MB a round. */
function roundsOf({ values, length }: PeerExperiment): number {
  return values * length > 1_000_000 ? 5 : 25
}

async function withProfile<T>(work: (context: BrowserContext) => Promise<T>): Promise<T> {
  const profile = await createProfile()
  const context = await profile.launch()
  try {
    return await work(context)
  } finally {
    await context.close()
    await profile.remove()
  }
}
