import { COMPARED, logCompared } from './compared-runs.ts'
import { expect, openHarness, openTracker, test } from './tracker-page.ts'

test.describe('where a run trained, on what and with which code', () => {
  test('stands on its page, and is held against another run', async ({ context }) => {
    const harness = await openHarness(context)
    await logCompared(harness)
    const tracker = await openTracker(context)
    await tracker.openExperiment(COMPARED)
    const page = await tracker.openRunPage(/first/)
    const datasets = page.getByRole('region', { name: 'Datasets', exact: true })
    await expect(datasets).toContainText('3 rows of 2 columns')
    await expect(datasets.getByRole('row', { name: /size/ })).toHaveText(
      /size\s*number\s*1\s*1\.750\s*2\.500\s*1/,
    )
    await expect(datasets.getByRole('list', { name: 'Classes of train' })).toContainText('a 2')
    const environment = page.getByRole('region', { name: 'Environment', exact: true })
    await expect(environment.getByRole('table', { name: 'Browser' })).toContainText('timezone')
    await expect(environment.getByRole('table', { name: 'Browser' })).not.toContainText('secret')
    await expect(environment.getByRole('table', { name: 'Code' })).toContainText('digest')
    await tracker.page.keyboard.press('Escape')

    await tracker.page.getByRole('tab', { name: 'Compare' }).click()
    await tracker.page.getByRole('combobox', { name: 'Baseline' }).selectOption({ label: 'first' })
    const section = tracker.page.getByRole('region', { name: 'Environment and code' })
    const table = section.getByRole('region', { name: 'Environment by run' })
    await expect(table.getByRole('row', { name: /dataset train/ })).toContainText('2 rows')
    await expect(table.getByRole('row', { name: /Code: digest/ })).toBeVisible()
    await expect(table.getByRole('row', { name: /timezone/ })).toHaveCount(0)
    await section.getByRole('button', { name: /equal facts hidden/ }).click()
    await expect(table.getByRole('row', { name: /timezone/ })).toBeVisible()

    const code = section.getByRole('region', { name: 'Code', exact: true })
    const lines = code.getByRole('region', { name: 'Lines that differ' })
    await expect(lines).toContainText('const line30 = "<img src=x onerror=alert(1)>"')
    await expect(lines).toContainText('27 equal lines')
    await expect(lines).not.toContainText('const line20')
    await code.getByLabel('The other run').selectOption({ label: 'third' })
    await expect(code).toContainText('Their code is equal.')
    await code.getByLabel('The other run').selectOption({ label: 'second' })
    await expect(lines).toContainText('const line30')
    await tracker.idle()
    expect(tracker.problems).toEqual([])
  })

  test('takes nonsense in silence', async ({ context }) => {
    const harness = await openHarness(context)
    const said = await harness.evaluate(async (experiment) => {
      const { captureNonsense } = await window.harness.loadCaptures()
      return captureNonsense(experiment)
    }, COMPARED)
    expect(said).toBe('ok')
    const tracker = await openTracker(context)
    await tracker.openExperiment(COMPARED)
    await tracker.run(/nonsense/).click()
    const overview = tracker.page.getByRole('complementary', { name: 'Run overview' })
    await expect(overview).toContainText('2 rows of 2 columns, 1 of them not as long as the others')
    await expect(overview).toContainText('https://elsewhere.example/x.js is of another origin')
    expect(tracker.problems).toEqual([])
  })
})
