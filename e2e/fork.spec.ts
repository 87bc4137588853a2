import type { Page } from 'playwright/test'
import type { ForkOptions } from '../src/client/index.ts'
import { expect, openHarness, test, type TrackerPage } from './tracker-page.ts'

function fork(harness: Page, source: string, options: ForkOptions, steps: number): Promise<number | string> {
  return harness.evaluate(
    async ({ source, options, steps }) => (await window.harness.loadForks()).fork(source, options, steps),
    { source, options, steps },
  )
}

/** An experiment with a run of 100 steps, and a fork of it at step 60 that has 20 more. */
async function openForks(tracker: TrackerPage): Promise<{ readonly harness: Page; readonly parent: string }> {
  const harness = await openHarness(tracker.page.context())
  const parent = await harness.evaluate(async () => (await window.harness.loadForks()).trainParent('line'))
  expect(await fork(harness, parent, { name: 'second', step: 75, params: { lr: 0.01 } }, 20)).toBe(60)
  await tracker.openExperiment('line')
  return { harness, parent }
}

test('a fork shows what its parent logged up to the fork, and nothing after', async ({ tracker }) => {
  await openForks(tracker)
  await expect(tracker.chart('loss')).toContainText('181 points, all drawn')
  const facts = await tracker.openRunPage(/second/)
  await expect(facts).toContainText('Forked from first at step 60')
  await expect(facts).toContainText('0.01')
  for (const x of ['wall time', 'relative time', 'the step']) {
    await tracker.command(`Use ${x} as x`)
    await tracker.idle()
    await expect(tracker.chart('loss')).toContainText('81 points, all drawn')
  }

  // The way back to its parent, on its own page.
  await facts.getByRole('button', { name: 'first' }).click()
  await expect(tracker.chart('loss')).toContainText('100 points, all drawn')
  expect(tracker.problems).toEqual([])
})

test('a fork of a fork, of an artifact and of nothing', async ({ tracker }) => {
  const { harness, parent } = await openForks(tracker)
  expect(await fork(harness, 'checkpoint:v1', { name: 'third' }, 5)).toBe(30)
  expect(await fork(harness, 'nowhere', {}, 5)).toContain('neither a run nor an artifact nowhere')
  await expect(tracker.chart('loss')).toContainText(`${100 + 81 + 36} points`)
  const stored = await harness.evaluate(async () => {
    const runs = await window.harness.story.readRuns({ experiment: 'line' })
    return runs.ok ? runs.value.map(({ id, name }) => ({ id, name })) : []
  })
  const third = stored.find(({ name }) => name === 'third')?.id ?? ''
  expect(await fork(harness, third, { name: 'fourth' }, 5)).toBe(35)
  await expect(tracker.chart('loss')).toContainText(`${100 + 81 + 36 + 41} points`)

  // Of a parent that is removed nothing is shown, and it comes back with it.
  await tracker.run(/first/).click()
  await tracker.page.getByRole('button', { name: 'Delete run' }).click()
  await tracker.run(/second/).click()
  await expect(tracker.page.getByRole('complementary', { name: 'Run overview' })).toContainText(
    'Forked from a run that is not here at step 60',
  )
  expect(parent).not.toBe('')
  expect(tracker.problems).toEqual([])
})

test('the weights of a checkpoint are trained on', async ({ tracker }) => {
  const harness = await openHarness(tracker.page.context())
  const { distance, steps } = await harness.evaluate(async () =>
    (await window.harness.loadForks()).forkTraining('weights'),
  )
  expect(distance).toBe(0)
  // Two epochs of four batches were trained before.
  expect(steps).toEqual([12, 16])
  await tracker.openExperiment('weights')
  await expect(tracker.chart('loss')).toContainText('6 points, all drawn')
})
