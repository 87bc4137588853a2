import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright/test'
import { damage, PAGE_BYTES } from './damage.ts'
import { expect, openHarness, openTracker, test } from './tracker-page.ts'

async function trackRuns(harness: Page, count: number): Promise<void> {
  await harness.evaluate(async (count) => {
    const { story } = window.harness
    for (let index = 0; index < count; index += 1) {
      const runId = story.init({ experiment: 'night', name: `run ${index}`, params: { index } })
      await story.logWave(runId, 'loss', 0, 20_000)
      await story.finish(runId)
    }
  }, count)
}

test.describe('a database that was damaged on disk', () => {
  test('is said, its runs are recovered, and the damaged file can be downloaded and deleted', async ({
    profile,
  }) => {
    const before = await profile.launch()
    await trackRuns(await openHarness(before), 6)
    await before.close()

    const context = await profile.launch()
    const harness = await openHarness(context)
    // The first page names all tables; the last ones hold points.
    const pages = await damage(harness, '/own.db', [0])
    await damage(harness, '/own.db', [pages - 3])

    const tracker = await openTracker(context)
    const banner = tracker.page.getByRole('region', { name: 'The database was damaged' })
    await expect(banner).toContainText('The damaged file is kept until you delete it.')
    await expect(banner).toContainText(/of 6 runs were recovered whole|All 6 runs/)
    await tracker.openExperiment('night')
    await expect(tracker.runRows).toHaveCount(6)
    expect(await tracker.drawnPoints('loss')).toBeGreaterThan(80_000)
    const run = await harness.evaluate(async () => {
      const { story } = window.harness
      const runId = story.init({ experiment: 'night', name: 'after' })
      for (let step = 0; step < 100; step += 1) story.log(runId, { loss: 1 }, { step })
      return story.finish(runId)
    })
    expect(run).toBe('ok')
    await expect(tracker.runRows).toHaveCount(7)

    const download = tracker.page.waitForEvent('download')
    await banner.getByRole('button', { name: 'Download the damaged file' }).click()
    const file = await readFile(await (await download).path())
    expect(file.length).toBe(pages * PAGE_BYTES)
    await banner.getByRole('button', { name: 'Dismiss' }).click()
    await expect(banner).toBeHidden()
    await tracker.reload()
    await tracker.page.getByRole('contentinfo').getByRole('button', { name: 'Damaged file' }).click()
    await expect(banner).toBeVisible()
    await Promise.all([
      tracker.page.waitForEvent('download'),
      banner.getByRole('button', { name: 'Download the damaged file' }).click(),
    ])
    await banner.getByRole('button', { name: 'Delete it here' }).click()
    await tracker.page.getByRole('dialog').getByRole('button', { name: 'Delete', exact: true }).click()
    await expect(banner).toBeHidden()
    await tracker.reload()
    await expect(banner).toBeHidden()
    await expect(tracker.runRows).toHaveCount(7)
    expect(tracker.problems).toEqual([])
  })
})
