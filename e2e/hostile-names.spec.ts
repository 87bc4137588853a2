import { expect, openHarness, openTracker, test, type TrackerPage } from './tracker-page.ts'

const LONG = 'x'.repeat(500)
const RIGHT_TO_LEFT = 'שלום ‮evil‬ עולם'
const EMOJI = '👩‍👩‍👧‍👦🏳️‍🌈 loss'
const MARKUP = '<img src=x onerror="window.hacked = 1">'
const NAMES = [LONG, RIGHT_TO_LEFT, EMOJI, MARKUP, 'a.b/c "d" \\ e']

/** Nothing stands out of the window, nothing was run, nothing broke. */
async function expectSound(tracker: TrackerPage): Promise<void> {
  await tracker.idle()
  for (const width of [1440, 390]) {
    await tracker.page.setViewportSize({ width, height: 900 })
    await tracker.idle()
    const scrolled = await tracker.page.evaluate(() => document.documentElement.scrollWidth)
    expect(scrolled).toBeLessThanOrEqual(width)
  }
  await tracker.page.setViewportSize({ width: 1440, height: 900 })
  expect(await tracker.page.evaluate('window.hacked')).toBeUndefined()
  expect(tracker.problems).toEqual([])
}

test('names of any kind and 10,000 tags leave every way to look as it is', async ({ context }) => {
  const harness = await openHarness(context)
  await harness.evaluate(async (names) => {
    const { story } = window.harness
    for (const [index, name] of names.entries()) {
      const runId = story.init({
        experiment: names[3] ?? '',
        name,
        params: Object.fromEntries(names.map((key, at) => [key, at === 0 ? name : index])),
        tags:
          index === 0
            ? Object.fromEntries(
                Array.from({ length: 10_000 }, (_, tag) => [`tag ${tag}`, `value ${tag % 7}`]),
              )
            : { [name]: name },
      })
      for (let step = 0; step < 20; step += 1) {
        story.log(runId, Object.fromEntries(names.map((key) => [key, step * index])), { step })
      }
      story.mark(runId, name)
      await story.finish(runId)
    }
  }, NAMES)
  await harness.close()
  const tracker = await openTracker(context)
  await tracker.openExperiment(MARKUP)
  await expect(tracker.runRows).toHaveCount(NAMES.length)
  await expect(tracker.chart(MARKUP)).toBeVisible()
  await expectSound(tracker)

  await tracker.page.getByRole('button', { name: /^Group by/ }).click()
  const lines = tracker.page.getByRole('dialog', { name: 'Lines' })
  await lines.getByLabel('Group by').selectOption({ label: LONG })
  await tracker.page.keyboard.press('Escape')
  await expectSound(tracker)

  await tracker.run(LONG).click()
  const overview = tracker.page.getByRole('complementary', { name: 'Run overview' })
  await expect(overview.getByRole('button', { name: 'Show more of 10,000' })).toBeVisible()
  const runPage = await tracker.openRunPage()
  await expect(runPage.getByRole('button', { name: 'Show more of 10,000' })).toBeVisible()
  await expectSound(tracker)
  await tracker.page.keyboard.press('Escape')
  await tracker.page.keyboard.press('Escape')

  for (const tab of ['Table', 'Compare', 'SQL', 'Charts']) {
    await tracker.page.getByRole('tab', { name: tab }).click()
    await expectSound(tracker)
  }
  await tracker.reload()
  await expectSound(tracker)
})
