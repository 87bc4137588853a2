import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright/test'
import { expect, openHarness, openTracker, test, type TrackerPage } from './tracker-page.ts'

const MODELS = ['cnn', 'mlp', 'vit'] as const

/** Runs whose accuracy is what their learning rate and model make of it; the seed means nothing. */
async function track(harness: Page, count: number): Promise<void> {
  await harness.evaluate(
    async ({ count, models }) => {
      const { story } = window.harness
      for (let index = 0; index < count; index += 1) {
        const power = -4 + ((index * 7) % count) / (count / 3)
        const model = models[index % 3] ?? 'cnn'
        const runId = story.init({
          experiment: 'sweep',
          name: `run ${index}`,
          params: {
            lr: 10 ** power,
            model,
            seed: (index * 13) % count,
            epochs: 10,
            optimizer: { name: 'adam', betas: [0.9, 0.999] },
          },
          tags: { machine: index % 2 === 0 ? 'desk' : 'laptop' },
        })
        const acc = 0.9 - 0.1 * (power + 2.5) ** 2 + (model === 'cnn' ? 0.05 : 0)
        for (let step = 0; step < 5; step += 1)
          story.log(runId, { 'val/acc': (acc * (step + 1)) / 5, loss: 1 - acc }, { step })
        await story.finish(runId)
      }
    },
    { count, models: MODELS },
  )
}

async function openCompare(tracker: TrackerPage): Promise<void> {
  await tracker.openExperiment('sweep')
  await tracker.page.getByRole('tab', { name: 'Compare' }).click()
  await tracker.idle()
}

function section(tracker: TrackerPage, name: string) {
  return tracker.page.getByRole('region', { name, exact: true })
}

function params(tracker: TrackerPage) {
  return tracker.page.getByRole('region', { name: 'Params by run' }).getByRole('table')
}

function axis(tracker: TrackerPage, name: string) {
  return tracker.page.getByRole('group', { name: `Axis ${name}` })
}

async function axes(tracker: TrackerPage): Promise<readonly (string | null)[]> {
  return tracker.page
    .locator('.parallel-axis')
    .evaluateAll((all) =>
      all
        .toSorted((a, b) => a.getBoundingClientRect().left - b.getBoundingClientRect().left)
        .map((each) => each.getAttribute('aria-label')),
    )
}

/** Drags the pointer along an axis; 0 is its upper end. */
async function dragAlong(tracker: TrackerPage, name: string, from: number, to: number): Promise<void> {
  const track = axis(tracker, name).locator('.parallel-axis-track')
  await track.evaluate((element) => element.scrollIntoView({ block: 'center' }))
  const box = await track.boundingBox()
  if (box === null) throw new Error(`The axis ${name} is not there.`)
  const { mouse } = tracker.page
  await mouse.move(box.x + box.width / 2, box.y + from * box.height)
  await mouse.down()
  await mouse.move(box.x + box.width / 2, box.y + to * box.height, { steps: 4 })
  await mouse.up()
  await tracker.idle()
}

