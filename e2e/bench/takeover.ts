import type { BrowserContext, Page } from 'playwright'
import { crash } from '../crash.ts'
import { HARNESS_URL } from '../ports.ts'

async function openHarness(context: BrowserContext): Promise<Page> {
  const page = await context.newPage()
  await page.goto(HARNESS_URL)
  await page.waitForFunction(() => 'harness' in window, undefined, { polling: 50 })
  return page
}

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

/** Waits until the owner is gone: Unix ms of its death, and of the first batch that was acknowledged after it. */
function awaitTakeover(page: Page, runId: string): Promise<{ diedAt: number; storedAt: number }> {
  return page.evaluate((runId) => window.harness.story.awaitTakeover(runId), runId)
}

/**
 * Crashes the tab that owns the database under a training in another tab, again and again: from the owner's death to the
 * first acknowledged batch of the survivor, which logs all the while. Unit: ms, one entry a round.
 *
 * The death is the moment in which the browser lets go of what the owner's page held; the crash of a renderer is noticed
 * within a few milliseconds. Verified: every point of the survivor is stored once.
 */
export async function measureTakeovers(context: BrowserContext, rounds: number): Promise<number[]> {
  const taken: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    const owner = await openHarness(context)
    await startTraining(owner, `owner ${round}`)
    const survivor = await openHarness(context)
    const runId = await startTraining(survivor, `survivor ${round}`)
    const outcome = awaitTakeover(survivor, runId)
    await survivor.waitForTimeout(300)
    await crash(owner)
    const { diedAt, storedAt } = await outcome
    taken.push(storedAt - diedAt)
    const logged = await survivor.evaluate((runId) => window.harness.story.stop(runId), runId)
    const stored = await survivor.evaluate((runId) => window.harness.story.stored(runId, 'step'), runId)
    if (stored?.count !== logged) throw new Error(`${logged} points were logged and ${stored?.count} are stored`)
    await survivor.close()
  }
  return taken
}
