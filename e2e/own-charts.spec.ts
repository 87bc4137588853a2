import { readFile } from 'node:fs/promises'
import type { BrowserContext, Locator, Page } from 'playwright/test'
import { expect, openHarness, openTracker, test, type TrackerPage } from './tracker-page.ts'

/** Two runs whose validation loss follows their loss. */
async function open(context: BrowserContext): Promise<TrackerPage> {
  const harness = await openHarness(context)
  await harness.evaluate(async () => {
    const { story } = window.harness
    for (const [index, lr] of [0.1, 0.01].entries()) {
      const runId = story.init({ experiment: 'pairs', name: `run ${index}`, params: { lr } })
      for (let step = 0; step < 50; step += 1)
        story.log(runId, { loss: 1 / (step + 1), val_loss: 1 / (step + 1) + lr, acc: step / 50 }, { step })
      await story.finish(runId)
    }
  })
  await harness.close()
  const tracker = await openTracker(context)
  await tracker.openExperiment('pairs')
  return tracker
}

/** Puts a chart of one's own together. */
async function add(tracker: TrackerPage, fill: (page: Page) => Promise<void>): Promise<void> {
  const { page } = tracker
  await page.getByRole('button', { name: 'Add a chart' }).click()
  await expect(page.getByRole('dialog', { name: 'Add a chart' })).toBeVisible()
  await fill(page)
  await page.getByRole('button', { name: 'Add', exact: true }).click()
  await tracker.idle()
}

async function choose(tracker: TrackerPage, chart: string, entry: string): Promise<void> {
  const { page } = tracker
  await page
    .getByRole('article', { name: chart, exact: true })
    .getByRole('button', { name: /What can be done/ })
    .click()
  const menu = page.getByRole('menu')
  await menu
    .getByRole('menuitem', { name: entry, exact: true })
    .or(menu.getByRole('menuitemradio', { name: entry, exact: true }))
    .click()
}

const titles = (page: Page): Promise<(string | null)[]> =>
  page
    .getByRole('region', { name: 'Your charts' })
    .getByRole('article')
    .evaluateAll((cards) => cards.map((card) => card.getAttribute('aria-label')))

test('charts of one’s own show several metrics, bars, dots and texts, are moved, kept and saved', async ({
  context,
}) => {
  const tracker = await open(context)
  const { page } = tracker
  await add(tracker, async () => {
    await page.getByRole('button', { name: 'loss and val_loss' }).click()
    await page.getByRole('textbox', { name: 'Title' }).fill('Both losses')
  })
  const lines = page.getByRole('article', { name: 'Both losses', exact: true })
  await expect(lines.locator('.chart-frame-receipt')).toContainText('2 metrics, 200 points')
  const legend = lines.getByRole('list', { name: 'Lines' })
  await expect(legend.getByRole('listitem')).toHaveText([
    /^loss$/,
    /^val_loss$/,
    /loss, run 1/,
    /loss, run 0/,
    /val_loss, run 1/,
    /val_loss, run 0/,
  ])

  await add(tracker, async () => {
    await page.getByText('Bars', { exact: true }).click()
    await page.getByLabel('Number').selectOption('metric.last:acc')
    await page.getByRole('textbox', { name: 'Title' }).fill('Accuracy')
  })
  await add(tracker, async () => {
    await page.getByText('Scatter', { exact: true }).click()
    await page.getByLabel('x', { exact: true }).selectOption('param:lr')
    await page.getByLabel('y', { exact: true }).selectOption('metric.min:val_loss')
  })
  await add(tracker, async () => {
    await page.getByText('Text', { exact: true }).click()
    await page.getByRole('textbox', { name: 'Text', exact: true }).fill('# Why\n\n**lr** was varied.')
  })
  await expect.poll(() => titles(page)).toEqual(['Both losses', 'Accuracy', 'val_loss min over lr', 'Why'])
  await expect(page.getByRole('article', { name: 'Why' }).locator('strong')).toHaveText('lr')
  await expect(page.getByRole('article', { name: 'val_loss min over lr' })).toContainText('2 runs')

  await choose(tracker, 'Both losses', 'Range of y')
  await page.getByRole('textbox', { name: 'Upper end' }).fill('0.5')
  await page.getByRole('textbox', { name: 'Upper end' }).press('Tab')
  await page.keyboard.press('Escape')
  await expect(lines).toContainText('y set')
  await page.getByRole('article', { name: 'Why' }).locator('header').dragTo(lines.locator('header'))
  await tracker.idle()
  await expect.poll(() => titles(page)).toEqual(['Why', 'Both losses', 'Accuracy', 'val_loss min over lr'])

  await page.reload()
  await tracker.idle()
  await expect.poll(() => titles(page)).toEqual(['Why', 'Both losses', 'Accuracy', 'val_loss min over lr'])
  await expect(lines).toContainText('y set')

  const saving = page.waitForEvent('download')
  await choose(tracker, 'Both losses', 'Save as CSV')
  const csv = await readFile(await (await saving).path(), 'utf8')
  expect(csv).toContain('val_loss, run 0')
  expect(csv).toContain('loss, run 1')

  for (const format of ['SVG', 'PNG']) {
    const picture = page.waitForEvent('download')
    await choose(tracker, 'val_loss min over lr', `Save as ${format}`)
    const file = await picture
    expect(file.suggestedFilename()).toBe(`val_loss-min-over-lr.${format.toLowerCase()}`)
    const bytes = await readFile(await file.path())
    if (format === 'PNG') expect(bytes.subarray(1, 4).toString()).toBe('PNG')
    else expect(bytes.toString()).toMatch(/^<svg[\s\S]+<circle[^>]+><title>run 1<[\s\S]+<\/svg>$/)
  }

  await choose(tracker, 'Accuracy', 'Remove')
  await tracker.idle()
  await expect.poll(() => titles(page)).toEqual(['Why', 'Both losses', 'val_loss min over lr'])
  await page.keyboard.press('ControlOrMeta+z')
  await tracker.idle()
  await expect.poll(() => titles(page)).toEqual(['Why', 'Both losses', 'Accuracy', 'val_loss min over lr'])
})