test.describe('comparing', () => {
  test('shows what differs, against the baseline', async ({ context }) => {
    await track(await openHarness(context), 4)
    const tracker = await openTracker(context)
    await openCompare(tracker)
    await expect(params(tracker).getByRole('rowheader')).toHaveText(['lr', 'model', 'seed'])
    await expect(params(tracker).getByRole('columnheader')).toHaveText([/run 2/, /run 3/, /run 1/, /run 0/])
    await expect(
      params(tracker)
        .getByRole('row', { name: /^model/ })
        .getByRole('cell'),
    ).toHaveText(['vit', /^cnn.*differs/, /^mlp.*differs/, /^cnn.*differs/])
    await tracker.page.getByRole('button', { name: /3 equal params hidden/ }).click()
    await expect(params(tracker).getByRole('rowheader')).toHaveText([
      'epochs',
      'lr',
      'model',
      'optimizer.betas',
      'optimizer.name',
      'seed',
    ])
    await expect(params(tracker).getByRole('row', { name: /^optimizer.name/ })).toContainText('adam')

    await tracker.page.getByRole('combobox', { name: 'Baseline' }).selectOption('run 1')
    await expect(params(tracker).getByRole('columnheader').first()).toContainText('run 1')
    const metrics = tracker.page.getByRole('region', { name: 'Metrics by run' })
    await expect(metrics.getByRole('row', { name: /^val\/acc/ }).locator('.is-best')).toHaveCount(1)
    await expect(metrics.getByRole('row', { name: /^loss/ }).locator('.is-better, .is-worse')).toHaveCount(3)
    await section(tracker, 'Metrics').getByRole('radio', { name: 'Mean' }).check({ force: true })
    await section(tracker, 'Tags and runs').getByRole('button', { name: 'Tags and runs' }).click()

    await tracker.reload()
    await expect(params(tracker).getByRole('columnheader').first()).toContainText('run 1')
    await expect(params(tracker).getByRole('rowheader')).toHaveCount(6)
    await expect(section(tracker, 'Metrics').getByRole('radio', { name: 'Mean' })).toBeChecked()
    await expect(tracker.page.getByRole('region', { name: 'Tags by run' })).toBeHidden()
    expect(tracker.problems).toEqual([])
  })

  test('keeps one head over all tables of runs, with what can be done with each', async ({ context }) => {
    await track(await openHarness(context), 9)
    const tracker = await openTracker(context)
    await openCompare(tracker)
    const heads = tracker.page.getByRole('group', { name: 'Compared runs' })
    const names = heads.locator('.run-columns-name')
    const metrics = tracker.page.getByRole('region', { name: 'Metrics by run' })
    await metrics.evaluate((element) => element.scrollIntoView({ block: 'end' }))
    await expect(heads).toBeInViewport({ ratio: 1 })
    await params(tracker).evaluate((table) => table.parentElement?.scrollBy({ left: 300 }))
    await expect.poll(() => metrics.evaluate(({ scrollLeft }) => scrollLeft)).toBe(300)
    await expect.poll(() => heads.evaluate(({ scrollLeft }) => scrollLeft)).toBe(300)
    const [key, cell, head] = [
      await metrics.getByRole('rowheader').first().boundingBox(),
      await metrics.getByRole('row', { name: /^val/ }).getByRole('cell').nth(3).boundingBox(),
      await names.nth(3).boundingBox(),
    ]
    expect(key?.x).toBe((await metrics.boundingBox())?.x)
    expect(head?.x).toBe(cell?.x)

    const menuOf = async (run: string): Promise<void> =>
      heads.getByRole('button', { name: `What can be done with ${run}` }).click()
    const first = (await names.first().textContent()) ?? ''
    await menuOf('run 0')
    await tracker.page.getByRole('menuitem', { name: 'Use as the baseline' }).click()
    await expect(names.first()).toHaveText('run 0')
    await menuOf(first)
    await tracker.page.getByRole('menuitem', { name: 'Remove from the comparison' }).click()
    await expect(names).toHaveCount(8)
    await menuOf('run 1')
    await tracker.page.getByRole('menuitem', { name: 'More' }).click()
    await expect(tracker.page.getByRole('menuitem', { name: 'Copy the id' })).toBeVisible()
    await tracker.page.keyboard.press('Escape')
    await names.getByText('run 1').click()
    await expect(tracker.page.getByRole('textbox', { name: 'Run name' })).toHaveValue('run 1')
    expect(tracker.problems).toEqual([])
  })

  test('asks for a second run', async ({ context }) => {
    await track(await openHarness(context), 2)
    const tracker = await openTracker(context)
    await openCompare(tracker)
    await tracker.page.getByRole('button', { name: 'Show run 1' }).click()
    await expect(tracker.page.getByText('One of 2 runs is drawn. Show another with the eye')).toBeVisible()
    await tracker.page.keyboard.press('ControlOrMeta+z')
    await expect(params(tracker)).toBeVisible()
    expect(tracker.problems).toEqual([])
  })

  test('follows a run that is still training', async ({ context }) => {
    const harness = await openHarness(context)
    await track(harness, 2)
    const runId = await harness.evaluate(() =>
      window.harness.story.init({ experiment: 'sweep', name: 'live', params: { lr: 0.5, model: 'gru' } }),
    )
    const tracker = await openTracker(context)
    await openCompare(tracker)
    await expect(params(tracker).getByRole('row', { name: /^model/ })).toContainText('gru')
    await harness.evaluate((id) => window.harness.story.log(id, { 'val/acc': 0.25 }), runId)
    const row = tracker.page
      .getByRole('region', { name: 'Metrics by run' })
      .getByRole('row', { name: /^val\/acc/ })
    await expect(row).toContainText('0.2500')
    await harness.evaluate(() => {
      window.harness.story.init({ experiment: 'sweep', name: 'later', params: { lr: 0.5, model: 'rnn' } })
    })
    await expect(params(tracker).getByRole('row', { name: /^model/ })).toContainText('rnn')
    expect(tracker.problems).toEqual([])
  })
})

