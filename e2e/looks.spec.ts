import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { AxeResults } from 'axe-core'
import { EVENTFUL, logHidden } from './eventful-run.ts'
import { fillShelf, SHELF } from './artifact-shelf.ts'
import { damage } from './damage.ts'
import { createProfile } from './profile.ts'
import { EXPERIMENT, logNightSweep } from './sharing/night-sweep.ts'
import { block } from './stuck.ts'
import { expect, openHarness, openTracker, test, type TrackerPage } from './tracker-page.ts'

const FOLDER = join(import.meta.dirname, '../test-results/looks')
const SIZES = { desk: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } } as const

/** What axe has against the screen, one line each: rule, place, reason. */
async function complaints({ page }: TrackerPage): Promise<readonly string[]> {
  const axe = await readFile(join(import.meta.dirname, '../node_modules/axe-core/axe.min.js'), 'utf8')
  await page.evaluate(axe)
  const { violations } = (await page.evaluate(
    'axe.run(document, { resultTypes: ["violations"] })',
  )) as AxeResults
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} at ${target.join(' ')}: ${failureSummary ?? ''}`),
  )
}

/** Takes a picture at each size, for people to look at, and lets axe look too. `isIdle`: false while calls wait for an owner. */
async function look(tracker: TrackerPage, name: string, isIdle = true): Promise<void> {
  for (const [size, viewport] of Object.entries(SIZES)) {
    await tracker.page.setViewportSize(viewport)
    if (isIdle) await tracker.idle()
    await tracker.page.screenshot({ path: join(FOLDER, `${name}-${size}.png`), animations: 'disabled' })
    expect.soft(await complaints(tracker), `${name} at ${size} size`).toEqual([])
    const { width } = viewport
    const overflow = await tracker.page.evaluate(() => document.documentElement.scrollWidth)
    expect.soft(overflow, `${name} is no wider than a ${size}`).toBeLessThanOrEqual(width)
  }
  await tracker.page.setViewportSize(SIZES.desk)
}

for (const theme of ['dark', 'light'] as const) {
  test(`every screen is readable by all in the ${theme} theme`, async () => {
    await mkdir(FOLDER, { recursive: true })
    const profile = await createProfile()
    const context = await profile.launch({ colorScheme: theme })
    const tracker = await openTracker(context)
    await look(tracker, `${theme}-1-first-visit`)

    const harness = await openHarness(context)
    await logNightSweep(harness)
    await harness.close()
    await tracker.openExperiment(EXPERIMENT)
    await expect(tracker.chart('odd')).toContainText('8 points')
    await look(tracker, `${theme}-2-experiment`)
    await tracker.run(/all kinds/).click()
    await expect(tracker.page.getByRole('complementary', { name: 'Run overview' })).toContainText('adam')
    await look(tracker, `${theme}-3-overview`)
    await tracker.page.keyboard.press('Escape')

    await tracker.page.getByRole('button', { name: 'Share' }).click()
    await expect(tracker.page.getByRole('dialog')).toContainText('3 runs')
    await look(tracker, `${theme}-4-export`)
    await tracker.page.keyboard.press('Escape')

    const file = await tracker.share('Arrow')
    const buffer = await readFile(await file.path())
    await tracker.openFile({ name: 'from Ann.arrow', mimeType: '', buffer })
    await expect(tracker.openedFile).toBeVisible()
    await expect(tracker.chart('odd')).toContainText('8 points')
    await look(tracker, `${theme}-5-opened-file`)

    const foot = tracker.page.getByRole('contentinfo')
    await foot.getByRole('button', { name: 'Backup' }).click()
    await look(tracker, `${theme}-6-backup`)
    await tracker.page.keyboard.press('Escape')
    await tracker.openedFile.getByRole('button', { name: 'Close' }).click()
    await tracker.openExperiment(EXPERIMENT)
    await tracker.run(/all kinds/).click()
    await tracker.page.getByRole('button', { name: 'Remove run' }).click()
    await foot.getByRole('button', { name: 'Bin, 1 run' }).click()
    await look(tracker, `${theme}-7-bin`)
    await tracker.page.keyboard.press('Escape')

    const other = await openTracker(context)
    await other.openExperiment(EXPERIMENT)
    await block(tracker.page)
    const silent = other.page.getByRole('region', { name: 'The database does not answer' })
    await expect(silent).toContainText('nothing is lost', { timeout: 30_000 })
    await look(other, `${theme}-8-silent-owner`, false)
    await silent.getByRole('button', { name: 'Take over here' }).click()
    await expect(silent).toBeHidden()

    await context.addInitScript(() => Reflect.deleteProperty(globalThis, 'Worker'))
    const inMemory = await openTracker(context)
    await expect(inMemory.page.getByText('In memory only.')).toBeVisible()
    await look(inMemory, `${theme}-9-memory`)
    expect(tracker.problems).toEqual([])
    await context.close()

    const again = await profile.launch({ colorScheme: theme })
    await damage(await openHarness(again), '/own.db', [0])
    const recovered = await openTracker(again)
    await expect(recovered.page.getByRole('region', { name: 'The database was damaged' })).toContainText(
      'kept until you delete it',
    )
    await look(recovered, `${theme}-10-damaged`)
    await again.close()
    await profile.remove()
  })

  test(`artifacts are readable by all in the ${theme} theme`, async () => {
    await mkdir(FOLDER, { recursive: true })
    const profile = await createProfile()
    const context = await profile.launch({ colorScheme: theme })
    const harness = await openHarness(context)
    await fillShelf(harness)
    const tracker = await openTracker(context)
    const { page } = tracker
    await tracker.openExperiment(SHELF)
    await page.getByRole('tab', { name: 'Artifacts' }).click()
    await page.getByRole('button', { name: 'checkpoint v4, best', exact: true }).click()
    await look(tracker, `${theme}-50-artifacts`)
    await page.getByRole('button', { name: /versions of checkpoint are kept/ }).click()
    await page.getByText('Keep the newest', { exact: true }).click()
    await look(tracker, `${theme}-51-artifact-policy`)
    await page.keyboard.press('Escape')
    await page.getByText('Lineage', { exact: true }).click()
    await look(tracker, `${theme}-52-lineage`)
    await page.getByText('List', { exact: true }).click()
    await page.getByRole('checkbox', { name: 'Pick model v1' }).check()
    await page.getByRole('checkbox', { name: 'Pick model v2' }).check()
    await page.getByRole('button', { name: 'Compare', exact: true }).click()
    await look(tracker, `${theme}-53-artifact-compare`)
    await page.getByRole('button', { name: 'Share' }).click()
    await expect(page.getByRole('checkbox', { name: /Artifacts/ })).toBeChecked()
    await look(tracker, `${theme}-54-export-artifacts`)
    await page.keyboard.press('Escape')
    await page.getByRole('link', { name: 'fine-tuned' }).click()
    await page.getByRole('button', { name: 'model v1, baseline', exact: true }).click()
    await look(tracker, `${theme}-55-run-artifacts`)
    expect(tracker.problems).toEqual([])
    await context.close()
    await profile.remove()
  })

  test(`every way to look at an experiment is readable by all in the ${theme} theme`, async () => {
    const profile = await createProfile()
    const context = await profile.launch({ colorScheme: theme })
    const harness = await openHarness(context)
    await logNightSweep(harness)
    await harness.close()
    const tracker = await openTracker(context)
    await tracker.openExperiment(EXPERIMENT)
    await expect(tracker.chart('odd')).toContainText('8 points')

    await tracker.page.getByRole('tab', { name: 'Table' }).click()
    await tracker.page.getByRole('rowheader', { name: /all kinds/ }).focus()
    await tracker.page.keyboard.press('b')
    await tracker.page.keyboard.press('Space')
    await tracker.page.getByLabel('Group by').selectOption({ label: 'Status' })
    await look(tracker, `${theme}-14-table`)
    await tracker.page.getByRole('button', { name: 'Columns' }).click()
    await look(tracker, `${theme}-15-columns`)
    await tracker.page.keyboard.press('Escape')
    await tracker.page.getByRole('columnheader').nth(2).focus()
    await tracker.page.keyboard.press('Alt+ArrowDown')
    await look(tracker, `${theme}-16-column-menu`)
    await tracker.page.keyboard.press('Escape')
    await tracker.page.getByRole('tab', { name: 'Compare' }).click()
    await expect(tracker.page.getByRole('region', { name: 'Params by run' })).toContainText('adam')
    await look(tracker, `${theme}-11-compare`)
    const parts = tracker.page.getByRole('navigation', { name: 'Parts of the comparison' })
    await parts.getByRole('button', { name: 'Parallel coordinates' }).click()
    await look(tracker, `${theme}-12-compare-parallel`)
    await parts.getByRole('button', { name: 'What matters' }).click()
    await look(tracker, `${theme}-13-compare-what-matters`)
    await tracker.page.getByRole('tab', { name: 'SQL' }).click()
    await look(tracker, `${theme}-17-sql-start`)
    await tracker.page.getByRole('button', { name: /^Params beside results/ }).click()
    await expect(tracker.page.getByRole('region', { name: 'Result of the query' })).toBeVisible()
    const query = tracker.page.getByRole('textbox', { name: 'SQL query' })
    await query.focus()
    await tracker.page.keyboard.press('ControlOrMeta+End')
    await tracker.page.keyboard.insertText(';\nselect nmae from runs')
    await tracker.page.keyboard.press('ControlOrMeta+Enter')
    await expect(tracker.page.getByRole('alert')).toContainText('There is no column nmae')
    await look(tracker, `${theme}-18-sql-result`)
    await tracker.page.getByText('Chart', { exact: true }).click()
    await look(tracker, `${theme}-19-sql-chart`)
    await tracker.page.getByRole('tab', { name: 'Charts' }).click()

    const { keyboard } = tracker.page
    const lines = tracker.page.getByRole('dialog', { name: 'Lines' })
    await tracker.page.getByRole('button', { name: /^Group by/ }).click()
    await lines.getByLabel('Group by').selectOption({ label: 'status' })
    await lines.getByLabel('Colour by').selectOption({ label: 'status' })
    await look(tracker, `${theme}-20-lines`)
    await keyboard.press('Escape')
    await tracker
      .chart('odd')
      .getByRole('button', { name: /What can be done/ })
      .click()
    await look(tracker, `${theme}-21-chart-menu`)
    await tracker.page.getByRole('menuitemradio', { name: 'Logarithmic y' }).click()
    await tracker
      .chart('odd')
      .getByRole('button', { name: /What can be done/ })
      .click()
    await tracker.page.getByRole('menuitem', { name: 'Expand' }).click()
    await look(tracker, `${theme}-22-expanded`)
    await tracker.page.getByRole('button', { name: 'All charts' }).click()
    await tracker.page.getByRole('button', { name: 'Views' }).click()
    await tracker.page.getByRole('menuitem', { name: 'Save this view' }).click()
    await look(tracker, `${theme}-23-save-view`)
    await keyboard.press('Escape')
    await keyboard.press('ControlOrMeta+k')
    await expect(tracker.page.getByRole('dialog', { name: 'Commands' })).toBeVisible()
    await look(tracker, `${theme}-24-palette`)
    await keyboard.press('Escape')
    await keyboard.press('Shift+?')
    await expect(tracker.page.getByRole('dialog', { name: 'Keys' })).toBeVisible()
    await look(tracker, `${theme}-25-keys`)
    await keyboard.press('Escape')
    await tracker.run(/all kinds/).click()
    await tracker.page.getByRole('button', { name: 'Show the run on a page of its own' }).click()
    await expect(tracker.page.getByRole('article', { name: 'Run', exact: true })).toContainText('adam')
    await look(tracker, `${theme}-26-run-page`)
    await tracker.page.keyboard.press('Escape')

    const logging = await openHarness(context)
    await logging.evaluate(async () =>
      (await window.harness.loadEveryKind()).logMedia('every kind', 3, false),
    )
    await logging.close()
    await tracker.openExperiment('every kind')
    const media = ['layers/weights', 'results/bars', 'results/confusion', 'results/embedding', 'results/roc']
    for (const key of [...media, 'samples/image', 'samples/predictions', 'words/marked']) {
      await tracker.page.locator(`[data-key="${key}"]`).scrollIntoViewIfNeeded()
      await tracker.page.locator(`[data-key="${key}"]`).evaluate((place) => place.scrollIntoView())
      await look(tracker, `${theme}-media-${key.replace('/', '-')}`)
    }
    const weights = tracker.page.getByRole('article', { name: 'layers/weights' })
    await tracker.page.locator('[data-key="layers/weights"]').scrollIntoViewIfNeeded()
    await weights.getByText('Ridges').click()
    await look(tracker, `${theme}-media-ridges`)
    await weights.getByText('Heat map').click()
    await look(tracker, `${theme}-media-heat`)
    await weights.getByRole('button', { name: 'Expand layers/weights' }).click()
    await look(tracker, `${theme}-media-expanded`)
    expect(tracker.problems).toEqual([])
    await context.close()
    await profile.remove()
  })

  test(`a sweep is readable by all in the ${theme} theme`, async () => {
    await mkdir(FOLDER, { recursive: true })
    const profile = await createProfile()
    const context = await profile.launch({ colorScheme: theme })
    const harness = await openHarness(context)
    await harness.evaluate(async () => {
      const sweeps = await window.harness.loadSweeps()
      sweeps.startSweep({ runs: 24, lanes: 1, earlyStop: { rule: 'asha', minStep: 2, eta: 2 } }, 8, 4)
      await sweeps.ended()
    })
    await harness.close()
    const tracker = await openTracker(context)
    await tracker.openExperiment('bowl')
    await tracker.page.getByRole('tab', { name: 'Compare' }).click()
    await expect(tracker.page.getByRole('region', { name: 'Sweep', exact: true })).toContainText('Best loss')
    await look(tracker, `${theme}-50-sweep`)
    expect(tracker.problems).toEqual([])
    await context.close()
    await profile.remove()
  })

  test(`what happened to runs is readable by all in the ${theme} theme`, async () => {
    await mkdir(FOLDER, { recursive: true })
    const profile = await createProfile()
    const context = await profile.launch({ colorScheme: theme })
    const harness = await openHarness(context)
    await logHidden(harness, 'sleepy')
    await logHidden(harness, 'second')
    await harness.close()
    const tracker = await openTracker(context)
    await tracker.openExperiment(EVENTFUL)
    const chart = tracker.chart('loss')
    await expect(chart.getByRole('img')).toHaveAttribute('aria-label', /events$/)
    await look(tracker, `${theme}-40-events`)
    const plot = chart.getByRole('application')
    await plot.focus()
    await plot.press('Home')
    for (const _ of [1, 2, 3]) await plot.press('PageDown')
    await expect(chart.locator('.chart-tooltip')).toContainText('page hidden')
    await look(tracker, `${theme}-41-event-hovered`)
    await context.close()
    await profile.remove()
  })
}