/** How many lines the overlay of a chart holds where their ends lie apart. */
const raisedLines = (chart: Locator): Promise<number> =>
  chart.locator('.chart-overlay').evaluate((canvas) => {
    if (!(canvas instanceof HTMLCanvasElement)) throw new Error('That is no canvas')
    const { width, height } = canvas
    // As wide as a dash and its gap, in the last third of the chart.
    const context = canvas.getContext('2d')
    if (context === null) throw new Error('It was never drawn on')
    const { data } = context.getImageData(Math.round(width * 0.75), 0, Math.round(width * 0.1), height)
    const row = data.length / height
    const rows = Array.from({ length: height }, (_, y) =>
      data.subarray(y * row, (y + 1) * row).some((value) => value > 0),
    )
    return rows.filter((isPainted, y) => isPainted && rows[y - 1] !== true).length
  })

test('pointing at a run raises all of its lines in a chart of several metrics', async ({ context }) => {
  const tracker = await open(context)
  const { page } = tracker
  await add(tracker, async () => {
    await page.getByRole('button', { name: 'loss and val_loss' }).click()
  })
  const chart = page.getByRole('article', { name: 'loss, val_loss', exact: true })
  await expect.poll(() => raisedLines(chart)).toBe(0)
  await tracker.run(/run 0/).hover()
  await expect.poll(() => raisedLines(chart)).toBe(2)
  await chart.getByRole('button', { name: 'val_loss, run 0' }).hover()
  await expect(chart.locator('.chart-legend-line.is-raised')).toHaveText([/^loss, run 0/, /^val_loss, run 0/])
  await expect.poll(() => raisedLines(chart)).toBe(2)
})

test('any chart has a legend when it is asked for, and is combined with others', async ({ context }) => {
  const tracker = await open(context)
  const { page } = tracker
  const acc = page.getByRole('article', { name: 'acc', exact: true })
  await expect(acc.getByRole('list', { name: 'Lines' })).toHaveCount(0)
  await choose(tracker, 'acc', 'Legend')
  await expect(acc.getByRole('listitem')).toHaveText([/run 1/, /run 0/])
  await acc.getByRole('button', { name: /run 0/ }).click()
  const panel = page.getByRole('complementary', { name: 'Run overview' })
  await expect(panel.getByRole('textbox', { name: 'Run name' })).toHaveValue('run 0')
  await page.keyboard.press('Escape')

  await choose(tracker, 'loss', 'Combine with other metrics')
  const dialog = page.getByRole('dialog', { name: 'Add a chart' })
  await expect(dialog.getByRole('checkbox', { name: 'loss', exact: true })).toBeChecked()
  await dialog.getByRole('checkbox', { name: 'acc' }).check()
  await dialog.getByRole('combobox', { name: 'Section' }).fill('Overfitting')
  await dialog.getByRole('button', { name: 'Add', exact: true }).click()
  await tracker.idle()
  const section = page.getByRole('region', { name: 'Overfitting' })
  await expect(section.getByRole('article', { name: 'loss, acc' })).toContainText('2 metrics')

  await choose(tracker, 'loss, acc', 'Edit')
  const editing = page.getByRole('dialog', { name: 'Edit the chart' })
  await editing.getByRole('textbox', { name: 'Pattern' }).fill('^val_')
  await editing.getByRole('button', { name: 'Save' }).click()
  await tracker.idle()
  await expect(section.getByRole('article', { name: 'loss, acc, ^val_' })).toContainText('3 metrics')
})