test.describe('parallel coordinates', () => {
  test('are brushed, reordered and flipped by mouse, and become a filter', async ({ context }) => {
    await track(await openHarness(context), 12)
    const tracker = await openTracker(context)
    await openCompare(tracker)
    expect(await axes(tracker)).toEqual(['Axis lr', 'Axis model', 'Axis seed', 'Axis val/acc max'])
    // The upper end of models is vit.
    await dragAlong(tracker, 'model', -0.02, 0.2)
    const parallel = section(tracker, 'Parallel coordinates')
    await expect(parallel.getByRole('status')).toContainText('4 runs of 12 picked')
    await dragAlong(tracker, 'seed', 1.02, 0.5)
    await expect(parallel.getByRole('status')).toContainText(/[123] runs? of 12 picked/)
    const brushed = await parallel.getByRole('button', { name: /^Filter to these/ }).textContent()

    const name = axis(tracker, 'lr').getByRole('button', { name: 'Reorder lr' })
    const target = await axis(tracker, 'seed').boundingBox()
    await name.hover()
    await tracker.page.mouse.down()
    await tracker.page.mouse.move((target?.x ?? 0) + 20, (target?.y ?? 0) + 10, { steps: 5 })
    await tracker.page.mouse.up()
    expect(await axes(tracker)).toEqual(['Axis model', 'Axis seed', 'Axis lr', 'Axis val/acc max'])
    await axis(tracker, 'lr').getByRole('button', { name: 'Flip lr' }).click()
    await axis(tracker, 'seed').getByRole('button', { name: 'Remove seed' }).click()
    await expect(parallel.getByRole('status')).toContainText('4 runs of 12 picked')
    await tracker.page.keyboard.press('ControlOrMeta+z')
    await expect(parallel.getByRole('button', { name: /^Filter to these/ })).toHaveText(brushed ?? '')

    await tracker.reload()
    expect(await axes(tracker)).toEqual(['Axis model', 'Axis seed', 'Axis lr', 'Axis val/acc max'])
    await expect(axis(tracker, 'lr').getByRole('button', { name: 'Flip lr' })).toHaveAttribute(
      'aria-pressed',
      'true',
    )
    await parallel.getByRole('button', { name: /^Filter to these/ }).click()
    await expect(tracker.page.getByRole('combobox', { name: 'Filter runs' })).toHaveValue(
      /^model = "?vit"? and seed >= 0 and seed <= [\d.]+$/,
    )
    await expect(tracker.runRows).toHaveCount(Number(/\d+/.exec(brushed ?? '')?.[0]))
    expect(tracker.problems).toEqual([])
  })

  test('do the same by keyboard', async ({ context }) => {
    await track(await openHarness(context), 12)
    const tracker = await openTracker(context)
    await openCompare(tracker)
    const status = section(tracker, 'Parallel coordinates').getByRole('status')
    await axis(tracker, 'model').getByRole('slider', { name: 'model to' }).focus()
    await tracker.page.keyboard.press('ArrowDown')
    await expect(status).toContainText('8 runs of 12 picked')
    await expect(axis(tracker, 'model').getByRole('slider', { name: 'model to' })).toHaveAttribute(
      'aria-valuetext',
      'mlp',
    )
    // The brush as a whole, from cnn and mlp to mlp and vit.
    await axis(tracker, 'model').getByRole('slider', { name: 'model brush' }).focus()
    await tracker.page.keyboard.press('ArrowUp')
    await expect(axis(tracker, 'model').getByRole('slider', { name: 'model brush' })).toHaveAttribute(
      'aria-valuetext',
      'mlp to vit',
    )
    await tracker.page.keyboard.press('Escape')
    await expect(status).toContainText('Drag along an axis')
    await axis(tracker, 'seed').getByRole('slider', { name: 'seed from' }).focus()
    for (let press = 0; press < 3; press += 1) await tracker.page.keyboard.press('PageUp')
    await expect(status).toContainText(/runs of 12 picked/)

    await axis(tracker, 'seed').getByRole('button', { name: 'Reorder seed' }).focus()
    await tracker.page.keyboard.press('Alt+ArrowLeft')
    await tracker.page.keyboard.press('Alt+ArrowLeft')
    expect(await axes(tracker)).toEqual(['Axis seed', 'Axis lr', 'Axis model', 'Axis val/acc max'])
    await tracker.command('clear brushes')
    await expect(status).toContainText('Drag along an axis')
    expect(tracker.problems).toEqual([])
  })
})

