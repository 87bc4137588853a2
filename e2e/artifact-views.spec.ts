import { readFile } from 'node:fs/promises'
import type { Download } from 'playwright/test'
import { call, fillShelf, SHELF } from './artifact-shelf.ts'
import { expect, openHarness, test, type TrackerPage } from './tracker-page.ts'

/** Fills the shelf and shows the page of a run, at its artifacts. */
async function openRunArtifacts(tracker: TrackerPage, run: RegExp): Promise<void> {
  const harness = await openHarness(tracker.page.context())
  await fillShelf(harness)
  await harness.close()
  await tracker.openExperiment(SHELF)
  await tracker.openRunPage(run)
  await tracker.page.getByRole('tab', { name: 'Artifacts' }).click()
  await tracker.idle()
}

async function download(tracker: TrackerPage, name: string): Promise<Download> {
  const started = tracker.page.waitForEvent('download')
  await tracker.page.getByRole('button', { name, exact: true }).click()
  return started
}

/** What files a zip says it holds. */
async function namesIn(file: Download): Promise<readonly string[]> {
  const bytes = await readFile(await file.path())
  const names: string[] = []
  for (let at = bytes.indexOf('PK\u0001\u0002'); at >= 0; at = bytes.indexOf('PK\u0001\u0002', at + 46))
    names.push(bytes.toString('utf8', at + 46, at + 46 + bytes.readUInt16LE(at + 28)))
  return names
}

test.describe('the artifacts of a run', () => {
  test('are listed, opened, downloaded and named, by mouse and keyboard', async ({ tracker }) => {
    await openRunArtifacts(tracker, /baseline/)
    const { page } = tracker
    const list = page.getByRole('list', { name: 'Artifacts of the run' })
    await expect(list.getByRole('button', { name: /^checkpoint v/, expanded: false })).toHaveCount(5)
    await expect(list.getByRole('button', { name: /^checkpoint v\d/ }).first()).toHaveAccessibleName(
      'checkpoint v5',
    )

    // From the first version by keyboard to the best one, which is opened.
    await list.getByRole('button', { name: 'checkpoint v5', exact: true }).focus()
    await page.keyboard.press('ArrowDown')
    await expect(list.getByRole('button', { name: 'checkpoint v4, best', exact: true })).toBeFocused()
    await page.keyboard.press('Enter')
    const best = page.getByRole('group', { name: 'checkpoint v4' })
    await expect(best).toContainText('val_loss')
    await expect(list.getByRole('button', { name: 'checkpoint v4, best', exact: true })).toBeFocused()

    await best.getByRole('textbox', { name: /New alias/ }).fill('keep me')
    await page.keyboard.press('Enter')
    await expect(
      list.getByRole('button', { name: 'checkpoint v4, best, keep me', exact: true }),
    ).toBeVisible()
    await expect(tracker.toasts.filter({ hasText: 'is keep me now' })).toBeVisible()
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect(list.getByRole('button', { name: 'checkpoint v4, best, keep me', exact: true })).toHaveCount(
      0,
    )
    await best.getByRole('textbox', { name: /New alias/ }).fill('latest')
    await expect(best.getByRole('alert')).toContainText('newest version')
    await page.reload()
    await tracker.idle()
    await expect(best).toContainText('val_loss')

    await best.getByRole('button', { name: 'Fork from this version' }).click()
    await expect(page.getByRole('dialog', { name: 'Fork checkpoint:v4' })).toContainText(
      `forkRun('checkpoint:v4', { experiment: '${SHELF}' })`,
    )
    await page.keyboard.press('Escape')

    const one = await download(tracker, 'Download checkpoint v4')
    expect((await readFile(await one.path())).length).toBe(400_004)
    const zip = await download(tracker, 'Download digits v1')
    expect(zip.suggestedFilename()).toBe('digits-v1.zip')
    expect(await namesIn(zip)).toEqual(['README.md', 'train/images.bin', 'train/labels.bin'])
    expect(tracker.problems).toEqual([])
  })

  test('are removed and taken back, and lead to the runs that used them', async ({ tracker }) => {
    await openRunArtifacts(tracker, /fine-tuned/)
    const { page } = tracker
    const list = page.getByRole('list', { name: 'Artifacts of the run' })
    await expect(list).toContainText('used by this run')
    await list.getByRole('button', { name: 'model v2', exact: true }).click()
    await page
      .getByRole('group', { name: 'model v2' })
      .getByRole('button', { name: 'Delete', exact: true })
      .click()
    await expect(list.getByRole('button', { name: 'model v2', exact: true })).toHaveCount(0)
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect(list.getByRole('button', { name: 'model v2', exact: true })).toBeVisible()

    await list.getByRole('button', { name: 'model v1, baseline', exact: true }).click()
    await page.getByRole('group', { name: 'model v1' }).getByRole('link', { name: 'baseline' }).click()
    await expect(page.getByRole('textbox', { name: 'Run name' })).toHaveValue('baseline')
    await expect(list.getByRole('button', { name: /^checkpoint v/ })).toHaveCount(5)
  })
})

