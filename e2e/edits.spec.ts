import { COMPARED, logCompared } from './compared-runs.ts'
import { expect, openHarness, openTracker, test } from './tracker-page.ts'

test('what is typed of a run is kept wherever one goes from it, and taken back at once', async ({
  context,
}) => {
  const harness = await openHarness(context)
  await logCompared(harness)
  await harness.close()
  const tracker = await openTracker(context)
  const { page } = tracker
  await tracker.openExperiment(COMPARED)
  const overview = page.getByRole('complementary', { name: 'Run overview' })
  const notes = overview.getByRole('textbox', { name: 'Notes' })

  await tracker.run(/first/).click()
  await notes.pressSequentially('for the first')
  await tracker.run(/second/).click()
  await expect(overview.getByLabel('Run name')).toHaveValue('second')
  await expect(notes).toHaveValue('')
  await tracker.run(/first/).click()
  await expect(overview.locator('.notes-plain, .markdown')).toHaveText('for the first')

  await overview.getByLabel('Run name').fill('renamed')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  await expect(overview).toBeHidden()
  await expect(tracker.run(/renamed/)).toBeVisible()
  await page.keyboard.press('ControlOrMeta+z')
  await expect(tracker.run(/first/)).toBeVisible()
  await page.keyboard.press('ControlOrMeta+z')
  await tracker.run(/first/).click()
  await expect(notes).toHaveValue('')

  await notes.pressSequentially('before the page goes')
  await tracker.reload()
  await expect(overview).toContainText('before the page goes')
  expect(tracker.problems).toEqual([])
})

test('archived runs are counted, one click away in list and table, and never none', async ({ context }) => {
  const harness = await openHarness(context)
  await logCompared(harness)
  await harness.close()
  const tracker = await openTracker(context)
  const { page } = tracker
  await tracker.openExperiment(COMPARED)
  await page.getByRole('tab', { name: 'Table' }).click()
  await page.getByRole('checkbox', { name: 'Select all runs' }).click()
  await page.getByRole('button', { name: 'Archive', exact: true }).click()
  await expect(page.getByText(/^All \d+ runs are archived\./)).toBeVisible()
  await page.keyboard.press('ControlOrMeta+z')
  await expect(page.getByRole('status')).not.toContainText('archived')
  await page.keyboard.press('ControlOrMeta+Shift+z')
  await page.getByRole('tab', { name: 'Charts' }).click()
  await page.getByRole('button', { name: /^\d+ archived$/ }).click()
  await expect(tracker.run(/first/)).toBeVisible()
  await page.getByRole('button', { name: 'Back from the archive' }).click()
  await expect(tracker.run(/first/)).toBeHidden()
  expect(tracker.problems).toEqual([])
})