test.describe('scatter and what matters', () => {
  test('are found in dots, by keyboard too, with how many runs they are from', async ({ context }) => {
    await track(await openHarness(context), 30)
    const tracker = await openTracker(context)
    await openCompare(tracker)
    const scatter = section(tracker, 'Scatter')
    await scatter.getByLabel('x', { exact: true }).selectOption({ label: 'lr' })
    await scatter.getByLabel('y', { exact: true }).selectOption({ label: 'loss' })
    await expect(scatter.getByRole('status')).toContainText(/Pearson r .*, Spearman ρ .*, n = 30/)
    await expect(scatter.getByRole('button', { name: 'Log x' })).toHaveAttribute('aria-pressed', 'true')
    const dots = scatter.getByRole('slider')
    await dots.focus()
    await tracker.page.keyboard.press('Home')
    await expect(dots).toHaveAttribute('aria-valuetext', /^run 0: lr 1e-4, loss/)
    await tracker.page.keyboard.press('ArrowRight')
    await expect(dots).toHaveAttribute('aria-valuenow', '1')
    await tracker.page.keyboard.press('Home')
    await tracker.page.keyboard.press('Enter')
    await expect(tracker.page.getByRole('textbox', { name: 'Run name' })).toHaveValue('run 0')
    await tracker.page.getByRole('button', { name: 'Close the overview' }).click()

    const matters = section(tracker, 'What matters')
    await expect(matters).toContainText(
      'From all 30 runs that match the filter: a hint where to look, not a proof.',
    )
    await expect(matters.getByRole('rowheader').first()).toHaveText('lr')
    const seed = matters.getByRole('row', { name: /^seed/ }).getByRole('cell').nth(1)
    expect(Number.parseFloat((await seed.textContent()) ?? '1')).toBeLessThanOrEqual(0.05)
    const before = await matters.getByRole('table').textContent()
    await matters.getByLabel('for').selectOption({ label: 'loss min' })
    await expect(matters.getByRole('table')).toBeVisible()
    await tracker.reload()
    await expect(matters.getByLabel('for')).toHaveValue('metric.min:loss')
    await matters.getByLabel('for').selectOption({ label: 'val/acc max' })
    await expect(matters.getByRole('table')).toHaveText(before ?? '')

    // With few runs there is nothing to calculate.
    await tracker.page.getByRole('combobox', { name: 'Filter runs' }).fill('lr < 0.0004')
    await expect(matters).toContainText('With fewer than 10 anything may look important')
    expect(tracker.problems).toEqual([])
  })

  test('open the dot that is clicked', async ({ context }) => {
    await track(await openHarness(context), 4)
    const tracker = await openTracker(context)
    await openCompare(tracker)
    const dots = section(tracker, 'Scatter').getByRole('slider')
    await dots.scrollIntoViewIfNeeded()
    const box = await dots.boundingBox()
    // The smallest learning rate is at the left end; down its side until it is met.
    for (let y = 20; y < 300; y += 10) {
      await tracker.page.mouse.move((box?.x ?? 0) + 57, (box?.y ?? 0) + y)
      if ((await section(tracker, 'Scatter').locator('.plot-tip').count()) > 0) break
    }
    await expect(section(tracker, 'Scatter').locator('.plot-tip')).toContainText('run 0')
    await tracker.page.mouse.down()
    await tracker.page.mouse.up()
    await expect(tracker.page.getByRole('textbox', { name: 'Run name' })).toHaveValue('run 0')
    expect(tracker.problems).toEqual([])
  })
})

