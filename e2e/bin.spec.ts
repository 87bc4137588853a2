import type { Page } from 'playwright/test'
import { expect, openHarness, openTracker, test } from './tracker-page.ts'

async function trackRuns(harness: Page, experiment: string, count: number, points: number): Promise<void> {
  await harness.evaluate(
    async ({ experiment, count, points }) => {
      const { story } = window.harness
      for (let index = 0; index < count; index += 1) {
        const runId = story.init({ experiment, name: `${experiment} ${index}` })
        await story.logWave(runId, 'loss', 0, points)
        await story.finish(runId)
      }
    },
    { experiment, count, points },
  )
}

test.describe('the bin', () => {
  test('gives deleted runs back, or their room', async ({ context }) => {
    const harness = await openHarness(context)
    await trackRuns(harness, 'kept', 1, 1_000)
    await trackRuns(harness, 'large', 3, 400_000)
    await harness.evaluate(async () => {
      const { story } = window.harness
      const runId = story.init({ experiment: 'large', name: 'odd one' })
      await story.logWave(runId, 'odd', 0, 10)
      await story.finish(runId)
    })
    const tracker = await openTracker(context)
    const foot = tracker.page.getByRole('contentinfo')
    await expect(foot.getByRole('button', { name: /^Bin/ })).toBeHidden()
    await tracker.openExperiment('large')
    await tracker.run(/odd one/).click()
    await expect(tracker.chart('odd')).toBeVisible()
    await tracker.page.getByRole('button', { name: 'Delete run' }).click()
    // What only the deleted run had is not drawn any more.
    await expect(tracker.chart('odd')).toBeHidden()
    await foot.getByRole('button', { name: 'Bin, 1 run' }).click()
    await tracker.page
      .getByRole('dialog', { name: 'Bin' })
      .getByRole('button', { name: 'Restore odd one' })
      .click()
    await tracker.page.keyboard.press('Escape')
    await expect(tracker.chart('odd')).toBeVisible()
    for (const name of ['large 0', 'large 1']) {
      await tracker.run(new RegExp(name)).click()
      await tracker.page.getByRole('button', { name: 'Delete run' }).click()
      await expect(tracker.run(new RegExp(name))).toHaveCount(0)
    }
    await foot.getByRole('button', { name: 'Bin, 2 runs' }).click()
    const dialog = tracker.page.getByRole('dialog', { name: 'Bin' })
    await dialog.getByRole('button', { name: 'Restore large 0' }).click()
    await expect(dialog.getByRole('button', { name: 'Restore large 0' })).toBeHidden()
    await expect(dialog.getByRole('button', { name: 'Restore large 1' })).toBeVisible()
    await tracker.page.keyboard.press('Escape')
    await expect(tracker.run(/large 0/)).toBeVisible()

    await tracker.page.getByRole('button', { name: 'Delete all runs of large' }).click()
    await expect(tracker.experiment('large')).toBeHidden()
    const before = await harness.evaluate(() => window.harness.story.storage())
    await foot.getByRole('button', { name: 'Bin, 4 runs' }).click()
    await dialog.getByRole('button', { name: 'Empty bin' }).click()
    await expect(dialog).toContainText('Delete 4 runs for good? That frees about 12')
    await dialog.getByRole('button', { name: 'Delete for good' }).click()
    await expect(dialog.getByRole('status')).toContainText('4 runs were deleted')
    await dialog.getByRole('button', { name: 'Done' }).click()
    const after = await harness.evaluate(() => window.harness.story.storage())
    expect(before.databaseBytes - after.databaseBytes).toBeGreaterThan(9_000_000)
    expect(Math.max(...(await harness.evaluate(() => window.harness.story.storedBytes())))).toBeLessThan(
      5_000_000,
    )
    await expect(foot.getByRole('button', { name: /^Bin/ })).toBeHidden()
    await tracker.reload()
    await tracker.openExperiment('kept')
    expect(await tracker.drawnPoints('loss')).toBe(1_000)
    expect(tracker.problems).toEqual([])
  })
})
