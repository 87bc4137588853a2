import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright/test'
import { expect, openHarness, openTracker, test, type TrackerPage } from './tracker-page.ts'

const METRICS = ['loss', 'acc', 'val/loss', 'val/acc'] as const

/** Six runs, two of each model; the curves of a model are 1, 2 or 3 all along, those of its runs a tenth beside. */
async function track(harness: Page): Promise<void> {
  await harness.evaluate(async (metrics) => {
    const { story } = window.harness
    for (let index = 0; index < 6; index += 1) {
      const level = 1 + Math.floor(index / 2)
      const runId = story.init({
        experiment: 'models',
        name: `run ${index}`,
        params: { level, lr: index < 3 ? 0.001 : 0.1 },
        tags: { model: `m${level}` },
      })
      for (let step = 0; step < 500; step += 1) {
        const value = step === 0 ? 0 : level + (index % 2 === 0 ? 0.1 : -0.1)
        story.log(runId, Object.fromEntries(metrics.map((metric) => [metric, value])), { step })
      }
      story.mark(runId, 'new data')
      await story.finish(runId)
    }
  }, METRICS)
}

async function open(context: Parameters<typeof openTracker>[0]): Promise<TrackerPage> {
  const harness = await openHarness(context)
  await track(harness)
  await harness.close()
  const tracker = await openTracker(context)
  await tracker.openExperiment('models')
  return tracker
}

/** Chooses from the menu of a chart. */
async function choose(tracker: TrackerPage, metric: string, entry: string | RegExp): Promise<void> {
  await tracker
    .chart(metric)
    .getByRole('button', { name: /What can be done/ })
    .click()
  const menu = tracker.page.getByRole('menu')
  await menu
    .getByRole('menuitem', { name: entry })
    .or(menu.getByRole('menuitemradio', { name: entry }))
    .click()
  await tracker.idle()
}

/** What is written at the axis of y, as its SVG has it. */
async function labelsOfY(tracker: TrackerPage, metric: string): Promise<readonly string[]> {
  const download = tracker.page.waitForEvent('download')
  await choose(tracker, metric, 'Save as SVG')
  const svg = await readFile(await (await download).path(), 'utf8')
  return [...svg.matchAll(/<text[^>]*text-anchor='end'[^>]*>([^<]*)</g)].map(([, label]) => label ?? '')
}

/** The names of the charts, from the top. */
async function order(tracker: TrackerPage): Promise<readonly (string | null)[]> {
  const articles = await tracker.page.getByRole('article').all()
  return Promise.all(articles.map((article) => article.getAttribute('aria-label')))
}

