import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright/test'
import { expect, openHarness, test } from './tracker-page.ts'

/** Takes seconds to export and to open, whatever the machine. */
const MANY = 2_500_000

/** Bytes that temporary files may leave behind: the headers of a few emptied slots of the pool. */
const SLACK_BYTES = 200_000

async function storedTotal(harness: Page): Promise<number> {
  const sizes = await harness.evaluate(() => window.harness.story.storedBytes())
  return sizes.reduce((sum, size) => sum + size, 0)
}

test('a large export or open that is cancelled leaves nothing behind', async ({ context, tracker }) => {
  const harness = await openHarness(context)
  await harness.evaluate(async (count) => {
    const { story } = window.harness
    const runId = story.init({ experiment: 'large', name: 'long' })
    await story.logWave(runId, 'loss', 0, count)
    await story.finish(runId)
  }, MANY)
  await tracker.openExperiment('large')
  await expect.poll(() => tracker.drawnPoints('loss'), { timeout: 30_000 }).toBe(MANY)
  const before = await storedTotal(harness)
  expect(before).toBeGreaterThan(MANY)
  const downloads: string[] = []
  tracker.page.on('download', (download) => downloads.push(download.suggestedFilename()))

  const dialog = tracker.page.getByRole('dialog')
  await tracker.page.getByRole('button', { name: 'Share' }).click()
  await dialog.getByRole('radio', { name: /SQLite/ }).check()
  await dialog.getByRole('button', { name: 'Download' }).click()
  await dialog.getByText(/[1-9][\d,]* of 2,500,000 points/).waitFor()
  expect(await storedTotal(harness)).toBeGreaterThan(before + SLACK_BYTES)
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await expect(dialog.getByRole('button', { name: 'Download' })).toBeVisible()
  expect(await storedTotal(harness)).toBeLessThan(before + SLACK_BYTES)
  expect(downloads).toEqual([])

  await dialog.getByRole('button', { name: 'Close' }).first().click()
  const file = await tracker.share('Arrow')
  const bytes = await readFile(await file.path())
  expect(bytes.length).toBeGreaterThan(MANY * 24)
  await tracker.openFile(await file.path())
  const opening = tracker.page.getByRole('region', { name: 'Opening a file' })
  await opening.getByText(/[1-9][\d,]* of 2,500,000 points/).waitFor()
  await opening.getByRole('button', { name: 'Cancel' }).click()
  await expect(opening).toBeHidden()
  await tracker.idle()
  await expect(tracker.openedFile).toBeHidden()
  await expect(tracker.page.getByRole('heading', { name: 'Opened files' })).toBeHidden()
  expect(await storedTotal(harness)).toBeLessThan(before + SLACK_BYTES)
  expect((await harness.evaluate(() => window.harness.story.storage())).files).toEqual([])
  await expect(tracker.toasts).toHaveCount(0)
  expect(tracker.problems).toEqual([])
})