test.describe('many runs at once', () => {
  test('are dots in a plot for each value, on the same axes', async ({ context }) => {
    await track(await openHarness(context), 12)
    const tracker = await openTracker(context)
    await openCompare(tracker)
    const scatter = section(tracker, 'Scatter')
    await scatter.getByLabel('Split by').selectOption({ label: 'model' })
    const parts = scatter.getByRole('article')
    await expect(parts).toHaveCount(3)
    await expect(parts.first()).toContainText('4 runs')
    const ticks = await parts.locator('.scatter-plot-tick').allTextContents()
    const each = ticks.length / 3
    expect(ticks.slice(each, 2 * each)).toEqual(ticks.slice(0, each))
    expect(ticks.slice(2 * each)).toEqual(ticks.slice(0, each))
    await parts.last().getByRole('slider').focus()
    await tracker.page.keyboard.press('End')
    await expect(parts.last().getByRole('slider')).toHaveAttribute('aria-valuenow', '3')
    await tracker.reload()
    await expect(parts).toHaveCount(3)
    expect(tracker.problems).toEqual([])
  })

  test('are means by two params, of which a click draws the runs', async ({ context }) => {
    await track(await openHarness(context), 12)
    const tracker = await openTracker(context)
    await openCompare(tracker)
    const heat = section(tracker, 'Heat map')
    await heat.getByLabel('x', { exact: true }).selectOption({ label: 'model' })
    await heat.getByLabel('y', { exact: true }).selectOption({ label: 'lr' })
    await heat.getByLabel('Mean of', { exact: true }).selectOption({ label: 'loss' })
    await expect(heat.getByRole('status')).toContainText('From 12 of 12 drawn runs')
    await expect(heat.getByRole('columnheader')).toHaveText(['cnn', 'mlp', 'vit'])
    await tracker.reload()
    await expect(heat.getByRole('columnheader')).toHaveText(['cnn', 'mlp', 'vit'])
    await heat.getByLabel('y', { exact: true }).selectOption({ label: 'epochs' })
    const cell = heat.getByRole('row', { name: /^10/ }).getByRole('button').first()
    await expect(cell).toHaveAccessibleName(/^model cnn, epochs 10: loss [\d.]+, mean of 4 runs: run/)
    await cell.click()
    await expect(heat.getByRole('status')).toContainText('From 4 of 4 drawn runs')
    await tracker.page.keyboard.press('ControlOrMeta+z')
    await expect(heat.getByRole('status')).toContainText('From 12 of 12 drawn runs')
    expect(tracker.problems).toEqual([])
  })
})