test.describe('the artifacts of an experiment', () => {
  test('are found, compared, kept by a policy and their room freed', async ({ tracker, context }) => {
    const harness = await openHarness(context)
    await fillShelf(harness)
    const { page } = tracker
    await tracker.openExperiment(SHELF)
    await page.getByRole('tab', { name: 'Artifacts' }).click()
    const list = page.getByRole('list', { name: 'Artifacts', exact: true })
    const version = (name: string) => list.getByRole('button', { name, exact: true })
    await expect(page.getByText(/in 8 versions$/)).toBeVisible()

    await page.getByRole('searchbox', { name: 'Search artifacts' }).fill('best')
    await expect(version('checkpoint v4, best')).toBeVisible()
    await expect(version('model v2')).toHaveCount(0)
    await page.getByRole('searchbox', { name: 'Search artifacts' }).fill('')

    await page.getByRole('checkbox', { name: 'Pick model v1' }).check()
    await page.getByRole('checkbox', { name: 'Pick model v2' }).check()
    await page.getByRole('button', { name: 'Compare', exact: true }).click()
    const files = page.getByRole('table', { name: 'Files that differ' })
    await expect(files.getByRole('row', { name: /classes\.txt/ })).toContainText('only in model v2')
    await expect(files.getByRole('row', { name: /weights\.bin/ })).toContainText('differs')
    await expect(page.getByRole('table', { name: 'Metadata that differs' })).toContainText('layers')
    await page.getByRole('button', { name: 'Back to the list' }).click()
    await page.getByRole('button', { name: 'Pick none' }).click()

    await page.getByRole('button', { name: /versions of checkpoint are kept/ }).click()
    await page.getByText('Keep the newest', { exact: true }).click()
    await page.getByRole('spinbutton', { name: 'How many' }).fill('2')
    await expect(page.getByText(/3 versions with 1\.2 MB will be given up/)).toBeVisible()
    await page.getByRole('button', { name: 'Apply', exact: true }).click()
    await expect(page.getByRole('button', { name: /^Keeps the newest 2/ })).toBeVisible()
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect(page.getByRole('button', { name: /^Keeps the newest 2/ })).toHaveCount(0)

    await page.getByRole('checkbox', { name: 'Pick digits v1' }).check()
    await page.getByRole('button', { name: 'Delete', exact: true }).click()
    await expect(version('digits v1')).toHaveCount(0)
    await page.getByRole('button', { name: 'Free the room of 1 deleted version' }).click()
    const dialog = page.getByRole('dialog')
    await expect(dialog).toContainText('about 2.5 MB')
    await dialog.getByRole('button', { name: 'Give them up' }).click()
    await expect(dialog.getByRole('status')).toContainText('1 version was given up')
    await dialog.getByRole('button', { name: 'Done' }).click()
    await expect(page.getByRole('button', { name: /^Free the room/ })).toHaveCount(0)
    const kept = await call(harness, 'list')
    expect(kept.filter((line) => line.startsWith('digits'))).toEqual([])
    expect(kept).toHaveLength(7)
    expect(tracker.problems).toEqual([])
  })

  test('show where they came from, from left to right', async ({ tracker, context }) => {
    await fillShelf(await openHarness(context))
    const { page } = tracker
    await tracker.openExperiment(SHELF)
    await page.keyboard.press('Alt+4')
    await page.getByText('Lineage', { exact: true }).click()
    const board = page.getByRole('region', { name: 'Lineage' })
    const left = async (locator: ReturnType<typeof board.getByRole>): Promise<number> =>
      (await locator.boundingBox())?.x ?? 0
    const maker = await left(board.getByRole('link', { name: 'baseline' }))
    const model = await left(board.getByRole('button', { name: 'model v1' }))
    const tuner = await left(board.getByRole('link', { name: 'fine-tuned' }))
    expect(maker < model && model < tuner).toBe(true)
    await board.getByRole('button', { name: 'checkpoint v1–v5' }).click()
    await expect(page.getByRole('group', { name: 'checkpoint v5' })).toContainText('val_loss')
  })
})

