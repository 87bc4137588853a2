import type { Page } from 'playwright/test'
import type { StoredRun } from '../src/client/index.ts'
import { expect, openHarness, openTracker, test } from './tracker-page.ts'

/** The runs of the sweep as they are stored, in order of their trials. */
async function storedTrials(harness: Page): Promise<readonly StoredRun[]> {
  const runs = await harness.evaluate(async () => window.harness.story.readRuns({ experiment: 'bowl' }))
  if (!runs.ok) throw new Error(runs.error.message)
  return runs.value.toSorted((a, b) => Number(a.tags['trial']) - Number(b.tags['trial']))
}

async function start(
  harness: Page,
  options: Record<string, unknown>,
  steps: number,
  paceMs: number,
): Promise<void> {
  await harness.evaluate(
    async ({ options, steps, paceMs }) =>
      (await window.harness.loadSweeps()).startSweep(options, steps, paceMs),
    { options, steps, paceMs },
  )
}

const ended = (harness: Page) => harness.evaluate(async () => (await window.harness.loadSweeps()).ended())

const doneCount = (harness: Page) =>
  harness.evaluate(async () => (await window.harness.loadSweeps()).progress()?.done ?? 0)

const tryBad = (harness: Page, objective: string, options: Record<string, unknown> = {}) =>
  harness.evaluate(
    async ({ objective, options }) =>
      (await window.harness.loadSweeps()).tryBadSweep(objective as 'nan', options),
    { objective, options },
  )

const numbers = (from: number, to: number): readonly string[] =>
  Array.from({ length: to - from + 1 }, (_, index) => String(from + index))

