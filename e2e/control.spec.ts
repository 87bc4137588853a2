import type { BrowserContext, Locator, Page } from 'playwright/test'
import { crash } from './crash.ts'
import { expect, openHarness, openTracker, test, type TrackerPage } from './tracker-page.ts'

async function startTraining(context: BrowserContext, ...names: readonly string[]): Promise<Page> {
  const harness = await openHarness(context)
  await harness.evaluate(async (names) => {
    const { startControlled } = await window.harness.loadControl()
    for (const name of names) startControlled({ experiment: 'held', name, everyMs: 5 })
  }, names)
  return harness
}

const endOf = (harness: Page, name: string): Promise<number> =>
  harness.evaluate(async (name) => (await window.harness.loadControl()).endOf(name), name)

async function shout(harness: Page, messages: readonly unknown[]): Promise<void> {
  await harness.evaluate(async (messages) => {
    const { shout } = await window.harness.loadControl()
    for (const message of messages) shout(message)
  }, messages)
}

function overview({ page }: TrackerPage) {
  return page.getByRole('complementary', { name: 'Run overview' })
}
const control = (tracker: TrackerPage) => overview(tracker).getByRole('region', { name: 'Control' })
const button = (tracker: TrackerPage, name: string) => control(tracker).getByRole('button', { name })

/** The last step that the overview knows of. */
async function lastStep(tracker: TrackerPage): Promise<number> {
  const words = await overview(tracker)
    .getByText(/^step [\d,]+,/)
    .textContent()
  return Number(/step ([\d,]+)/.exec(words ?? '')?.[1]?.replaceAll(',', ''))
}

/** What happened to the run of the overview, as its page tells it. */
async function expectTimeline(tracker: TrackerPage, words: readonly RegExp[]): Promise<void> {
  const { page } = tracker
  await tracker.openRunPage()
  for (const word of words) await expect(page.locator('.run-page-timeline')).toContainText(word)
  await page.getByRole('button', { name: 'Back', exact: true }).click()
}

test('a run is paused, stepped, changed and stopped from another tab', async ({ context, tracker }) => {
  const training = await startTraining(context, 'patient')
  await tracker.openExperiment('held')
  await tracker.run(/patient/).click()

  await button(tracker, 'Pause').click()
  await expect(overview(tracker).getByText('paused', { exact: true })).toBeVisible()
  await expect(tracker.run(/patient/).getByRole('img', { name: 'paused' })).toBeVisible()
  // All that was logged before has been seen; from here on one step at a time.
  await expect.poll(() => lastStep(tracker)).toBe(await settledStep(tracker))
  const held = await lastStep(tracker)
  await button(tracker, 'Step').click()
  await expect.poll(() => lastStep(tracker)).toBe(held + 1)
  await button(tracker, 'Step').click()
  await expect.poll(() => lastStep(tracker)).toBe(held + 2)

  const field = control(tracker).getByLabel('lr')
  await expect(field).toHaveValue('0.01')
  await field.fill('fast')
  await expect(control(tracker)).toContainText('not a number')
  await field.press('Enter')
  await field.press('Escape')
  await expect(field).toHaveValue('0.01')
  await field.fill('0.001')
  await field.press('Enter')
  await expect(field).toHaveValue('0.001')
  await expect(overview(tracker)).toContainText(/0\.01 → 0\.001 at step \d/)

  await button(tracker, 'Checkpoint').click()
  await expect(tracker.toasts).toContainText(['patient stored a checkpoint.'])
  await button(tracker, 'Resume').click()
  await expect(tracker.run(/patient/).getByRole('img', { name: 'running' })).toBeVisible()
  await expect.poll(() => lastStep(tracker)).toBeGreaterThan(held + 3)

  const top = await topOf(overview(tracker).getByRole('heading', { name: 'Params' }))
  await button(tracker, 'Stop').click()
  await tracker.page.getByRole('dialog').getByRole('button', { name: 'Let it run' }).click()
  await tracker.command('Stop patient')
  await tracker.page.getByRole('dialog').getByRole('button', { name: 'Stop the run' }).click()
  expect(await endOf(training, 'patient')).toBeGreaterThan(held + 3)
  await expect(overview(tracker).getByText('finished')).toBeVisible()
  // As it last was: nothing jumps, and nothing can be asked any more.
  await expect(control(tracker)).toContainText('The run has ended; this is how it last stood.')
  for (const name of ['Pause', 'Step', 'Stop', 'Checkpoint'])
    await expect(button(tracker, name)).toBeDisabled()
  await expect(field).toBeDisabled()
  await expect(field).toHaveValue('0.001')
  expect(await topOf(overview(tracker).getByRole('heading', { name: 'Params' }))).toBe(top)
  await expectTimeline(tracker, [
    /pause asked/,
    /one step asked/,
    /lr 0.01 → 0.001/,
    /checkpoint asked/,
    /paused by hand for/,
    /stop asked/,
  ])
  expect(tracker.problems).toEqual([])
})

