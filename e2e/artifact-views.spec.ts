import { readFile } from 'node:fs/promises'
import type { Download } from 'playwright/test'
import { fillShelf, SHELF } from './artifact-shelf.ts'
import { expect, openHarness, test, type TrackerPage } from './tracker-page.ts'

/** Fills the shelf and shows the page of a run, at its artifacts. */
async function openRunArtifacts(tracker: TrackerPage, run: RegExp): Promise<void> {
  const harness = await openHarness(tracker.page.context())
  await fillShelf(harness)
  await harness.close()
  await tracker.openExperiment(SHELF)
  await tracker.run(run).click()
  await tracker.page.getByRole('button', { name: 'Show the run on a page of its own' }).click()
  await tracker.page.getByRole('tab', { name: 'Artifacts' }).click()
  await tracker.idle()
}

async function download(tracker: TrackerPage, name: string): Promise<Download> {
  const started = tracker.page.waitForEvent('download')
  await tracker.page.getByRole('button', { name, exact: true }).click()
  return started
}

/** What files a zip says it holds. */
async function namesIn(file: Download): Promise<readonly string[]> {
  const bytes = await readFile(await file.path())
  const names: string[] = []
  for (let at = bytes.indexOf('PK\u0001\u0002'); at >= 0; at = bytes.indexOf('PK\u0001\u0002', at + 46))
    names.push(bytes.toString('utf8', at + 46, at + 46 + bytes.readUInt16LE(at + 28)))
  return names
}

test.describe('the artifacts of a run', () => {
  test('are listed, opened, downloaded and named, by mouse and keyboard', async ({ tracker }) => {
    await openRunArtifacts(tracker, /baseline/)
    const { page } = tracker
    const list = page.getByRole('list', { name: 'Artifacts of the run' })
    await expect(list.getByRole('button', { name: /^checkpoint v/, expanded: false })).toHaveCount(5)
    await expect(list.getByRole('button', { name: /^checkpoint v\d/ }).first()).toHaveAccessibleName(
      'checkpoint v5',
    )

    // From the first version by keyboard to the best one, which is opened.
    await list.getByRole('button', { name: 'checkpoint v5', exact: true }).focus()
    await page.keyboard.press('ArrowDown')
    await expect(list.getByRole('button', { name: 'checkpoint v4, best', exact: true })).toBeFocused()
    await page.keyboard.press('Enter')
    const best = page.getByRole('group', { name: 'checkpoint v4' })
    await expect(best).toContainText('val_loss')
    await expect(list.getByRole('button', { name: 'checkpoint v4, best', exact: true })).toBeFocused()

    await best.getByRole('textbox', { name: /New alias/ }).fill('keep me')
    await page.keyboard.press('Enter')
    await expect(
      list.getByRole('button', { name: 'checkpoint v4, best, keep me', exact: true }),
    ).toBeVisible()
    await expect(tracker.toasts.filter({ hasText: 'is keep me now' })).toBeVisible()
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect(list.getByRole('button', { name: 'checkpoint v4, best, keep me', exact: true })).toHaveCount(
      0,
    )
    await best.getByRole('textbox', { name: /New alias/ }).fill('latest')
    await expect(best.getByRole('alert')).toContainText('newest version')
    await page.reload()
    await tracker.idle()
    await expect(best).toContainText('val_loss')

    const one = await download(tracker, 'Download checkpoint v4')
    expect((await readFile(await one.path())).length).toBe(400_004)
    const zip = await download(tracker, 'Download digits v1')
    expect(zip.suggestedFilename()).toBe('digits-v1.zip')
    expect(await namesIn(zip)).toEqual(['README.md', 'train/images.bin', 'train/labels.bin'])
    expect(tracker.problems).toEqual([])
  })

  test('are removed and taken back, and lead to the runs that used them', async ({ tracker }) => {
    await openRunArtifacts(tracker, /fine-tuned/)
    const { page } = tracker
    const list = page.getByRole('list', { name: 'Artifacts of the run' })
    await expect(list).toContainText('used by this run')
    await list.getByRole('button', { name: 'model v2', exact: true }).click()
    await page
      .getByRole('group', { name: 'model v2' })
      .getByRole('button', { name: 'Delete', exact: true })
      .click()
    await expect(list.getByRole('button', { name: 'model v2', exact: true })).toHaveCount(0)
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect(list.getByRole('button', { name: 'model v2', exact: true })).toBeVisible()

    await list.getByRole('button', { name: 'model v1, baseline', exact: true }).click()
    await page.getByRole('group', { name: 'model v1' }).getByRole('link', { name: 'baseline' }).click()
    await expect(page.getByRole('textbox', { name: 'Run name' })).toHaveValue('baseline')
    await expect(list.getByRole('button', { name: /^checkpoint v/ })).toHaveCount(5)
  })
})
