import type { Locator } from 'playwright/test'
import { EVENTFUL, logHidden } from './eventful-run.ts'
import { expect, openHarness, openTracker, test, type TrackerPage } from './tracker-page.ts'

/** The plot without its axes, on the page. */
async function plotBox(chart: Locator) {
  const box = await chart.locator('.u-over').boundingBox()
  if (box === null) throw new Error('The chart is not on the screen.')
  return box
}

/** The colours at parts of the width of a plot, just above its foot, where no curve is. */
function footColors(chart: Locator, parts: readonly number[]): Promise<readonly string[]> {
  return chart.locator('.u-wrap').evaluate((wrap, parts) => {
    const canvas = wrap.querySelector('canvas')
    const over = wrap.querySelector('.u-over')
    const context = canvas?.getContext('2d') ?? null
    if (canvas === null || over === null || context === null) throw new Error('The chart has no canvas.')
    const [whole, plot] = [canvas.getBoundingClientRect(), over.getBoundingClientRect()]
    const ratio = canvas.width / whole.width
    const y = Math.round((plot.bottom - whole.top - 1) * ratio)
    return parts.map((part) => {
      const x = Math.round((plot.left - whole.left + plot.width * part) * ratio)
      return context.getImageData(x, y, 1, 1).data.join()
    })
  }, parts)
}

async function expectShade(tracker: TrackerPage, chart: Locator): Promise<void> {
  await tracker.idle()
  await expect(async () => {
    const [before, inside, edge, after] = await footColors(chart, [0.15, 0.22, 0.38, 0.7])
    expect(inside).toBe(edge)
    expect(before).toBe(after)
    expect(inside).not.toBe(before)
  }).toPass()
}

test.describe('what happened to a run', () => {
  test('is shaded on its charts along steps and time, told by hover and keys, and can be left out', async ({
    context,
  }) => {
    const harness = await openHarness(context)
    await logHidden(harness, 'sleepy')
    const tracker = await openTracker(context)
    await tracker.openExperiment(EVENTFUL)
    const chart = tracker.chart('loss')
    await expect(chart.getByRole('img')).toHaveAttribute('aria-label', /, 2 events$/)
    await expectShade(tracker, chart)

    const { x, y, width, height } = await plotBox(chart)
    const tooltip = chart.locator('.chart-tooltip')
    await tracker.page.mouse.move(x + width * 0.3, y + height / 2)
    await expect(tooltip).toContainText('page hidden for 0:20')
    await tracker.page.mouse.move(x + width * 0.7, y + height / 2)
    await expect(tooltip).toContainText('step 70')
    await expect(tooltip).not.toContainText('hidden')
    await tracker.page.mouse.move(0, 0)

    const plot = chart.getByRole('application')
    await plot.focus()
    await plot.press('End')
    await expect(plot.locator('[aria-live]')).toContainText('sleepy: new <b>data</b>.')
    await plot.press('Home')
    await plot.press('PageDown')
    await expect(plot.locator('[aria-live]')).not.toContainText('hidden')
    for (const _ of [1, 2]) await plot.press('PageDown')
    await expect(plot.locator('[aria-live]')).toContainText('page hidden for 0:20')
    await plot.blur()

    for (const unit of ['Relative', 'Wall']) {
      await tracker.page.getByRole('radio', { name: unit }).check({ force: true })
      await expectShade(tracker, chart)
    }
    await tracker.page.getByRole('button', { name: 'Events on' }).click()
    await tracker.idle()
    await expect(chart.getByRole('img')).not.toHaveAttribute('aria-label', /events/)
    await tracker.reload()
    await expect(tracker.page.getByRole('button', { name: 'Events off' })).toBeVisible()
    const [before, inside] = await footColors(chart, [0.15, 0.3])
    expect(inside).toBe(before)
    expect(tracker.problems).toEqual([])
  })

  test('is told of the picked run alone among many', async ({ context }) => {
    const harness = await openHarness(context)
    for (let run = 0; run < 9; run += 1) await logHidden(harness, `run ${run}`)
    const tracker = await openTracker(context)
    await tracker.openExperiment(EVENTFUL)
    const picture = tracker.chart('loss').getByRole('img')
    await expect(picture).not.toHaveAttribute('aria-label', /events/)
    await tracker.run(/run 4/).click()
    await expect(picture).toHaveAttribute('aria-label', /, 2 events$/)
    await expectShade(tracker, tracker.chart('loss'))
  })

  test('appears while the run goes on', async ({ context }) => {
    const harness = await openHarness(context)
    const runId = await harness.evaluate(async () => {
      const { story } = window.harness
      const id = story.init({ experiment: 'watched', name: 'live' })
      for (let step = 0; step < 10; step += 1) story.log(id, { loss: step }, { step })
      await story.flush(id)
      return id
    })
    const tracker = await openTracker(context)
    await tracker.openExperiment(EVENTFUL)
    await expect(tracker.chart('loss')).toContainText('10 points')
    await harness.evaluate(async (id) => {
      const { story } = window.harness
      story.mark(id, 'lr halved')
      await story.flush(id)
    }, runId)
    await tracker.page.bringToFront()
    await expect(tracker.chart('loss').getByRole('img')).toHaveAttribute('aria-label', /, 1 event$/)
  })
})
