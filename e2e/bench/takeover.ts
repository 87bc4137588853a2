import type { BrowserContext, Page } from 'playwright'
import { crash } from '../crash.ts'
import { openHarness } from '../harness-page.ts'

/** Time for the survivor to settle, to crash, and to see that all is as before. */
const BEFORE_CRASH_MS = 1_500
const WATCHED_MS = 4_500

/** Starts a training at full speed; resolves when its first points are durable. */
function startTraining(page: Page, name: string): Promise<string> {
  return page.evaluate(async (name) => {
    const { story } = window.harness
    const runId = story.init({ experiment: 'takeover', name })
    await story.flush(runId)
    story.trainFlatOut(runId)
    return runId
  }, name)
}

/** When the batches of a page were acknowledged in the next `ms`, in ms of its own clock. */
function acknowledgements(page: Page, runId: string, ms: number): Promise<readonly number[]> {
  return page.evaluate(({ runId, ms }) => window.harness.story.acknowledgements(runId, ms), { runId, ms })
}

/**
 * Crashes the tab that owns the database under a training in another tab, again and again: how long the survivor, which
 * logs at full speed, was without an acknowledgement. Unit: ms, one entry a round.
 *
 * That is from the last batch the dying owner acknowledged to the first one the next owner did, so a few milliseconds
 * more than from the death. Verified: every point of the survivor is stored once.
 */
export async function measureTakeovers(context: BrowserContext, rounds: number): Promise<number[]> {
  const taken: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    const owner = await openHarness(context)
    await startTraining(owner, `owner ${round}`)
    const survivor = await openHarness(context)
    const runId = await startTraining(survivor, `survivor ${round}`)
    const times = acknowledgements(survivor, runId, WATCHED_MS)
    await survivor.waitForTimeout(BEFORE_CRASH_MS)
    await crash(owner)
    const heard = await times
    taken.push(Math.max(...heard.slice(1).map((time, i) => time - (heard[i] ?? Number.NaN))))
    const logged = await survivor.evaluate((runId) => window.harness.story.stop(runId), runId)
    const stored = await survivor.evaluate((runId) => window.harness.story.stored(runId, 'step'), runId)
    if (stored?.count !== logged) throw new Error(`${logged} points were logged, ${stored?.count} are stored`)
    await survivor.close()
  }
  return taken
}