test.describe('registered models', () => {
  test('have stages, notes and a place that outlives their run', async ({ tracker, context }) => {
    await fillShelf(await openHarness(context))
    const { page } = tracker
    await tracker.openExperiment(SHELF)
    await page.getByRole('tab', { name: 'Artifacts' }).click()
    const list = page.getByRole('list', { name: 'Artifacts', exact: true })
    for (const version of ['model v1, baseline', 'model v2']) {
      await list.getByRole('button', { name: version, exact: true }).click()
      const body = page.getByRole('group', { name: version.split(',')[0] ?? '', exact: true })
      await body.getByRole('button', { name: 'Register as a model' }).click()
      await page.getByRole('dialog').getByLabel('Model', { exact: true }).fill('digit reader')
      await page.keyboard.press('Enter')
      await expect(page.getByRole('dialog')).toHaveCount(0)
      await list.getByRole('button', { name: version, exact: true }).click()
    }
    await expect(list).toContainText('digit reader 2')

    await page.getByRole('link', { name: 'Registered models' }).click()
    await tracker.idle()
    const model = page.getByRole('article', { name: 'digit reader' })
    const versions = model.getByRole('list', { name: 'Versions of digit reader' })
    await expect(versions.getByRole('combobox')).toHaveCount(2)
    await expect(versions.getByRole('listitem').first()).toContainText('val/loss')
    const stage = model.getByRole('combobox', { name: 'Stage of version 2' })
    await stage.fill('production')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('navigation', { name: 'Models' })).toContainText('2 in production')
    await page.getByRole('button', { name: 'Undo' }).last().click()
    await expect(page.getByRole('navigation', { name: 'Models' })).not.toContainText('production')
    await stage.fill('staging')
    await page.keyboard.press('Enter')
    await model.getByRole('textbox', { name: 'Notes' }).fill('Reads **digits** <img src=x onerror=alert(1)>')
    await model.getByRole('button', { name: 'Done' }).click()
    await expect(model.locator('strong')).toHaveText('digits')
    await expect(model.locator('img')).toHaveCount(0)

    const zip = await download(tracker, 'Download version 2')
    expect(await namesIn(zip)).toEqual(['classes.txt', 'model.json', 'weights.bin'])
    await page.getByRole('button', { name: 'Unregister version 1' }).click()
    await expect(page.getByRole('button', { name: 'Unregister version 1' })).toHaveCount(0)
    await page.getByRole('button', { name: 'Undo' }).last().click()
    await expect(page.getByRole('button', { name: 'Unregister version 1' })).toBeVisible()

    await tracker.command('digit reader 2 in archived')
    await expect(stage).toHaveValue('archived')
    await page.getByRole('button', { name: 'Undo' }).last().click()
    await expect(stage).toHaveValue('staging')
    await page.reload()
    await tracker.idle()
    await expect(stage).toHaveValue('staging')
    await model.getByRole('link', { name: 'fine-tuned' }).click()
    await expect(page.getByRole('textbox', { name: 'Run name' })).toHaveValue('fine-tuned')
    await expect(page.getByRole('list', { name: 'Artifacts of the run' })).toContainText(
      'digit reader 2, staging',
    )
    expect(tracker.problems).toEqual([])
  })

  test('of an opened file can be looked at and taken along, not changed', async ({ tracker, context }) => {
    const harness = await openHarness(context)
    await fillShelf(harness)
    const { page } = tracker
    await tracker.openExperiment(SHELF)
    const file = await (await tracker.share('SQLite')).path()
    await tracker.openFile(file)
    await tracker.idle()
    await page.getByRole('tab', { name: 'Artifacts' }).click()
    const list = page.getByRole('list', { name: 'Artifacts', exact: true })
    await list.getByRole('button', { name: 'checkpoint v4, best', exact: true }).click()
    const body = page.getByRole('group', { name: 'checkpoint v4' })
    await expect(body).toContainText('val_loss')
    await expect(body.getByRole('button', { name: 'Delete' })).toHaveCount(0)
    await expect(body.getByRole('button', { name: 'Register as a model' })).toHaveCount(0)
    await expect(body.getByRole('textbox')).toHaveCount(0)
    const one = await download(tracker, 'Download checkpoint v4')
    expect((await readFile(await one.path())).length).toBe(400_004)
    await tracker.command('registered models')
    await expect(page.getByText('No model is registered.')).toBeVisible()
  })
})