test.describe('charts', () => {
  test('are pinned, moved, closed and found by a pattern, and stay so after a reload', async ({
    context,
  }) => {
    const tracker = await open(context)
    await expect.poll(() => order(tracker)).toEqual(['loss', 'acc', 'val/loss', 'val/acc'])
    await choose(tracker, 'val/acc', 'Pin to the top')
    await expect.poll(() => order(tracker)).toEqual(['val/acc', 'loss', 'acc', 'val/loss'])
    await choose(tracker, 'loss', 'Move after')
    await expect.poll(() => order(tracker)).toEqual(['val/acc', 'acc', 'loss', 'val/loss'])
    await tracker.page.getByRole('button', { name: /^val 1 chart/ }).click()
    await expect(tracker.chart('val/loss')).toBeHidden()
    await tracker.page.getByRole('button', { name: 'Move val up' }).focus()
    await tracker.page.keyboard.press('Enter')
    await tracker.reload()
    await expect(tracker.page.getByRole('region', { name: 'val' })).toBeVisible()
    await expect.poll(() => order(tracker)).toEqual(['val/acc', 'acc', 'loss'])
    const sections = await tracker.page
      .locator('.chart-section')
      .evaluateAll((all) => all.map((one) => one.ariaLabel))
    expect(sections).toEqual(['Pinned', 'val', 'Metrics'])

    const pattern = tracker.page.getByRole('searchbox', { name: 'Search metrics' })
    await pattern.fill('^(val/)?acc$')
    await tracker.idle()
    await expect(tracker.page.getByRole('article')).toHaveCount(2)
    await pattern.fill('^(val/')
    await expect(tracker.page.getByText('This is no regular expression')).toBeVisible()
    await expect(tracker.page.getByRole('article')).toHaveCount(2)
    await pattern.fill('')
    await expect.poll(() => order(tracker)).toEqual(['val/acc', 'acc', 'loss'])
    expect(tracker.problems).toEqual([])
  })

  test('of groups are the mean of their runs, and colours tell params apart', async ({ context }) => {
    const tracker = await open(context)
    await tracker.page.getByRole('button', { name: 'Group by none' }).click()
    const panel = tracker.page.getByRole('dialog', { name: 'Lines' })
    await panel.getByLabel('Group by').selectOption({ label: 'model' })
    await tracker.page.keyboard.press('Escape')
    await tracker.idle()
    await expect(tracker.chart('loss')).toContainText('means of 6 runs in 3 groups')
    const picture = tracker.chart('loss').getByRole('img')
    await expect(picture).toHaveAccessibleName(/model m1 \(2 runs\) 1, model m2 \(2 runs\) 2,/)
    await tracker.page.getByRole('button', { name: /^Group by/ }).click()
    await panel.getByLabel('Band').selectOption('range')
    await panel.getByLabel('Group by').selectOption('')
    await panel.getByLabel('Colour by').selectOption({ label: 'lr' })
    await panel.getByLabel('A chart for each').selectOption({ label: 'level' })
    await tracker.page.keyboard.press('Escape')
    await tracker.idle()
    await expect(tracker.page.locator('.line-legend')).toHaveText('lr0.0010.1')
    await expect(tracker.chart('loss, level 2')).toContainText('1,000 points')
    await expect(tracker.page.getByRole('article', { name: /^loss, level/ })).toHaveCount(3)
    // Side by side they have one height: 3 is as high up in the chart of level 1.
    expect(await labelsOfY(tracker, 'loss, level 1')).toEqual(await labelsOfY(tracker, 'loss, level 3'))
    await tracker.reload()
    await expect(tracker.chart('loss, level 3')).toBeVisible()
    expect(tracker.problems).toEqual([])
  })

  test('of groups are of all runs that match, drawn or not, and say what they cover', async ({ context }) => {
    const harness = await openHarness(context)
    await harness.evaluate(async () => {
      const { story } = window.harness
      for (let index = 0; index < 60; index += 1) {
        const params = { lr: index % 2 === 0 ? 0.1 : 0.01, seed: Math.floor(index / 2) }
        const runId = story.init({ experiment: 'seeds', name: `run ${index}`, params })
        // The last one logs something else.
        for (let step = 0; step < 20; step += 1)
          story.log(runId, { [index === 59 ? 'other' : 'loss']: index }, { step })
        await story.finish(runId)
      }
    })
    await harness.close()
    const tracker = await openTracker(context)
    await tracker.openExperiment('seeds')
    const { page } = tracker
    await expect(page.getByText('60 runs, 50 shown')).toBeVisible()
    await page.getByRole('button', { name: 'Group by none' }).click()
    const panel = page.getByRole('dialog', { name: 'Lines' })
    await panel.getByRole('checkbox', { name: 'seed' }).check()
    await expect(panel.getByLabel('Group by')).toHaveValue('param:lr')
    const loss = tracker.chart('loss')
    await expect(loss).toContainText('1,180 points, means of 59 of 60 runs in 2 groups, 1 has no loss')
    // Of 0, 2 … 58 and of 1, 3 … 57.
    const means = /lr 0\.01 \(29 of 30 runs\) 29, lr 0\.1 \(30 runs\) 29\./
    await expect(loss.getByRole('img')).toHaveAccessibleName(means)
    await expect(page.locator('.line-legend')).toHaveText('lr0.01300.130')

    await panel.getByLabel('Colour by').selectOption({ label: 'seed' })
    await expect(panel).toContainText('seed differs between the runs of every group')
    await panel.getByLabel('Colour by').selectOption('')
    await page.keyboard.press('Escape')
    // Hiding some of a group leaves its mean alone; hiding all of it takes its line away.
    await page.getByRole('button', { name: 'Show run 57', exact: true }).click()
    await expect(loss.getByRole('img')).toHaveAccessibleName(means)
    await page.getByRole('button', { name: 'Hide all runs' }).click()
    await expect(loss.getByRole('img')).toHaveAccessibleName(/nothing drawn/)
    await page.getByRole('button', { name: 'Show run 58', exact: true }).click()
    await expect(loss).toContainText('600 points, mean of 30 runs')

    await page.getByRole('button', { name: 'Hide all runs' }).click()
    await page.getByRole('button', { name: 'Show all runs in charts' }).click()
    await choose(tracker, 'loss', 'Distribution by group')
    await expect(loss).toContainText('last value of 59 of 60 runs, in 2 groups, 1 has no loss')
    await expect(loss.getByRole('img')).toHaveAccessibleName(/Medians: lr 0\.01 29, lr 0\.1 29\./)
    for (const format of ['PNG', 'SVG', 'CSV']) {
      const download = page.waitForEvent('download')
      await choose(tracker, 'loss', `Save as ${format}`)
      const file = await download
      expect(file.suggestedFilename()).toBe(`loss.${format.toLowerCase()}`)
      const written = await readFile(await file.path())
      if (format === 'CSV') expect(written.toString().split('\r\n').length).toBe(61)
      else expect(written.length).toBeGreaterThan(1_000)
    }
    await tracker.reload()
    await expect(loss).toContainText('last value of 59 of 60 runs')
    expect(tracker.problems).toEqual([])
  })

  test('on log axes say what has no place there, and are saved as they look', async ({ context }) => {
    const tracker = await open(context)
    await choose(tracker, 'loss', 'Logarithmic y')
    await expect(tracker.chart('loss')).toContainText('log y')
    await expect(tracker.chart('loss')).toContainText('6 places with values of 0 or less below the axis')
    await choose(tracker, 'loss', 'Logarithmic x')
    await expect(tracker.chart('loss')).toContainText('2,994 points')
    await tracker.reload()
    await expect(tracker.chart('loss')).toContainText('log x, log y')

    for (const format of ['PNG', 'SVG', 'CSV']) {
      const download = tracker.page.waitForEvent('download')
      await choose(tracker, 'acc', `Save as ${format}`)
      const file = await download
      expect(file.suggestedFilename()).toBe(`acc.${format.toLowerCase()}`)
      const bytes = await readFile(await file.path())
      if (format === 'PNG') expect(bytes.subarray(1, 4).toString()).toBe('PNG')
      if (format === 'SVG') expect(bytes.toString()).toMatch(/^<svg[\s\S]+>run 5<[\s\S]+<\/svg>$/)
      if (format === 'CSV') {
        const lines = bytes.toString().trim().split('\r\n')
        expect(lines[0]).toBe('run_id,run_name,step,mean,min,max')
        expect(lines).toHaveLength(3_001)
        expect(lines.some((line) => line.endsWith(',run 0,499,1.1,1.1,1.1'))).toBe(true)
      }
    }
    expect(tracker.problems).toEqual([])
  })

  test('are read, zoomed and expanded by keyboard', async ({ context }) => {
    const tracker = await open(context)
    const chart = tracker.chart('loss').getByRole('application', { name: 'loss' })
    await chart.focus()
    await tracker.page.keyboard.press('End')
    await expect(chart.locator('[aria-live]')).toContainText('step 499: run 4 3.100')
    await tracker.page.keyboard.press('ArrowLeft')
    await expect(chart.locator('[aria-live]')).toContainText('step 498')
    await tracker.page.keyboard.press('+')
    await tracker.idle()
    expect(await tracker.drawnPoints('loss')).toBeLessThan(3_000)
    await tracker.page.keyboard.press('Shift+ArrowLeft')
    await tracker.idle()
    await tracker.page.keyboard.press('0')
    await tracker.idle()
    expect(await tracker.drawnPoints('loss')).toBe(3_000)

    await choose(tracker, 'loss', 'Expand')
    await expect(tracker.page.getByRole('article')).toHaveCount(1)
    await tracker.page.getByRole('heading', { name: 'models' }).click()
    await tracker.page.keyboard.press('Escape')
    await expect(tracker.chart('acc')).toBeVisible()
    expect(tracker.problems).toEqual([])
  })

  test('know which way a metric improves once that is said, for everybody', async ({ context }) => {
    const tracker = await open(context)
    await expect(tracker.chart('loss')).toContainText('best 0')
    await choose(tracker, 'loss', 'Higher is better')
    await expect(tracker.chart('loss')).toContainText('best 3.100')
    const other = await openTracker(context)
    await other.openExperiment('models')
    await expect(other.chart('loss')).toContainText('best 3.100')
    await tracker.page.bringToFront()
    await tracker.page.getByRole('heading', { name: 'models' }).click()
    await tracker.page.keyboard.press('ControlOrMeta+z')
    await expect(other.chart('loss')).toContainText('best 0')
  })
})