test('two runs are held one by one, and a killed one is not asked any more', async ({ context, tracker }) => {
  const training = await startTraining(context, 'first', 'second')
  await tracker.openExperiment('held')
  await tracker.run(/first/).click()
  await button(tracker, 'Pause').click()
  await expect(tracker.run(/first/).getByRole('img', { name: 'paused' })).toBeVisible()
  await expect(tracker.run(/second/).getByRole('img', { name: 'running' })).toBeVisible()

  // A dashboard that is opened later knows as well.
  const other = await openTracker(context)
  await other.openExperiment('held')
  await expect(other.run(/first/).getByRole('img', { name: 'paused' })).toBeVisible()
  await other.run(/second/).click()
  await expect(button(other, 'Pause')).toBeVisible()
  await other.page.keyboard.press('p')
  await expect(tracker.run(/second/).getByRole('img', { name: 'paused' })).toBeVisible()

  await shout(training, [
    null,
    '<img src=x onerror=alert(1)>',
    {
      type: 'standing',
      standing: { runId: 'x', state: 'paused', step: 0.5, params: [], takesCheckpoints: 1 },
    },
    { type: 'done', runId: 'x', id: 'x', problem: 'never asked' },
    { type: 'command', runId: 'x', id: 'x', command: { type: 'stop' } },
  ])
  await crash(training)
  await expect(overview(other).getByText('stopped without saying so')).toBeVisible()
  await expect(button(other, 'Resume')).toBeDisabled()
  await tracker.page.bringToFront()
  await expect(button(tracker, 'Resume')).toBeDisabled()
  await expectTimeline(tracker, [/pause asked/, /stopped without saying so/])
  expect([...tracker.problems, ...other.problems]).toEqual([])
})

test('what only code can do is offered wherever a run is, and the rest by name', async ({
  context,
  tracker,
}) => {
  const { page } = tracker
  const training = await startTraining(context, 'listening')
  await training.evaluate(async () => {
    const { story } = window.harness
    const runId = story.init({ experiment: 'held', name: 'silent' })
    story.log(runId, { loss: 1 })
    await story.flush(runId)
  })
  await tracker.openExperiment('held')
  await tracker.command('Pause listening')
  await expect(tracker.run(/listening/).getByRole('img', { name: 'paused' })).toBeVisible()
  await tracker.command('Stop listening')
  await page.getByRole('dialog').getByRole('button', { name: 'Stop the run' }).click()
  await expect(tracker.run(/listening/).getByRole('img')).toHaveCount(0)

  await tracker.run(/silent/).click()
  await overview(tracker).getByRole('button', { name: 'Pause or stop' }).click()
  const lines = page.getByRole('dialog', { name: 'Pause or stop silent' })
  await expect(lines).toContainText('run.checkpointBarrier()')
  await page.keyboard.press('Escape')
  const ofRun = await tracker.openRunPage()
  await ofRun.getByRole('button', { name: 'Fork', exact: true }).click()
  await expect(page.getByRole('dialog', { name: 'Fork silent' })).toContainText('await forkRun(')
  await page.keyboard.press('Escape')
  await expect(ofRun.getByRole('button', { name: 'Pause or stop' })).toBeVisible()
  expect(tracker.problems).toEqual([])
})

test('a training that does not come to its barrier is said not to answer', async ({ context, tracker }) => {
  const training = await openHarness(context)
  await training.evaluate(async () => {
    const { story } = window.harness
    const runId = story.init({ experiment: 'held', name: 'deaf' })
    story.log(runId, { loss: 1 })
    await story.barrier(runId)
    await story.flush(runId)
  })
  await tracker.openExperiment('held')
  await tracker.run(/deaf/).click()
  await button(tracker, 'Pause').click()
  await expect(control(tracker)).toContainText('The training does not answer.')
  await training.evaluate(async () => {
    const { value } = (await window.harness.story.readRuns({ experiment: 'held' })) as never
    void window.harness.story.barrier((value as { id: string }[])[0]?.id ?? '')
  })
  await expect(control(tracker)).not.toContainText('does not answer')
  await expect(overview(tracker).getByText('paused', { exact: true })).toBeVisible()
})

test('a param that the training sets anew after a hand set it counts as it was used last', async ({
  context,
  tracker,
}) => {
  const training = await openHarness(context)
  await training.evaluate(async () => {
    const { story } = window.harness
    await (await window.harness.loadControl()).trainScheduled('held', 'scheduled')
    await story.finish(story.init({ experiment: 'held', name: 'other', params: { lr: 0.001 } }))
  })
  await tracker.openExperiment('held')
  await tracker.run(/scheduled/).click()
  await expect(overview(tracker)).toContainText('0.01 → 0.003 at step 105')
  const filter = tracker.page.getByRole('combobox', { name: /Filter/ })
  await filter.fill('lr = 0.003')
  await expect(tracker.runRows).toHaveText([/scheduled/])
  await filter.fill('lr.first = 0.001')
  await expect(tracker.runRows).toHaveText([/other/])
  expect(tracker.problems).toEqual([])
})

/** Where something begins in its scrolled place. Unit: CSS pixels. */
const topOf = (heading: Locator): Promise<number | undefined> => heading.boundingBox().then((box) => box?.y)

/** The step at which nothing new arrives any more. */
async function settledStep(tracker: TrackerPage): Promise<number> {
  let before = -1
  let now = await lastStep(tracker)
  while (now !== before) {
    before = now
    // Longer than the overview waits between two reads, and a training between two flushes.
    await tracker.page.waitForTimeout(1_000)
    await tracker.idle()
    now = await lastStep(tracker)
  }
  return now
}
