import type { BrowserContext, Page } from 'playwright/test'
import { createProfile } from './profile.ts'
import { expect, openHarness, openTracker, test, type TrackerPage } from './tracker-page.ts'

/** Two experiments with everything a run may hold. */
async function track(harness: Page): Promise<void> {
  await harness.evaluate(async () => {
    const { story } = window.harness
    for (const experiment of ['first', 'second']) {
      for (let index = 0; index < 3; index += 1) {
        const params = { index, layers: [1, 2, 3], experiment }
        const runId = story.init({
          experiment,
          name: `${experiment} ${index}`,
          params,
          tags: { kind: 'story' },
        })
        await story.logWave(runId, 'loss', 0, 30_000)
        story.logPoints(runId, 'odd', [
          [5, Number.NaN],
          [5, Infinity],
          [2, 0.1],
        ])
        story.log(
          runId,
          { weights: Float32Array.from({ length: 40_000 }, (_, at) => at * index) },
          { step: 7 },
        )
        await story.finish(runId)
      }
    }
  })
}

/** Everything the own database holds, as text. */
async function readEverything(harness: Page): Promise<string> {
  return harness.evaluate(() => window.harness.readEverything())
}

async function backUp(tracker: TrackerPage): Promise<string> {
  await tracker.page.getByRole('contentinfo').getByRole('button', { name: 'Backup' }).click()
  const dialog = tracker.page.getByRole('dialog', { name: 'Backup' })
  const download = tracker.page.waitForEvent('download')
  await dialog.getByRole('button', { name: 'Back up everything' }).click()
  const file = await download
  expect(file.suggestedFilename()).toMatch(/^kymo-backup-\d{4}-\d\d-\d\d\.db$/)
  await expect(dialog.getByRole('status')).toContainText('holds 6 runs with 180,018 points')
  await dialog.getByRole('button', { name: 'Done' }).click()
  return file.path()
}

async function restore(context: BrowserContext, path: string): Promise<TrackerPage> {
  const tracker = await openTracker(context)
  await tracker.page.getByRole('contentinfo').getByRole('button', { name: 'Backup' }).click()
  const chooser = tracker.page.waitForEvent('filechooser')
  await tracker.page.getByRole('dialog').getByRole('button', { name: 'Choose a backup' }).click()
  await (await chooser).setFiles(path)
  await tracker.openedFile.getByRole('button', { name: /^Import/ }).click()
  await expect(tracker.openedFile).toBeHidden()
  await tracker.idle()
  return tracker
}

test.describe('a backup', () => {
  test('of everything, restored in another browser, is everything', async ({ context }) => {
    const harness = await openHarness(context)
    await track(harness)
    const expected = await readEverything(harness)
    const path = await backUp(await openTracker(context))

    const other = await createProfile()
    const elsewhere = await other.launch()
    const tracker = await restore(elsewhere, path)
    await expect(tracker.experiment('first')).toBeVisible()
    await expect(tracker.experiment('second')).toBeVisible()
    expect(await readEverything(await openHarness(elsewhere))).toBe(expected)
    expect(expected.length).toBeGreaterThan(1_000)
    expect(tracker.problems).toEqual([])
    await elsewhere.close()
    await other.remove()
  })
})
