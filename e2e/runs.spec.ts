import type { BrowserContext, Locator } from 'playwright/test'
import { expect, openHarness, openTracker, test, type TrackerPage } from './tracker-page.ts'

const BEST = 'lr0.01-u64-adam-s2'
const SPIKY = 'lr0.01-u32-adam-s2'

/** The sixty runs, as somebody finds them after a weekend. */
async function open(context: BrowserContext): Promise<TrackerPage> {
  const harness = await openHarness(context)
  await harness.evaluate(async () => {
    const { logSixtyRuns } = await window.harness.loadSixtyRuns()
    await logSixtyRuns()
  })
  await harness.close()
  const tracker = await openTracker(context)
  await tracker.openExperiment('sixty runs')
  return tracker
}

const names = (tracker: TrackerPage): Promise<string[]> =>
  tracker.page.locator('.run-list-row-text').allTextContents()

async function rankBy(tracker: TrackerPage, metric: string): Promise<void> {
  await tracker.page.getByLabel('Metric to rank by').selectOption(metric)
  await tracker.idle()
}

/** Where a part of a plot lies on the page. */
async function placeIn(plot: Locator, x: number, y: number): Promise<readonly [number, number]> {
  await plot.scrollIntoViewIfNeeded()
  const box = await plot.boundingBox()
  if (box === null) throw new Error('The plot is not on the screen.')
  return [box.x + box.width * x, box.y + box.height * y]
}

test('the list is in the order it says, and what is pinned comes first everywhere', async ({ context }) => {
  const tracker = await open(context)
  const { page } = tracker
  await expect(page.getByRole('button', { name: 'Newest first' })).toBeVisible()
  await rankBy(tracker, 'val/loss')
  await expect(page.getByRole('button', { name: 'Best first' })).toBeVisible()
  expect((await names(tracker))[0]).toBe(BEST)

  const row = page.locator('.run-list-row').filter({ hasText: 'lr0.03-u64-sgd-s3' }).first()
  await row.click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Pin to the top' }).click()
  await tracker.idle()
  expect((await names(tracker)).slice(0, 2)).toEqual(['lr0.03-u64-sgd-s3', BEST])
  await page.getByRole('tab', { name: 'Table' }).click()
  await tracker.idle()
  await expect(page.locator('.table-row .name-cell-name').first()).toHaveText('lr0.03-u64-sgd-s3')
  await tracker.reload()
  await expect(page.locator('.table-row .name-cell-name').first()).toHaveText('lr0.03-u64-sgd-s3')
  expect(tracker.problems).toEqual([])
})

test('a spike names its run, a box zooms both axes, and a run that diverged stays out of it', async ({
  context,
}) => {
  const tracker = await open(context)
  const { page } = tracker
  await tracker.command('Ignore outliers')
  const chart = tracker.chart('train/loss')
  await expect(chart).toContainText('1 run far off ignored for y')
  const plot = chart.locator('.u-over')
  // Above all other lines, a step beside the spike.
  await page.mouse.move(...(await placeIn(plot, 0.6, 0.3)))
  await expect(chart.locator('.chart-tooltip-row.is-nearest')).toContainText(SPIKY)
  await expect(page.locator('.run-list-row.is-raised')).toContainText(SPIKY)

  await page.mouse.move(...(await placeIn(plot, 0.5, 0.4)))
  await page.mouse.down()
  await page.mouse.move(...(await placeIn(plot, 0.8, 0.9)), { steps: 4 })
  await page.mouse.up()
  await tracker.idle()
  // The diverged run is as far off as before, though most of what it is lies in this part.
  await expect(chart).toContainText('1 run far off ignored for y')
  await expect.poll(() => page.url()).toContain('zoomY=')
  await page.getByRole('button', { name: 'Reset zoom' }).click()
  await expect.poll(() => page.url()).not.toContain('zoomY=')

  await chart.getByRole('button', { name: /What can be done/ }).click()
  await page.getByRole('menuitemradio', { name: 'Range of y' }).click()
  await page.getByLabel('Upper end').fill('0.5')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  await expect(chart).toContainText('y set')

  await page.mouse.move(...(await placeIn(plot, 0.95, 0.5)))
  await page.mouse.click(...(await placeIn(plot, 0.95, 0.5)))
  await expect(page.getByRole('complementary', { name: 'Run overview' })).toBeVisible()
  expect(tracker.problems).toEqual([])
})

test('the same can be done with a run in the list, in the table and by its name', async ({ context }) => {
  const tracker = await open(context)
  const { page } = tracker
  const entries = async (): Promise<string[]> => {
    const texts = await page.getByRole('menu').locator('.menu-text').allTextContents()
    await page.keyboard.press('Escape')
    return texts
  }
  await tracker.run(/^lr0.1-u64-adam-s3/).focus()
  await page.keyboard.press('ArrowDown')
  // The arrows move and open nothing.
  await expect(page.getByRole('complementary', { name: 'Run overview' })).toBeHidden()
  await page.keyboard.press('Shift+F10')
  const inList = await entries()
  expect(inList).toContain('Use as the baseline')
  await page.keyboard.press('Enter')
  const panel = page.getByRole('complementary', { name: 'Run overview' })
  await expect(panel).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(panel).toBeHidden()
  await expect(tracker.run(/^lr0.1-u64-adam-s2/)).toBeFocused()

  await page.getByRole('tab', { name: 'Table' }).click()
  await page.locator('.name-cell-name').filter({ hasText: 'lr0.1-u64-adam-s2' }).click({ button: 'right' })
  expect(await entries()).toEqual(inList)

  await tracker.command(`Open ${BEST}`)
  await expect(panel.getByRole('textbox', { name: 'Run name' })).toHaveValue(BEST)
  await tracker.command('Show the chart of val/acc')
  await expect(page.getByRole('button', { name: 'All charts' })).toBeVisible()
  expect(tracker.problems).toEqual([])
})