test('names of strangers are text, cut where there is no room', async ({ tracker, context }) => {
  const harness = await openHarness(context)
  const name = `<img src=x onerror="document.title='run'">${'x'.repeat(460)}`
  const runId = await call(harness, 'start', 'strangers', 'odd')
  const files = { [`${'deep/'.repeat(40)}<b>file</b>.bin`]: 40, other: 50 }
  await call(harness, 'logFiles', runId, name, files, {
    type: '<script>',
    aliases: ['<i>best</i>'],
    metadata: { [`key ${'k'.repeat(300)}`]: '<img src=x onerror=alert(1)>' },
  })
  await call(harness, 'finish', runId)
  const { page } = tracker
  await tracker.openExperiment('strangers')
  await page.getByRole('tab', { name: 'Artifacts' }).click()
  for (const viewport of [
    { width: 1440, height: 900 },
    { width: 390, height: 844 },
  ]) {
    await page.setViewportSize(viewport)
    await expect(page.getByRole('heading', { name: /^<img src=x/ })).toBeVisible()
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
      viewport.width,
    )
  }
  await page.getByRole('button', { name: /^<img/, expanded: false }).click()
  await expect(page.getByRole('cell', { name: '<img src=x onerror=alert(1)>' })).toBeVisible()
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  await expect(page.locator('.artifacts-frame :is(img, script, b, i)')).toHaveCount(0)
  const started = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Download 2 files as a zip' }).click()
  expect((await started).suggestedFilename()).toMatch(/^[\w .-]{1,100}\.zip$/)
  expect(await page.title()).not.toBe('run')
  expect(tracker.problems).toEqual([])
})

test('many versions are a list of which only what is near exists', async ({ tracker, context }) => {
  const harness = await openHarness(context)
  const runId = await call(harness, 'start', 'many', 'patient')
  expect(await call(harness, 'logMany', runId, 'checkpoint', 150)).toBe(150)
  await call(harness, 'finish', runId)
  const { page } = tracker
  await tracker.openExperiment('many')
  await page.getByRole('tab', { name: 'Artifacts' }).click()
  await expect(page.getByText(/in 150 versions$/)).toBeVisible()
  const rows = page.getByRole('list', { name: 'Artifacts', exact: true }).getByRole('listitem')
  await page.getByRole('button', { name: 'checkpoint v150', exact: true }).focus()
  expect(await rows.count()).toBeLessThan(60)
  await page.keyboard.press('End')
  await expect(page.getByRole('button', { name: 'checkpoint v1', exact: true })).toBeFocused()
  expect(await rows.count()).toBeLessThan(60)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('group', { name: 'checkpoint v1', exact: true })).toBeInViewport()
  await page.getByRole('searchbox', { name: 'Search artifacts' }).fill('v77')
  await expect(page.getByRole('button', { name: 'checkpoint v77', exact: true })).toBeVisible()
})
