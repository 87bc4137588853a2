import type { BrowserContext, Page } from 'playwright/test'
import { APP_URL } from './ports.ts'
import { expect, openHarness, openTracker, test, type TrackerPage } from './tracker-page.ts'

const MEGABYTE = 2 ** 20

/** At about nine bytes a point this is more than the room there is; what is logged next waits in memory. */
const TOO_MANY = 6_000_000
const ROOM_BYTES = 40 * MEGABYTE

/** Sets how much the origin may store, as a disk that fills up does; lasts as long as the context. */
async function limitRoom(context: BrowserContext, page: Page): Promise<(bytes: number) => Promise<void>> {
  const devTools = await context.newCDPSession(page)
  const { origin } = new URL(APP_URL)
  return async (quotaSize) => {
    await devTools.send('Storage.overrideQuotaForOrigin', { origin, quotaSize })
  }
}

function fullBanner(tracker: TrackerPage) {
  return tracker.page.getByRole('region', { name: 'The storage is full' })
}

/** Logs more than there is room for; answers the run. */
async function fillUp(harness: Page): Promise<string> {
  const { runId, early, late } = await harness.evaluate(async (count) => {
    const { story } = window.harness
    const runId = story.init({ experiment: 'endless', name: 'big' })
    await story.logWave(runId, 'loss', 0, 10_000)
    const early = await story.flush(runId)
    await story.logWave(runId, 'loss', 10_000, count - 10_000)
    return { runId, early, late: await story.flush(runId) }
  }, TOO_MANY)
  expect(early).toBe('ok')
  expect(late).toBe('storage-full')
  return runId
}

test.describe('a full disk', () => {
  test('is said, loses nothing, and logging goes on by itself once there is room', async ({ context }) => {
    const harness = await openHarness(context)
    const tracker = await openTracker(context)
    const setRoom = await limitRoom(context, tracker.page)
    await setRoom(ROOM_BYTES)
    const runId = await fillUp(harness)

    await expect(fullBanner(tracker)).toContainText('New points wait in memory')
    expect((await harness.evaluate(() => window.harness.story.storage())).full).toBe(true)
    await tracker.openExperiment('endless')
    const committed = await tracker.drawnPoints('loss')
    expect(committed).toBeGreaterThan(1_000_000)
    expect(committed).toBeLessThan(TOO_MANY)
    await tracker.reload()
    await expect(fullBanner(tracker)).toBeVisible()
    await expect.poll(() => tracker.drawnPoints('loss')).toBeGreaterThanOrEqual(committed)
    await harness.evaluate((runId) => {
      for (let step = 0; step < 500; step += 1) window.harness.story.log(runId, { loss: step })
    }, runId)

    await setRoom(2_000 * MEGABYTE)
    await expect(fullBanner(tracker)).toBeHidden({ timeout: 45_000 })
    await expect.poll(() => tracker.drawnPoints('loss'), { timeout: 20_000 }).toBe(TOO_MANY + 500)
    expect(await harness.evaluate((runId) => window.harness.story.finish(runId), runId)).toBe('ok')
    await tracker.reload()
    expect(await tracker.drawnPoints('loss')).toBe(TOO_MANY + 500)
    expect(tracker.problems).toEqual([])
  })

  test('keeps a large array that arrives when it is full, and stores it whole once there is room', async ({
    context,
  }) => {
    const harness = await openHarness(context)
    const tracker = await openTracker(context)
    const setRoom = await limitRoom(context, tracker.page)
    await setRoom(ROOM_BYTES)
    const { runId, late } = await harness.evaluate(async () => {
      const { story } = window.harness
      const runId = story.init({ experiment: 'weights', name: 'large' })
      story.log(runId, { loss: 1 })
      await story.flush(runId)
      story.log(runId, { weights: Float32Array.from({ length: 15_000_000 }, (_, at) => at) })
      story.log(runId, { loss: 2 })
      return { runId, late: await story.flush(runId) }
    })
    expect(late).toBe('storage-full')
    await expect(fullBanner(tracker)).toBeVisible()
    await setRoom(2_000 * MEGABYTE)
    await expect(fullBanner(tracker)).toBeHidden({ timeout: 45_000 })
    expect(await harness.evaluate((runId) => window.harness.story.finish(runId), runId)).toBe('ok')
    const everything = await harness.evaluate(() => window.harness.readEverything())
    expect(everything).toContain('"arrays":[{"key":"weights","count":1,"bytes":60000000')
    const expected = await harness.evaluate(async () => {
      const bytes = Float32Array.from({ length: 15_000_000 }, (_, at) => at)
      return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)).join('.')
    })
    expect(everything).toContain(`weights ${expected}`)
    expect(tracker.problems).toEqual([])
  })
})