test.describe('a sweep in two worker lanes', () => {
  test('stores every trial as a run with its params, and Compare says which of them matters', async ({
    context,
  }) => {
    const harness = await openHarness(context)
    await start(harness, { method: 'random', runs: 30 }, 5, 0)
    const { error, trials, best } = await ended(harness)
    expect(error).toBeNull()
    expect(trials.map(({ status }) => status)).toEqual(trials.map(() => 'finished'))

    const stored = await storedTrials(harness)
    expect(stored.map(({ tags }) => tags['trial'])).toEqual(numbers(1, 30))
    for (const [index, { params, group, status, tags, summary, metrics }] of stored.entries()) {
      expect(params).toEqual(trials[index]?.params)
      expect([group, status, tags['sweep']]).toEqual(['the sweep', 'finished', 'the sweep'])
      const target = (Math.log10(Number(params['lr'])) + 2) ** 2
      expect(Number(summary['objective'])).toBeCloseTo(target, 10)
      expect(metrics['loss']).toMatchObject({ count: 5, minStep: 1, maxStep: 5 })
    }
    const values = stored.map(({ summary }) => Number(summary['objective']))
    expect(best?.value).toBe(Math.min(...values))

    const tracker = await openTracker(context)
    await tracker.openExperiment('bowl')
    await tracker.page.getByRole('tab', { name: 'Compare' }).click()
    await tracker.idle()
    const matters = tracker.page.getByRole('region', { name: 'What matters', exact: true })
    await matters.getByLabel('for').selectOption({ label: 'loss min' })
    await expect(matters.getByRole('rowheader').first()).toHaveText('lr')
    await expect(matters).toContainText('From all 30 runs that match the filter')

    const sweep = tracker.page.getByRole('region', { name: 'Sweep', exact: true })
    await expect(sweep).toContainText('30 trials: 30 finished')
    const dots = sweep.getByRole('slider', { name: 'the sweep: loss by trial, and the best so far' })
    await dots.focus()
    await tracker.page.keyboard.press('End')
    await expect(dots).toHaveAttribute('aria-valuetext', /^trial 30: trial 30, loss/)
    await sweep.getByRole('button', { name: `trial ${best?.number}`, exact: true }).click()
    await expect(tracker.page.getByRole('textbox', { name: 'Run name' })).toHaveValue(`trial ${best?.number}`)
    expect(tracker.problems).toEqual([])
  })

  test('ends trials that lag behind early, and says so on their runs', async ({ context }) => {
    const harness = await openHarness(context)
    const earlyStop = { rule: 'asha', minStep: 2, eta: 2 }
    await start(harness, { method: 'random', runs: 12, earlyStop }, 40, 5)
    const { trials } = await ended(harness)
    const stopped = trials.filter(({ status }) => status === 'stopped')
    expect(stopped.length).toBeGreaterThan(2)
    expect(stopped.length).toBeLessThan(12)

    const stored = await storedTrials(harness)
    for (const { tags, status, metrics, name } of stored) {
      const isStopped = stopped.some(({ number }) => `trial ${number}` === name)
      expect([name, status, tags['stopped']]).toEqual([name, 'finished', isStopped ? 'asha' : undefined])
      if (!isStopped) expect([name, metrics['loss']?.count]).toEqual([name, 40])
    }
    const marks = await harness.evaluate(
      async (runId) => (await window.harness.loadSweeps()).marksOf(runId),
      stopped[0]?.runId ?? '',
    )
    expect(marks).toEqual([stopped[0]?.reason])
    const fewest = Math.min(...stored.map(({ metrics }) => metrics['loss']?.count ?? 0))
    expect(fewest).toBeLessThan(40)

    const tracker = await openTracker(context)
    await tracker.openExperiment('bowl')
    await tracker.run(new RegExp(`^trial ${stopped[0]?.number}\\b`)).click()
    const overview = tracker.page.getByRole('complementary', { name: 'Run overview' })
    await expect(overview).toContainText('stoppedasha')
    expect(tracker.problems).toEqual([])
  })

  test('goes on when a lane is killed in the middle of a trial', async ({ context }) => {
    const harness = await openHarness(context)
    await start(harness, { runs: 24 }, 10, 30)
    await expect.poll(() => doneCount(harness)).toBeGreaterThanOrEqual(2)
    await harness.evaluate(async () => (await window.harness.loadSweeps()).killLane(0))
    const { error, trials } = await ended(harness)
    expect(error).toBeNull()
    expect(trials).toHaveLength(24)
    const failed = trials.filter(({ status }) => status === 'failed')
    expect(failed.map(({ reason }) => reason)).toEqual(['The lane crashed: its worker ended'])
    expect(trials.filter(({ status }) => status === 'finished')).toHaveLength(23)
    expect(await harness.evaluate(async () => (await window.harness.loadSweeps()).lanesOpened())).toBe(3)
    await expect
      .poll(async () =>
        (await storedTrials(harness))
          .filter(({ status }) => status !== 'finished')
          .map(({ name, status, tags }) => [name, status, tags['error']]),
      )
      .toEqual([[`trial ${failed[0]?.number}`, 'killed', failed[0]?.reason]])
  })

  test('goes on after a reload without repeating what was done', async ({ context }) => {
    const harness = await openHarness(context)
    await start(harness, { runs: 12 }, 10, 30)
    await expect.poll(() => doneCount(harness)).toBeGreaterThanOrEqual(4)
    await harness.reload()
    await harness.waitForFunction(() => 'harness' in window, undefined, { polling: 50 })
    const before = (await storedTrials(harness)).filter(({ status }) => status === 'finished')
    expect(before.length).toBeGreaterThanOrEqual(4)

    await start(harness, { runs: 12, resume: true }, 10, 0)
    const { error, trials } = await ended(harness)
    expect(error).toBeNull()
    expect(trials.map(({ number }) => String(number))).toEqual(numbers(1, 12))
    const after = await storedTrials(harness)
    const finished = after.filter(({ status }) => status === 'finished')
    expect(finished.map(({ tags }) => tags['trial'])).toEqual(numbers(1, 12))
    for (const run of before) expect(finished.find(({ id }) => id === run.id)).toEqual(run)
    // What was under way at the reload is there as it was cut off, and was tried again with the same params.
    const cutOff = after.filter(({ status }) => status !== 'finished')
    expect(cutOff.length).toBeLessThanOrEqual(2)
    for (const { tags, params } of cutOff) {
      const again = finished.find((run) => run.tags['trial'] === tags['trial'])
      expect([again?.params['lr'], again?.params['seed']]).toEqual([params['lr'], params['seed']])
    }

    const tracker = await openTracker(context)
    await tracker.openExperiment('bowl')
    await tracker.page.getByRole('tab', { name: 'Compare' }).click()
    const section = tracker.page.getByRole('region', { name: 'Sweep', exact: true })
    await expect(section).toContainText('12 trials: 12 finished')

    await start(harness, { runs: 12, resume: true }, 10, 0)
    expect((await ended(harness)).best).toMatchObject({ status: 'finished' })
    expect(await storedTrials(harness)).toHaveLength(after.length)
  })
})

test.describe('a sweep that can come to nothing says why', () => {
  test('in plain words, and the dashboard shows what was tried', async ({ context }) => {
    const harness = await openHarness(context)
    expect(await tryBad(harness, 'good', { params: {} })).toContain('There is nothing to search')
    expect(await tryBad(harness, 'good', { metric: '' })).toContain('needs the name of the metric')
    expect(await tryBad(harness, 'nan')).toBe('None of 3 trials ended with a finite loss.')
    expect(await tryBad(harness, 'throws')).toContain('All 3 trials failed. The last one said: <img src=x')
    expect(await tryBad(harness, 'silent')).toContain('neither reported loss nor returned a number')
    expect(await tryBad(harness, 'good')).toBeNull()

    const tracker = await openTracker(context)
    await tracker.openExperiment('bad sweep')
    await expect(tracker.runRows).toHaveCount(12)
    await tracker.page.getByRole('combobox', { name: 'Filter runs' }).fill('status = failed')
    await expect(tracker.runRows).toHaveCount(6)
    await tracker.runRows.first().click()
    const overview = tracker.page.getByRole('complementary', { name: 'Run overview' })
    await expect(overview).toContainText('neither reported loss')
    await tracker.runRows.last().click()
    await expect(overview).toContainText('<img src=x onerror=alert(1)>')
    await expect(tracker.page.locator('img[src="x"]')).toHaveCount(0)
    expect(tracker.problems).toEqual([])
  })
})