test.describe('a view', () => {
  test('is saved by name, shown again, exported with the experiment and taken away', async ({ context }) => {
    const tracker = await open(context)
    await choose(tracker, 'acc', 'Pin to the top')
    await tracker.page.getByRole('button', { name: 'Views' }).click()
    await tracker.page.getByRole('menuitem', { name: 'Save this view' }).click()
    await tracker.page.getByRole('textbox', { name: 'Name of the view' }).fill('accuracy first')
    await tracker.page.keyboard.press('Enter')
    const control = tracker.page.getByRole('button', { name: 'accuracy first' })
    await expect(control).toBeVisible()
    await choose(tracker, 'acc', 'Unpin')
    await expect.poll(() => order(tracker)).toEqual(['loss', 'acc', 'val/loss', 'val/acc'])
    await tracker.command('accuracy fir')
    await tracker.idle()
    await expect.poll(() => order(tracker)).toEqual(['acc', 'loss', 'val/loss', 'val/acc'])

    const file = await tracker.share('SQLite')
    const buffer = await readFile(await file.path())
    await tracker.openFile({ name: 'sent.db', mimeType: '', buffer })
    await expect(tracker.openedFile).toBeVisible()
    await tracker.idle()
    await tracker.page.getByRole('button', { name: /^(Views|accuracy first)$/ }).click()
    await tracker.page.getByRole('menuitemradio', { name: 'accuracy first' }).click()
    await tracker.idle()
    await expect.poll(async () => (await order(tracker))[0]).toBe('acc')

    await tracker.openedFile.getByRole('button', { name: 'Close' }).click()
    await tracker.openExperiment('models')
    await control.click()
    await tracker.page.getByRole('menuitem', { name: 'Remove accuracy first' }).click()
    await expect(tracker.page.getByRole('button', { name: 'Views' })).toBeVisible()
    expect(tracker.problems).toEqual([])
  })
})