test.describe('curves', () => {
  test('of chosen metrics lie over each other and stay chosen', async ({ context }) => {
    await track(await openHarness(context), 3)
    const tracker = await openTracker(context)
    await openCompare(tracker)
    await tracker.page
      .getByRole('navigation', { name: 'Parts of the comparison' })
      .getByRole('button', { name: 'Curves' })
      .click()
    expect(await tracker.drawnPoints('val/acc')).toBe(15)
    await section(tracker, 'Curves').getByLabel('Add a chart').selectOption('loss')
    expect(await tracker.drawnPoints('loss')).toBe(15)
    await section(tracker, 'Curves').getByRole('button', { name: 'Remove the chart of val/acc' }).click()
    await tracker.reload()
    await section(tracker, 'Curves').scrollIntoViewIfNeeded()
    expect(await tracker.drawnPoints('loss')).toBe(15)
    await expect(tracker.chart('val/acc')).toHaveCount(0)
    expect(tracker.problems).toEqual([])
  })
})

test('curves minus that of the baseline follow the baseline and leave as a file', async ({ context }) => {
  await track(await openHarness(context), 3)
  const tracker = await openTracker(context)
  await openCompare(tracker)
  const curves = section(tracker, 'Curves')
  await curves.scrollIntoViewIfNeeded()
  await curves.getByRole('radio', { name: 'Run minus baseline' }).check({ force: true })
  await tracker.page.getByRole('combobox', { name: 'Baseline' }).selectOption('run 0')
  const chart = curves.getByRole('article', { name: 'val/acc minus run 0' })
  await expect(chart).toContainText('15 differences drawn, from 15 points, all drawn')
  await tracker.reload()
  await curves.scrollIntoViewIfNeeded()
  await chart.getByRole('button', { name: /^What can be done/ }).click()
  const saved = tracker.page.waitForEvent('download')
  await tracker.page.getByRole('menuitem', { name: 'Save as CSV' }).click()
  const rows = (await readFile(await (await saved).path(), 'utf8')).trim().split('\n').slice(1)
  const baseline = rows.filter((row) => row.includes(',run 0,'))
  expect(rows).toHaveLength(15)
  expect(baseline.map((row) => row.split(',')[3])).toEqual(['0', '0', '0', '0', '0'])
  expect(tracker.problems).toEqual([])
})

test('pictures and histograms of several runs have scales that all of them share', async ({ context }) => {
  const harness = await openHarness(context)
  await harness.evaluate(async () => (await window.harness.loadMedia()).logScaled([1, 4]))
  const tracker = await openTracker(context)
  await tracker.openExperiment('scaled')
  await tracker.page.getByRole('tab', { name: 'Compare' }).click()
  await tracker.idle()
  const media = section(tracker, 'Media')
  await media.scrollIntoViewIfNeeded()
  const runs = media.getByRole('article')
  await expect(runs).toHaveCount(2)
  await expect(runs.getByText(/is black … white/)).toHaveText(
    Array(2).fill(/^0 … 4(\.000)? is black … white$/),
  )
  await media.getByRole('combobox', { name: 'Show' }).selectOption('weights')
  await expect(media.getByRole('status')).toHaveText(/^2 runs, up to \d+ in a bin$/)
  const ticks = await runs.evaluateAll((all) =>
    all.map((run) => run.querySelector('.plot-frame')?.textContent),
  )
  expect(ticks[0]).toContain('4')
  expect(ticks[1]).toBe(ticks[0])
  await media.getByRole('slider').first().focus()
  await tracker.page.keyboard.press('Home')
  await expect(runs.first()).toContainText('step 0')
  // What moves is written into the link once it rests.
  await expect(tracker.page).toHaveURL(/%22step%22%3A0/)
  await tracker.reload()
  await expect(runs.first()).toContainText('step 0')
  expect(tracker.problems).toEqual([])
})

