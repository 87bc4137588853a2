import type { Page } from 'playwright/test'
import { readFile } from 'node:fs/promises'
import { expect, openHarness, test, TrackerPage } from './tracker-page.ts'

/** Metrics whose axes are hard to label. */
const METRICS = ['huge', 'near', 'tiny', 'wide'] as const

/** Five runs of one name. */
async function track(harness: Page): Promise<void> {
  await harness.evaluate(async () => {
    const { story } = window.harness
    for (let index = 0; index < 5; index += 1) {
      const runId = story.init({ experiment: 'axes', name: 'baseline', params: { lr: 10 ** -index } })
      for (let step = 0; step < 40; step += 1) {
        const wave = Math.sin(step / 9 + index)
        const values = {
          huge: 1e18 + index,
          near: 2.7 + 1e-11 * wave,
          tiny: 5e-324 * (1 + step),
          wide: 1.7e308 * wave,
        }
        story.log(runId, values, { step })
      }
      await story.finish(runId)
    }
  })
}

/** What every canvas is told to write, from now on. */
async function watchLabels(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const written = new Map<HTMLCanvasElement, string[]>()
    Reflect.set(globalThis, 'written', written)
    const { fillText, clearRect } = CanvasRenderingContext2D.prototype
    CanvasRenderingContext2D.prototype.clearRect = function (...box) {
      written.set(this.canvas, [])
      clearRect.apply(this, box)
    }
    CanvasRenderingContext2D.prototype.fillText = function (text, ...place) {
      written.get(this.canvas)?.push(text)
      fillText.call(this, text, ...place)
    }
  })
}

async function labelsOf(tracker: TrackerPage, metric: string): Promise<readonly string[]> {
  return await tracker
    .chart(metric)
    .locator('canvas')
    .first()
    .evaluate((canvas) => {
      const written: unknown = Reflect.get(globalThis, 'written')
      return written instanceof Map ? (written.get(canvas) as string[]) : []
    })
}

test.describe('axes', () => {
  let tracker: TrackerPage

  test.beforeEach(async ({ context }) => {
    const harness = await openHarness(context)
    await track(harness)
    await harness.close()
    tracker = new TrackerPage(await context.newPage())
    await watchLabels(tracker.page)
    // As a browser says that is started where the system has no language.
    await tracker.page.addInitScript(() =>
      Object.defineProperty(Navigator.prototype, 'language', { get: () => 'C', configurable: true }),
    )
    await tracker.goto()
    await tracker.openExperiment('axes')
  })

  test('of any numbers have few labels, none like another, on the screen and in files', async () => {
    for (const metric of METRICS) {
      await tracker.chart(metric).scrollIntoViewIfNeeded()
      await tracker.idle()
      const labels = (await labelsOf(tracker, metric)).filter(
        (text) => !['0', '10', '20', '30'].includes(text),
      )
      expect(labels.length, `${metric}: ${labels.join(' ')}`).toBeGreaterThanOrEqual(2)
      expect(labels.length).toBeLessThanOrEqual(8)
      expect(new Set(labels).size).toBe(labels.length)
    }
    expect(await labelsOf(tracker, 'near')).toContain('2.7')
    await tracker.chart('near').getByRole('button', { name: 'What can be done with near' }).click()
    const download = tracker.page.waitForEvent('download')
    await tracker.page.getByRole('menuitem', { name: /SVG/ }).click()
    const svg = await readFile(await (await download).path(), 'utf8')
    expect(svg).toContain('>2.7<')
    expect(svg).toContain('>+1e-11<')
    expect(new Set(svg.match(/baseline · \w+/g)).size).toBe(5)
  })

  test('are read with the runs told apart, and what was done is undone after a reload', async () => {
    await tracker.chart('near').locator('.u-over').hover()
    const rows = tracker.chart('near').locator('.chart-tooltip-row')
    await expect(rows).toHaveCount(5)
    const words = await rows.allTextContents()
    expect(new Set(words.map((text) => /baseline · \w{4}/.exec(text)?.[0])).size).toBe(5)
    expect(new Set(words.map((text) => /[\d.]+$/.exec(text)?.[0])).size).toBe(5)

    await tracker.page.getByRole('tab', { name: 'Compare' }).click()
    await tracker.idle()
    await tracker.reload()
    await tracker.page.keyboard.press('Control+z')
    await expect(tracker.page.getByRole('tab', { name: 'Charts' })).toHaveAttribute('aria-selected', 'true')
  })

  test('stand under tabs that are whole on a phone', async () => {
    await tracker.page.setViewportSize({ width: 390, height: 844 })
    await tracker.page.getByRole('tab', { name: 'Compare' }).click()
    await tracker.idle()
    const shown = tracker.page.locator('[role=tab], .compare-tab-nav button')
    expect(await shown.count()).toBeGreaterThan(10)
    for (const box of await Promise.all((await shown.all()).map((each) => each.boundingBox()))) {
      expect(box?.x).toBeGreaterThanOrEqual(0)
      expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(390)
    }
  })
})
