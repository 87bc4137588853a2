import type { Page } from 'playwright/test'
import { expect, openHarness, openTracker, test, type TrackerPage } from './tracker-page.ts'

/** Six runs, three of them with a small learning rate, two of those a cnn. */
async function track(harness: Page): Promise<void> {
  await harness.evaluate(async () => {
    const { story } = window.harness
    for (let index = 0; index < 6; index += 1) {
      const runId = story.init({
        experiment: 'sweep',
        name: `run ${index}`,
        params: { lr: index < 3 ? 0.001 : 0.1 },
        tags: { model: index % 2 === 0 ? 'cnn' : 'mlp' },
      })
      await story.logWave(runId, 'loss', 0, 2_000)
      await story.logWave(runId, 'epoch', 0, 2_000)
      await story.finish(runId)
    }
  })
}

function field(tracker: TrackerPage) {
  return tracker.page.getByRole('combobox', { name: 'Filter runs' })
}

function problem(tracker: TrackerPage) {
  return tracker.page.locator('.filter-bar-problem')
}

test.describe('a filter', () => {
  test('narrows runs and charts, is completed, and holds through a reload, a link and undo', async ({
    context,
  }) => {
    await track(await openHarness(context))
    const tracker = await openTracker(context)
    await tracker.openExperiment('sweep')
    await expect(tracker.runRows).toHaveCount(6)
    expect(await tracker.drawnPoints('loss')).toBe(12_000)

    await field(tracker).click()
    await tracker.page.keyboard.type('lr < 0.01 and mo')
    await expect(tracker.page.getByRole('option', { name: /^model/ })).toBeVisible()
    // A word half written is not called wrong.
    await expect(problem(tracker)).toBeHidden()
    await tracker.page.keyboard.press('ArrowDown')
    await tracker.page.keyboard.press('Enter')
    await expect(field(tracker)).toHaveValue('lr < 0.01 and model ')
    await tracker.page.keyboard.type('= cnn')
    await tracker.page.keyboard.press('Enter')
    await expect(tracker.runRows).toHaveCount(2)
    await tracker.idle()
    expect(await tracker.drawnPoints('loss')).toBe(4_000)

    // The library reads the same runs by the same words.
    const harness = await openHarness(context)
    const read = await harness.evaluate(() =>
      window.harness.story.readRuns({ experiment: 'sweep', filter: 'lr < 0.01 and model = cnn' }),
    )
    const stored = read.ok ? read.value : []
    expect(stored.map(({ name, params, metrics }) => [name, params, metrics['loss']?.count])).toEqual([
      ['run 2', { lr: 0.001 }, 2_000],
      ['run 0', { lr: 0.001 }, 2_000],
    ])
    const wrong = await harness.evaluate(() => window.harness.story.readRuns({ filter: 'lr < 0.01 and' }))
    expect(wrong).toMatchObject({ ok: false, error: { code: 'filter-wrong', at: { from: 13 } } })
    await harness.close()

    await tracker.page.bringToFront()
    await tracker.reload()
    await expect(field(tracker)).toHaveValue('lr < 0.01 and model = cnn')
    await expect(tracker.runRows).toHaveCount(2)

    const other = await openTracker(context, tracker.page.url())
    await expect(other.runRows).toHaveCount(2)
    await other.page.getByRole('button', { name: 'Clear filter' }).click()
    await expect(other.runRows).toHaveCount(6)
    await other.page.getByRole('heading', { name: 'sweep' }).click()
    await other.page.keyboard.press('ControlOrMeta+z')
    await expect(other.runRows).toHaveCount(2)
    await other.page.keyboard.press('ControlOrMeta+Shift+z')
    await expect(other.runRows).toHaveCount(6)
    expect([...tracker.problems, ...other.problems]).toEqual([])
  })

  test('that is wrong says where and what was meant, and keeps the last good runs', async ({ context }) => {
    await track(await openHarness(context))
    const tracker = await openTracker(context)
    await tracker.openExperiment('sweep')
    await field(tracker).fill('lr < 0.01')
    await tracker.page.keyboard.press('Enter')
    await expect(tracker.runRows).toHaveCount(3)

    await field(tracker).fill('lr < 0.01 and modle = cnn')
    await expect(problem(tracker)).toContainText('No run has a param, metric or tag called “modle”.')
    await expect(tracker.page.locator('.filter-bar-marks mark')).toHaveText('modle')
    await expect(field(tracker)).toHaveAttribute('aria-invalid', 'true')
    await expect(tracker.runRows).toHaveCount(3)
    await tracker.page.getByRole('button', { name: 'Write model' }).click()
    await expect(tracker.runRows).toHaveCount(2)

    for (const [wrong, word] of [
      ['lr <', 'Expected a value.'],
      ['(lr < 1', 'never closed'],
      ['name matches "("', 'no regular expression'],
      ['status = finishd', 'finished'],
      [`x${'a'.repeat(30_000)}`, 'at most'],
    ] as const) {
      await field(tracker).fill(wrong)
      await field(tracker).blur()
      await expect(problem(tracker)).toContainText(word)
      await expect(tracker.runRows).toHaveCount(2)
    }
    await field(tracker).fill('loss > 1e9')
    await expect(
      tracker.page.getByText(/None of .* matches the filter\.|only run does not match/),
    ).toBeVisible()
    expect(tracker.problems).toEqual([])
  })
})

test.describe('charts', () => {
  test('are zoomed and panned by wheel, over another metric too, and smoothed without moving what is raw', async ({
    context,
  }) => {
    await track(await openHarness(context))
    const tracker = await openTracker(context)
    await tracker.openExperiment('sweep')
    expect(await tracker.drawnPoints('loss')).toBe(12_000)
    const plot = tracker.chart('loss').locator('.u-over')
    await plot.hover()
    await tracker.page.keyboard.down('Control')
    for (let notch = 0; notch < 5; notch += 1) await tracker.page.mouse.wheel(0, -100)
    await tracker.page.keyboard.up('Control')
    await tracker.idle()
    const zoomed = await tracker.drawnPoints('loss')
    expect(zoomed).toBeLessThan(6_000)
    expect(zoomed).toBeGreaterThan(3_000)
    const before = tracker.page.url()
    await tracker.page.mouse.wheel(80, 0)
    await tracker.idle()
    expect(tracker.page.url()).not.toBe(before)
    expect(Math.abs((await tracker.drawnPoints('loss')) - zoomed)).toBeLessThan(30)

    await tracker.page.getByRole('button', { name: 'Reset zoom' }).click()
    await tracker.page.getByLabel('Smoothing').selectOption('Running mean')
    await tracker.idle()
    expect(await tracker.drawnPoints('loss')).toBe(12_000)
    await tracker.page.getByLabel('x is a metric').selectOption('epoch')
    await tracker.idle()
    expect(await tracker.drawnPoints('loss')).toBe(12_000)
    await tracker.reload()
    await expect(tracker.page.getByLabel('x is a metric')).toHaveValue('epoch')
    expect(tracker.problems).toEqual([])
  })
})
