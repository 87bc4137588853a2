import { readFile } from 'node:fs/promises'
import { createProfile } from './profile.ts'
import { countPoints, EXPERIMENT, logNightSweep } from './sharing/night-sweep.ts'
import { expect, openHarness, openTracker, test, type TrackerPage } from './tracker-page.ts'

/** What Ann exported, as it lies in Ben's downloads. */
const received: Record<'SQLite' | 'Arrow', { name: string; bytes: Buffer }> = {
  SQLite: { name: '', bytes: Buffer.alloc(0) },
  Arrow: { name: '', bytes: Buffer.alloc(0) },
}

function picked(format: 'SQLite' | 'Arrow') {
  const { name, bytes } = received[format]
  return { name, mimeType: '', buffer: bytes }
}

async function expectTheSameExperiment(tracker: TrackerPage): Promise<void> {
  await expect(tracker.runRows).toHaveCount(3)
  for (const metric of ['train/loss', 'odd', 'acc']) {
    await expect.poll(() => tracker.drawnPoints(metric)).toBe(countPoints(metric))
  }
  await expect(tracker.chart('odd')).toContainText('2 NaN, 1 +∞, 1 −∞ marked')
  await expect(tracker.run(/short/)).toContainText('failed')
  await tracker.run(/all kinds/).click()
  const overview = tracker.page.getByRole('complementary', { name: 'Run overview' })
  const params = overview.getByRole('table', { name: 'Params' }).or(overview.getByLabel('Params'))
  for (const words of ['0.01', '1.5e+300', '[64,[32,null]]', '"0.1"', 'true', 'false', 'null', 'adam']) {
    await expect(params).toContainText(words)
  }
  for (const words of ['naïve 🎉', 'bench 7', 'fold 1', 'finished']) {
    await expect(overview).toContainText(words)
  }
  await expect(overview).toContainText('the second with "quotes" and ümläuts.')
  await tracker.page.keyboard.press('Escape')
}

test.describe('a received experiment', () => {
  test.beforeAll(async () => {
    const ann = await createProfile()
    const context = await ann.launch()
    await logNightSweep(await openHarness(context))
    const tracker = await openTracker(context)
    await tracker.openExperiment(EXPERIMENT)
    for (const format of ['SQLite', 'Arrow'] as const) {
      const download = await tracker.share(format)
      received[format] = { name: download.suggestedFilename(), bytes: await readFile(await download.path()) }
    }
    await context.close()
    await ann.remove()
  })

  test('opens from the file picker as it was, and Close takes it away', async ({ tracker }) => {
    for (const format of ['SQLite', 'Arrow'] as const) {
      await tracker.openFile(picked(format))
      await expect(tracker.openedFile).toContainText(received[format].name)
      await expect(tracker.openedFile).toContainText('opened, not imported')
      await expectTheSameExperiment(tracker)
      await tracker.openedFile.getByRole('button', { name: 'Close' }).click()
      await expect(tracker.openedFile).toBeHidden()
      await expect(tracker.page.getByRole('heading', { name: 'Nothing tracked yet' })).toBeVisible()
    }
    await tracker.reload()
    await expect(tracker.page.getByRole('heading', { name: 'Nothing tracked yet' })).toBeVisible()
    expect(tracker.problems).toEqual([])
  })

  test('opens when it is dropped on the page, apart from the own runs', async ({ context, tracker }) => {
    const harness = await openHarness(context)
    await harness.evaluate(async () => {
      const { story } = window.harness
      const runId = story.init({ experiment: 'my own', name: 'mine' })
      story.log(runId, { loss: 1 })
      await story.finish(runId)
    })
    await tracker.page.bringToFront()
    await tracker.dropFile(received.SQLite.name, received.SQLite.bytes)
    await expect(tracker.openedFile).toContainText(received.SQLite.name)
    await expectTheSameExperiment(tracker)
    await tracker.openExperiment('my own')
    await expect(tracker.openedFile).toBeHidden()
    await expect(tracker.runRows).toHaveCount(1)
    expect(tracker.problems).toEqual([])
  })

  test('is among the own experiments after Import and a reload', async ({ tracker }) => {
    for (const [format, said] of [
      ['Arrow', '3 runs of'],
      ['SQLite', 'on this device already'],
    ] as const) {
      await tracker.openFile(picked(format))
      await tracker.openedFile.getByRole('button', { name: `Import ${received[format].name}` }).click()
      await expect(tracker.toasts.filter({ hasText: said })).toContainText(received[format].name)
      await expect(tracker.openedFile).toBeHidden()
    }
    await tracker.reload()
    await tracker.openExperiment(EXPERIMENT)
    await expect(tracker.openedFile).toBeHidden()
    await expectTheSameExperiment(tracker)
    expect(tracker.problems).toEqual([])
  })
})
