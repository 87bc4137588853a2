import type { Page } from 'playwright/test'
import { expect, openHarness, openTracker, test, type TrackerPage } from './tracker-page.ts'

/** A run whose console is kept; answers its id. */
function start(harness: Page, name: string, failOnError = false): Promise<string> {
  return harness.evaluate(
    ([name, failOnError]) => {
      const { story } = window.harness
      const runId = story.init({ experiment: 'talkative', name })
      story.captureConsole(runId, { failOnError })
      story.log(runId, { loss: 1 }, { step: 7 })
      return runId
    },
    [name, failOnError] as const,
  )
}

async function openConsole(tracker: TrackerPage, run: RegExp) {
  await tracker.openExperiment('talkative')
  await tracker.openRunPage(run)
  await tracker.page.getByRole('tab', { name: 'Console' }).click()
  await tracker.idle()
  return tracker.page.getByRole('region', { name: 'Console' })
}

test.describe('the console of a run', () => {
  test('is kept with levels, times and steps, searched, and live', async ({ context }) => {
    const harness = await openHarness(context)
    const runId = await start(harness, 'speaker')
    await harness.evaluate(async (runId) => {
      console.log('epoch %d of %d', 1, 3)
      console.warn('learning rate', { lr: 0.5 })
      console.error('<img src=x onerror="window.hacked = true">')
      await window.harness.story.flush(runId)
    }, runId)
    const tracker = await openTracker(context)
    const view = await openConsole(tracker, /speaker/)
    await expect(view.getByRole('status')).toHaveText('3 lines')
    await expect(view).toContainText('epoch 1 of 3')
    await expect(view).toContainText('learning rate {"lr":0.5}')
    await expect(view).toContainText('<img src=x')
    expect(await tracker.page.evaluate(() => 'hacked' in window)).toBe(false)

    await view.getByRole('searchbox').fill('EPOCH')
    await expect(view.getByRole('status')).toHaveText('1 of 3 lines')
    await view.getByRole('searchbox').fill('')
    await view.getByText('Errors').click()
    await expect(view.getByRole('status')).toHaveText('1 of 3 lines')
    await view.getByText('All', { exact: true }).click()

    await harness.evaluate(async (runId) => {
      for (let line = 0; line < 500; line += 1) console.log(`line ${line}`)
      await window.harness.story.flush(runId)
    }, runId)
    await expect(view.getByRole('status')).toHaveText('503 lines')
    await expect(view).toContainText('line 499')
    await tracker.reload()
    await expect(view.getByRole('status')).toHaveText('503 lines')
    expect(tracker.problems).toEqual([])
  })

  test('tells what ended a run that failed, with its stack', async ({ context }) => {
    const harness = await openHarness(context)
    await start(harness, 'unlucky', true)
    await harness.evaluate(() => {
      setTimeout(() => {
        throw new TypeError('no such layer')
      })
    })
    const tracker = await openTracker(context)
    const view = await openConsole(tracker, /unlucky/)
    await expect(view).toContainText('Uncaught TypeError: no such layer')
    const failure = tracker.page.getByLabel('What ended it')
    await expect(failure).toContainText('no such layer')
    await expect(failure).toContainText('at ')
    await expect(tracker.page.locator('.run-sections-status')).toHaveText(/failed/i)
  })

  test('says how to keep it where nothing was kept', async ({ context }) => {
    const harness = await openHarness(context)
    await harness.evaluate(() => {
      const { story } = window.harness
      story.log(story.init({ experiment: 'talkative', name: 'silent' }), { loss: 1 })
    })
    const tracker = await openTracker(context)
    const view = await openConsole(tracker, /silent/)
    await expect(view).toContainText('run.captureConsole()')
  })
})
