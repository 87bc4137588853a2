import type { Page } from 'playwright/test'
import { expect, openHarness, openTracker, test, type TrackerPage } from './tracker-page.ts'

/** Six runs: small and large learning rates, two models, an accuracy that rises with the run's number. */
async function track(harness: Page, names?: readonly string[]): Promise<void> {
  await harness.evaluate(async (given) => {
    const { story } = window.harness
    for (let index = 0; index < 6; index += 1) {
      const runId = story.init({
        experiment: 'sweep',
        name: given?.[index] ?? `run ${index}`,
        params: { lr: index < 3 ? 0.001 : 0.1, depth: index, note: given?.[index] ?? 'same' },
        tags: { model: index % 2 === 0 ? 'cnn' : 'mlp' },
      })
      for (let step = 0; step < 50; step += 1)
        story.log(runId, { 'val/acc': (index + step / 100) / 10, loss: 1 / (index + step + 1) }, { step })
      await story.finish(runId, index === 5 ? 'failed' : 'finished')
    }
  }, names)
}

async function openTable(tracker: TrackerPage, experiment = 'sweep'): Promise<void> {
  await tracker.openExperiment(experiment)
  await tracker.page.getByRole('tab', { name: 'Table' }).click()
  await tracker.idle()
}

function head({ page }: TrackerPage, name: string | RegExp) {
  return page.getByRole('columnheader', { name })
}

async function sortBy(tracker: TrackerPage, name: string | RegExp, shift = false): Promise<void> {
  await head(tracker, name)
    .locator('[data-action=sort]')
    .click(shift ? { modifiers: ['Shift'] } : {})
  await tracker.idle()
}

/** What the rows are called from top to bottom, the pinned baseline left out. */
function names({ page }: TrackerPage): Promise<readonly string[]> {
  return page
    .locator('.table-row:not(.is-baseline)')
    .evaluateAll((rows) =>
      rows
        .toSorted((a, b) => Number(a.ariaRowIndex) - Number(b.ariaRowIndex))
        .map((row) => row.querySelector(':is(.name-cell-name, .group-row-name)')?.textContent ?? ''),
    )
}

async function expectNames(tracker: TrackerPage, expected: readonly (string | number)[]): Promise<void> {
  const wanted = expected.map((name) => (typeof name === 'number' ? `run ${name}` : name))
  await expect.poll(() => names(tracker)).toEqual(wanted)
}

function row({ page }: TrackerPage, name: string) {
  return page
    .locator('.table-row:not(.is-baseline)')
    .filter({ has: page.getByRole('checkbox', { name: `Select ${name}`, exact: true }) })
}

function cell(tracker: TrackerPage, name: string, column: string) {
  return row(tracker, name).locator(`[data-column="${column}"]`)
}

async function select(tracker: TrackerPage, ...runs: readonly string[]): Promise<void> {
  for (const name of runs)
    await tracker.page.getByRole('checkbox', { name: `Select ${name}`, exact: true }).click()
}