test.describe('the page of a run', () => {
  test('shows its charts alone, its timeline and its notes as Markdown that runs nothing', async ({
    context,
  }) => {
    const tracker = await open(context)
    await tracker.run('run 2').click()
    const overview = tracker.page.getByRole('complementary', { name: 'Run overview' })
    await overview
      .getByRole('textbox', { name: 'Notes' })
      .fill(
        '# Tried\n\n- [x] **less** dropout\n\n<img src=x onerror="window.hacked=1">\n\n[out](javascript:window.hacked=1) [paper](https://example.org/)',
      )
    await tracker.page.keyboard.press('ControlOrMeta+Enter')
    await expect(overview.getByRole('heading', { name: 'Tried' })).toBeVisible()
    const page = await tracker.openRunPage()
    await expect(page.getByRole('listitem').filter({ hasText: 'last point, step 499' })).toBeVisible()
    await expect(page.getByRole('listitem').filter({ hasText: 'new data, step 499' })).toBeVisible()
    await expect(page.locator('strong')).toHaveText('less')
    await expect(page).toContainText('<img src=x onerror="window.hacked=1">')
    await expect(page.getByRole('link')).toHaveCount(1)
    await expect(page.getByRole('link', { name: 'paper' })).toHaveAttribute('rel', /noopener/)
    await tracker.idle()
    expect(await tracker.drawnPoints('loss')).toBe(500)
    expect(await tracker.page.evaluate('window.hacked')).toBeUndefined()
    await tracker.reload()
    await expect(page.locator('strong')).toHaveText('less')
    await tracker.page.keyboard.press('Escape')
    await expect(overview).toBeVisible()
    expect(tracker.problems).toEqual([])
  })
})

test.describe('the keyboard', () => {
  test('finds every action in the palette and lists its keys', async ({ context }) => {
    const tracker = await open(context)
    await tracker.page.keyboard.press('ControlOrMeta+k')
    const palette = tracker.page.getByRole('dialog', { name: 'Commands' })
    await expect(palette).toBeVisible()
    await tracker.page.keyboard.type('outliers')
    await expect(palette.getByRole('option')).toHaveText([/Ignore outliers/])
    await tracker.page.keyboard.press('Enter')
    await expect(palette).toBeHidden()
    await expect(tracker.page.getByRole('button', { name: 'Ignore outliers on' })).toBeVisible()
    await tracker.page.keyboard.press('ControlOrMeta+z')
    await expect(tracker.page.getByRole('button', { name: 'Ignore outliers off' })).toBeVisible()
    await tracker.page.keyboard.press('Shift+?')
    await expect(tracker.page.getByRole('dialog', { name: 'Keys' })).toContainText('Go to Table')
    await tracker.page.keyboard.press('Escape')
    await tracker.page.keyboard.press('Alt+1')
    await tracker.page.getByRole('tab', { name: 'Charts' }).focus()
    await tracker.page.keyboard.press('ArrowRight')
    await expect(tracker.page.getByRole('tab', { name: 'Table' })).toHaveAttribute('aria-selected', 'true')
    expect(tracker.problems).toEqual([])
  })
})