test('all pictures of a step are compared, and runs that are not shown are counted and asked for', async ({
  context,
}) => {
  const harness = await openHarness(context)
  await harness.evaluate(async () => (await window.harness.loadMedia()).logBatches(26, 30))
  const tracker = await openTracker(context)
  await tracker.openExperiment('batches')
  await tracker.page.getByRole('tab', { name: 'Compare' }).click()
  await tracker.idle()
  const media = section(tracker, 'Media')
  await media.scrollIntoViewIfNeeded()
  const runs = media.getByRole('article')
  await expect(runs).toHaveCount(24)
  await expect(runs.first()).toContainText('step 10, 24 of 30 pictures')
  await expect(runs.first().getByRole('img')).toHaveCount(24)
  await expect(media).toContainText('Up to 6 pictures of each run are not shown.')
  await media.getByRole('button', { name: 'Show more of each run' }).click()
  await expect(runs.first().getByRole('img', { name: 'samples of run 25, step 10, 30 of 30' })).toHaveCount(1)
  await expect(runs.first()).toContainText('step 10, 30 pictures')
  await expect(media.getByRole('status')).toHaveText('24 of 26 runs')
  await expect(media).toContainText('2 of 26 runs are not shown.')
  await media.getByRole('button', { name: 'Show more runs' }).click()
  await expect(runs).toHaveCount(26)
  await expect(runs.last().getByRole('img')).toHaveCount(30)
  await expect(media).not.toContainText('not shown')
  expect(tracker.problems).toEqual([])
})

test('hostile names and links are text, and the page keeps its width', async ({ context }) => {
  const harness = await openHarness(context)
  await harness.evaluate(async () => {
    const { story } = window.harness
    const img = '<img src=x onerror=alert(1)>'
    const names = [img, 'שלום עולם', 'x'.repeat(500), '🦑'.repeat(50), ' ']
    for (const [index, name] of names.entries()) {
      const runId = story.init({
        experiment: 'sweep',
        name,
        params: {
          [img]: index % 2 === 0 ? img : 'y'.repeat(500),
          ['k'.repeat(500)]: index,
          'שלום and "quotes"': index % 2 === 0 ? 'א ב' : { deep: [{ a: img }] },
          nan: index === 0 ? Number.NaN : index,
        },
        tags: { [img]: name },
      })
      story.log(runId, { [`${img}/acc`]: index === 1 ? Number.NaN : index, ['m'.repeat(500)]: index })
      await story.finish(runId)
    }
  })
  const tracker = await openTracker(context)
  await openCompare(tracker)
  await expect(params(tracker)).toContainText('<img src=x onerror=alert(1)>')
  await expect(tracker.page.locator('img[src="x"]')).toHaveCount(0)
  const width = await tracker.page.evaluate(() => document.documentElement.scrollWidth)
  expect(width).toBeLessThanOrEqual(tracker.page.viewportSize()?.width ?? 0)

  const link = tracker.page.url().split('?')[0] ?? ''
  const hostile = {
    baseline: 7,
    axes: Array.from({ length: 500 }, (_, index) => ({ by: `param:gone ${index}`, isLog: 'x' })),
    brushes: [{ by: 'param:nan', from: 5, to: 1 }, { by: 'constructor' }, null],
    scatter: { x: 'param:__proto__', y: 'metric.last:nothing' },
    target: 'metric.last:nothing',
    curves: ['nothing', 3],
    closed: 'all',
  }
  const other = await openTracker(
    context,
    `${link}?tab=compare&compare=${encodeURIComponent(JSON.stringify(hostile))}`,
  )
  await expect(params(other)).toBeVisible()
  await expect(other.page.getByText('These runs have no numbers there.')).toBeVisible()
  expect([...tracker.problems, ...other.problems]).toEqual([])
})