test.describe('the table', () => {
  test('sorts by several, filters, shows other columns in another order, and survives a reload', async ({
    context,
  }) => {
    await track(await openHarness(context))
    const tracker = await openTracker(context)
    await openTable(tracker)
    await expectNames(tracker, [5, 4, 3, 2, 1, 0])
    await expect(cell(tracker, 'run 5', 'metric.max:val/acc')).toHaveText('0.5490')
    await expect(cell(tracker, 'run 5', 'metric.min:loss')).toHaveText('0.01818')
    await expect(row(tracker, 'run 5')).toContainText('failed')
    await expect(row(tracker, 'run 5').getByRole('img', { name: 'Curve of val/acc' })).toBeVisible()
    // It is the same in all runs.
    await expect(head(tracker, 'note')).toHaveCount(0)

    await sortBy(tracker, 'lr')
    await expectNames(tracker, [2, 1, 0, 5, 4, 3])
    await sortBy(tracker, /val\/acc max/, true)
    await expect(head(tracker, /val\/acc max/)).toHaveAttribute('aria-sort', 'descending')
    await sortBy(tracker, /val\/acc max/, true)
    await expectNames(tracker, [0, 1, 2, 3, 4, 5])
    await expect(head(tracker, 'lr')).toHaveAttribute('aria-sort', 'ascending')
    await sortBy(tracker, 'lr', true)
    await expectNames(tracker, [3, 4, 5, 0, 1, 2])

    await tracker.page.getByRole('combobox', { name: 'Filter runs' }).fill('depth > 1')
    await tracker.page.keyboard.press('Enter')
    await expectNames(tracker, [3, 4, 5, 2])
    await expect(tracker.page.getByText(/^4 of \d+ runs$/)).toBeVisible()

    await tracker.page.getByRole('button', { name: 'Columns' }).click()
    const picker = tracker.page.getByRole('dialog', { name: 'Columns' })
    await picker.getByRole('searchbox').fill('model')
    await picker.getByRole('button', { name: 'Show model' }).click()
    await picker.getByRole('searchbox').fill('loss')
    await picker.getByRole('button', { name: 'Show loss, mean' }).click()
    await picker.getByRole('searchbox').fill('nothing of that name')
    await expect(picker).toContainText('Nothing here is called that.')
    await picker.getByRole('button', { name: 'Done' }).click()
    await expect(cell(tracker, 'run 4', 'tag:model')).toHaveText('cnn')
    await expect(cell(tracker, 'run 4', 'metric.mean:loss')).not.toHaveText('–')

    await head(tracker, 'lr').dragTo(head(tracker, 'Started'))
    await expect(head(tracker, 'lr')).toHaveAttribute('aria-colindex', '2')
    await head(tracker, 'depth').focus()
    await tracker.page.keyboard.press('Alt+ArrowLeft')
    await tracker.page.keyboard.press('Alt+ArrowLeft')
    await expect(head(tracker, 'depth')).toHaveAttribute('aria-colindex', '3')
    await tracker.page.keyboard.press('Alt+ArrowDown')
    await tracker.page.getByRole('menuitem', { name: 'Pin left' }).click()
    await expect(head(tracker, 'depth')).toHaveAttribute('aria-colindex', '2')
    const before = (await head(tracker, 'depth').boundingBox())?.width ?? 0
    await head(tracker, 'depth').focus()
    await tracker.page.keyboard.press('Shift+ArrowRight')
    const edge = await head(tracker, 'lr').locator('.table-header-edge').boundingBox()
    if (edge === null) throw new Error('the column has no edge')
    await tracker.page.mouse.move(edge.x + 4, edge.y + 10)
    await tracker.page.mouse.down()
    await tracker.page.mouse.move(edge.x + 64, edge.y + 10, { steps: 4 })
    await tracker.page.mouse.up()
    await tracker.idle()

    await tracker.reload()
    await expectNames(tracker, [3, 4, 5, 2])
    await expect(head(tracker, 'depth')).toHaveAttribute('aria-colindex', '2')
    expect((await head(tracker, 'depth').boundingBox())?.width).toBeCloseTo(before + 16, 0)
    expect((await head(tracker, 'lr').boundingBox())?.width).toBeCloseTo(112 + 60, 0)
    await expect(cell(tracker, 'run 4', 'tag:model')).toHaveText('cnn')
    const other = await openTracker(context, tracker.page.url())
    await expectNames(other, [3, 4, 5, 2])
    await other.page.getByRole('combobox', { name: 'Filter runs' }).fill('depth > 100')
    await expect(
      other.page.getByText(/None of .* matches the filter\.|only run does not match/),
    ).toBeVisible()
    expect([...tracker.problems, ...other.problems]).toEqual([])
  })

  test('is walked by keyboard', async ({ context }) => {
    await track(await openHarness(context))
    const tracker = await openTracker(context)
    await openTable(tracker)
    const { keyboard } = tracker.page
    const focused = tracker.page.locator(':focus')
    await tracker.page.getByRole('button', { name: 'Columns' }).focus()
    await keyboard.press('Tab')
    await expect(focused).toHaveAttribute('data-column', 'run:name')
    await keyboard.press('ArrowDown')
    await keyboard.press('ArrowDown')
    await expect(focused).toContainText('run 4')
    await keyboard.press('End')
    await expect(focused).toHaveAttribute('data-column', /^curve:/)
    await keyboard.press('Home')
    await keyboard.press('PageDown')
    await expect(focused).toContainText('run 0')
    await keyboard.press('Control+Home')
    await expect(focused).toContainText('run 5')
    await keyboard.press('Space')
    await keyboard.press('Shift+ArrowDown')
    await keyboard.press('Shift+ArrowDown')
    await expect(tracker.page.getByText('3 runs selected')).toBeVisible()
    await expect(row(tracker, 'run 3')).toHaveAttribute('aria-selected', 'true')
    await keyboard.press('Control+a')
    await expect(tracker.page.getByText('6 runs selected')).toBeVisible()
    await keyboard.press('Escape')
    await expect(tracker.page.getByText(/runs selected/)).toHaveCount(0)
    await keyboard.press('b')
    await expect(tracker.page.locator('.table-row.is-baseline')).toContainText('run 3')
    await expect(focused).toContainText('run 3')
    await keyboard.press('Control+z')
    await expect(tracker.page.locator('.table-row.is-baseline')).toHaveCount(0)
    await keyboard.press('Control+Home')
    await keyboard.press('ArrowUp')
    await expect(focused).toHaveAttribute('role', 'columnheader')
    await keyboard.press('ArrowRight')
    await keyboard.press('ArrowRight')
    await keyboard.press('ArrowRight')
    await keyboard.press('Enter')
    await keyboard.press('Shift+Enter')
    await expect(focused).toHaveAttribute('aria-sort', 'descending')
    await keyboard.press('Delete')
    await expect(head(tracker, 'depth')).toHaveCount(0)
    await keyboard.press('Control+z')
    await expect(head(tracker, 'depth')).toHaveCount(1)
    await row(tracker, 'run 2').getByRole('rowheader').focus()
    await keyboard.press('Enter')
    await expect(tracker.page.getByRole('complementary', { name: 'Run overview' })).toBeVisible()
    expect(tracker.problems).toEqual([])
  })

  test('groups runs with aggregates, and compares with a baseline', async ({ context }) => {
    await track(await openHarness(context))
    const tracker = await openTracker(context)
    await openTable(tracker)
    await tracker.page.getByLabel('Group by').selectOption({ label: 'model, tag' })
    await expectNames(tracker, ['mlp', 5, 3, 1, 'cnn', 4, 2, 0])
    const group = tracker.page.locator('.table-row.is-group').filter({ hasText: 'cnn' })
    await expect(group.locator('[data-column="param:depth"]')).toHaveText('2± 2')
    await tracker.page.getByLabel('Groups show').selectOption('max')
    await expect(group.locator('[data-column="param:depth"]')).toHaveText('4')
    await tracker.page.getByRole('button', { name: 'model, tag mlp' }).click()
    await expectNames(tracker, ['mlp', 'cnn', 4, 2, 0])
    await tracker.reload()
    await expectNames(tracker, ['mlp', 'cnn', 4, 2, 0])
    await tracker.page.getByLabel('Group by').selectOption('')
    await expectNames(tracker, [5, 4, 3, 2, 1, 0])

    await select(tracker, 'run 2')
    await tracker.page.getByRole('button', { name: 'Baseline', exact: true }).click()
    await expect(tracker.page.locator('.table-row.is-baseline')).toContainText('run 2')
    const better = cell(tracker, 'run 4', 'metric.max:val/acc')
    await expect(better).toContainText('+0.200 +80 %')
    await expect(better.locator('.is-good')).toBeVisible()
    await expect(cell(tracker, 'run 0', 'metric.max:val/acc').locator('.is-bad')).toBeVisible()
    await expect(cell(tracker, 'run 0', 'metric.min:loss').locator('.is-bad')).toBeVisible()
    await expect(cell(tracker, 'run 4', 'param:lr')).toContainText('other than the baseline')
    await expect(cell(tracker, 'run 0', 'param:lr')).not.toContainText('other than the baseline')

    await head(tracker, /val\/acc max/).focus()
    await tracker.page.keyboard.press('Alt+ArrowDown')
    await tracker.page.getByRole('menuitemradio', { name: 'Lower is better' }).click()
    // The likeliest columns tell of what is better now.
    const worse = cell(tracker, 'run 4', 'metric.min:val/acc')
    await expect(worse.locator('.is-bad')).toBeVisible()
    await tracker.reload()
    await expect(tracker.page.locator('.table-row.is-baseline')).toContainText('run 2')
    await expect(worse.locator('.is-bad')).toBeVisible()
    expect(tracker.problems).toEqual([])
  })

  test('groups runs within groups, with counts and aggregates, each closed by itself', async ({
    context,
  }) => {
    await track(await openHarness(context))
    const tracker = await openTracker(context)
    await openTable(tracker)
    const { page } = tracker
    await page.getByLabel('Group by').selectOption({ label: 'lr' })
    await page.getByLabel('then by').selectOption({ label: 'model, tag' })
    const [large, small] = ['0.1', '0.001']
    await expectNames(tracker, [large, 'mlp', 5, 3, 'cnn', 4, small, 'cnn', 2, 0, 'mlp', 1])
    const inner = page.locator('.table-row.is-group').filter({ hasText: 'cnn' }).last()
    await expect(inner.locator('.group-row-count')).toHaveText('2')
    await expect(inner.locator('[data-column="param:depth"]')).toHaveText('1± 1.4')
    await page.getByRole('button', { name: 'model, tag mlp' }).first().click()
    await expectNames(tracker, [large, 'mlp', 'cnn', 4, small, 'cnn', 2, 0, 'mlp', 1])
    await page.getByRole('button', { name: `lr ${small}` }).click()
    await expectNames(tracker, [large, 'mlp', 'cnn', 4, small])
    await tracker.reload()
    await expectNames(tracker, [large, 'mlp', 'cnn', 4, small])
    // Without the outer heads the inner ones are all that is left.
    await page.getByLabel('Group by').selectOption({ label: 'nothing' })
    await expectNames(tracker, ['mlp', 5, 3, 1, 'cnn', 4, 2, 0])
    expect(tracker.problems).toEqual([])
  })

  test('edits many runs at once, and takes it back', async ({ context }) => {
    await track(await openHarness(context))
    const tracker = await openTracker(context)
    await openTable(tracker)
    const { page } = tracker
    const bar = page.getByRole('toolbar', { name: 'Selected runs' })
    const dialog = page.getByRole('dialog')
    await select(tracker, 'run 4')
    await page.getByRole('checkbox', { name: 'Select run 2' }).click({ modifiers: ['Shift'] })
    await expect(bar).toContainText('3 runs selected')

    await bar.getByRole('button', { name: 'Tag' }).click()
    await dialog.getByLabel('Tag').fill('model')
    await dialog.getByLabel('Value').fill('vit')
    await page.keyboard.press('Enter')
    await expect(tracker.toasts.filter({ hasText: '3 runs were tagged model = vit.' })).toBeVisible()
    await page.getByLabel('Group by').selectOption({ label: 'model, tag' })
    await expectNames(tracker, ['mlp', 5, 1, 'vit', 4, 3, 2, 'cnn', 0])
    await page.getByRole('button', { name: 'Undo', exact: true }).click()
    await expectNames(tracker, ['mlp', 5, 3, 1, 'cnn', 4, 2, 0])

    await bar.getByRole('button', { name: 'Group' }).click()
    await dialog.getByLabel('Group').fill('first wave')
    await page.keyboard.press('Enter')
    await page.getByLabel('Group by').selectOption({ label: 'Group' })
    await expectNames(tracker, ['–', 5, 1, 0, 'first wave', 4, 3, 2])
    await page.getByLabel('Group by').selectOption('')

    await bar.getByRole('button', { name: 'Colour' }).click()
    await dialog.getByRole('radio', { name: 'pink' }).check({ force: true })
    await dialog.getByRole('button', { name: 'Set colour' }).click()
    await expect(tracker.toasts.filter({ hasText: '3 runs were coloured.' })).toBeVisible()

    await bar.getByRole('button', { name: 'Show only these' }).click()
    await expect(page.getByRole('button', { name: 'Show run 5' })).toHaveAttribute('aria-pressed', 'false')
    await expect(page.getByRole('button', { name: 'Show run 3' })).toHaveAttribute('aria-pressed', 'true')

    await bar.getByRole('button', { name: 'Export' }).click()
    await expect(dialog.getByRole('radio', { name: 'The 3 selected runs' })).toBeChecked()
    await page.keyboard.press('Escape')

    await bar.getByRole('button', { name: 'Archive' }).click()
    await expectNames(tracker, [5, 1, 0])
    await page.keyboard.press('Control+z')
    await expectNames(tracker, [5, 4, 3, 2, 1, 0])
    await page.keyboard.press('Control+Shift+z')
    await expectNames(tracker, [5, 1, 0])
    await page.getByRole('combobox', { name: 'Filter runs' }).fill('archived is not null')
    await page.keyboard.press('Enter')
    await expectNames(tracker, [4, 3, 2])
    await expect(bar).toContainText('3 runs selected')
    await bar.getByRole('button', { name: 'Unarchive' }).click()
    await expect(page.getByText(/None of .* matches the filter\.|only run does not match/)).toBeVisible()
    await page.getByRole('button', { name: 'Clear filter' }).click()
    await expectNames(tracker, [5, 4, 3, 2, 1, 0])

    await page.getByRole('checkbox', { name: 'Select all runs' }).click()
    await select(tracker, 'run 5')
    await bar.getByRole('button', { name: 'Delete' }).click()
    await expectNames(tracker, [5])
    await page.keyboard.press('Control+z')
    await expectNames(tracker, [5, 4, 3, 2, 1, 0])

    await bar.getByRole('button', { name: 'Select no run' }).click()
    await select(tracker, 'run 0')
    await bar.getByRole('button', { name: 'Rename' }).click()
    await dialog.getByLabel('Name').fill('the first')
    await page.keyboard.press('Enter')
    await expectNames(tracker, [5, 4, 3, 2, 1, 'the first'])
    await tracker.reload()
    await expectNames(tracker, [5, 4, 3, 2, 1, 'the first'])
    expect(tracker.problems).toEqual([])
  })

  test('follows a run that is being trained', async ({ context }) => {
    const harness = await openHarness(context)
    await track(harness)
    const tracker = await openTracker(context)
    await openTable(tracker)
    await sortBy(tracker, /val\/acc max/)
    await expectNames(tracker, [5, 4, 3, 2, 1, 0])
    const runId = await harness.evaluate(() => {
      const id = window.harness.story.init({ experiment: 'sweep', name: 'live', params: { depth: 9 } })
      window.harness.story.log(id, { 'val/acc': 0.01 })
      return id
    })
    await expectNames(tracker, [5, 4, 3, 2, 1, 0, 'live'])
    await expect(cell(tracker, 'live', 'param:depth')).toHaveText('9')
    await harness.evaluate((id) => window.harness.story.log(id, { 'val/acc': 0.99 }), runId)
    await expectNames(tracker, ['live', 5, 4, 3, 2, 1, 0])
    await expect(cell(tracker, 'live', 'metric.max:val/acc')).toHaveText('0.9900')
    expect(tracker.problems).toEqual([])
  })

  test('holds names and links of strangers', async ({ context }) => {
    const hostile = [
      '<img src=x onerror="document.title=1">',
      'a'.repeat(500),
      'שלום עולם 123',
      '🥁'.repeat(100),
      '\u202Ereversed',
      '=cmd|calc',
    ]
    await track(await openHarness(context), hostile)
    const tracker = await openTracker(context)
    await openTable(tracker)
    await expect.poll(() => names(tracker)).toEqual(hostile.toReversed())
    const title = await tracker.page.title()
    const heights = await tracker.page
      .locator('.table-row')
      .evaluateAll((rows) => rows.map((each) => each.getBoundingClientRect().height))
    expect(new Set(heights).size).toBe(1)
    await tracker.page.getByLabel('Group by').selectOption({ label: 'note' })
    await expect(tracker.page.locator('.table-row.is-group')).toHaveCount(6)
    expect(await tracker.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
    expect(await tracker.page.title()).toBe(title)

    const base = tracker.page.url().split('?')[0] ?? ''
    const link = `${base}?${new URLSearchParams({
      tab: 'table',
      table: JSON.stringify({
        columns: ['param:__proto__', 'metric.last:none', 'run:constructor', 7, 'tag:<b>x</b>'],
        widths: [['param:__proto__', 1e9]],
        pinned: ['tag:<b>x</b>', 'nothing'],
        sort: [{ column: 'summary:x', direction: 'sideways' }],
        group: 'run:toString',
        baseline: 'nobody',
      }),
    }).toString()}`
    const other = await openTracker(context, link)
    await expect.poll(() => names(other)).toEqual(hostile.toReversed())
    await expect(head(other, /<b>x<\/b>/)).toHaveAttribute('aria-colindex', '2')
    expect([...tracker.problems, ...other.problems]).toEqual([])
  })
})

test('10,000 runs are scrolled without a blank row, and sorted', async ({ context }) => {
  const harness = await openHarness(context)
  await harness.evaluate(() =>
    window.harness.logSynthetic({
      experiment: 'many',
      runs: 10_000,
      metrics: ['loss'],
      points: 2,
      params: 20,
    }),
  )
  await harness.close()
  const tracker = await openTracker(context)
  await openTable(tracker, 'many')
  const grid = tracker.page.getByRole('grid')
  await expect(grid).toHaveAttribute('aria-rowcount', '10001')
  await sortBy(tracker, 'lr')
  await expect(head(tracker, 'lr')).toHaveAttribute('aria-sort', 'ascending')
  const blank = await grid.evaluate(async (scroller) => {
    /** Places in the viewport, a row apart, where no row with a name and a value lies. */
    const blanks = (): number => {
      const { left, top, bottom } = scroller.getBoundingClientRect()
      let found = 0
      for (let y = top + 50; y < bottom - 20; y += 28) {
        const row = document.elementFromPoint(left + 60, y)?.closest('.table-row')
        const name = row?.querySelector('.name-cell-name')?.textContent ?? ''
        const value = row?.querySelector('[data-column="param:lr"]')?.textContent ?? ''
        if (name === '' || value === '') found += 1
      }
      return found
    }
    let inARow = 0
    let worst = 0
    const jumps = [...Array.from({ length: 60 }, (_, at) => (at + 1) * 700), 280_000 - 900, 5_000, 140_000, 0]
    for (const to of jumps) {
      scroller.scrollTop = to
      // Looked at in the frame after the one in which it was scrolled.
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
      inARow = blanks() > 0 ? inARow + 1 : 0
      worst = Math.max(worst, inARow)
    }
    return worst
  })
  expect(blank).toBe(0)
  await tracker.page.getByRole('rowheader').nth(2).focus()
  await tracker.page.keyboard.press('Control+End')
  await expect(tracker.page.locator('.table-row:focus-within')).toHaveAttribute('aria-rowindex', '10001')
  await tracker.page.keyboard.press('Control+a')
  await expect(tracker.page.getByText('10,000 runs selected')).toBeVisible()
  expect(tracker.problems).toEqual([])
})
