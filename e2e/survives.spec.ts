import { crash } from './crash.ts'
import { expect, openHarness, openTracker, test } from './tracker-page.ts'

test.describe('what is tracked', () => {
  test('survives a closed browser, and a run that was cut off says so', async ({ profile }) => {
    const before = await profile.launch()
    const training = await openHarness(before)
    const runId = await training.evaluate(async () => {
      const { story } = window.harness
      const runId = story.init({ experiment: 'night', name: 'cut off', params: { lr: 0.1 } })
      for (let step = 0; step < 500; step += 1) story.log(runId, { loss: 1 / (step + 1) })
      await story.flush(runId)
      return runId
    })
    expect(runId).not.toBe('')
    await before.close()

    const after = await profile.launch()
    const tracker = await openTracker(after)
    await tracker.experiment('night').click()
    expect(await tracker.drawnPoints('loss')).toBe(500)
    await tracker.run(/cut off/).click()
    const overview = tracker.page.getByRole('complementary', { name: 'Run overview' })
    await expect(overview).toContainText('stopped without saying so')
    await after.close()
  })

  test('loses no acknowledged point when the training tab is killed', async ({ context }) => {
    const tracker = await openTracker(context)
    const training = await openHarness(context)
    let durable = -1
    await training.exposeFunction('durable', (step: number) => {
      durable = Math.max(durable, step)
    })
    await training.evaluate(() => {
      const { story } = window.harness
      const runId = story.init({ experiment: 'killed', name: 'victim' })
      const report = (window as unknown as { durable(step: number): Promise<void> }).durable
      void story.train(runId, 2, report)
    })
    await expect.poll(() => durable, { timeout: 20_000 }).toBeGreaterThan(300)
    await crash(training)
    const acknowledged = durable

    await tracker.experiment('killed').click()
    await expect(tracker.run(/victim/)).toContainText('cut off')
    expect(await tracker.drawnPoints('loss')).toBeGreaterThan(acknowledged)
  })

  test('goes on when the tab that owns the database is closed', async ({ context }) => {
    const owner = await openTracker(context)
    const training = await openHarness(context)
    const watcher = await openTracker(context)
    const runId = await training.evaluate(async () => {
      const { story } = window.harness
      const runId = story.init({ experiment: 'takeover', name: 'traveller' })
      for (let step = 0; step < 100; step += 1) story.log(runId, { loss: step })
      await story.flush(runId)
      return runId
    })
    await crash(owner.page)
    const outcome = await training.evaluate(async (runId) => {
      const { story } = window.harness
      for (let step = 100; step < 250; step += 1) story.log(runId, { loss: step })
      return story.finish(runId)
    }, runId)
    expect(outcome).toBe('ok')
    await watcher.experiment('takeover').click()
    await watcher.idle()
    await expect.poll(() => watcher.drawnPoints('loss')).toBe(250)
    await expect(watcher.run(/traveller/)).not.toContainText('cut off')
    expect(watcher.problems).toEqual([])
  })

  test('is seen by a second tab while the first one trains', async ({ context }) => {
    const first = await openTracker(context)
    await first.page.getByRole('button', { name: 'Train Digits' }).click()
    const second = await openTracker(context)
    await second.experiment('digits').click()
    await expect.poll(() => second.drawnPoints('batch/loss'), { timeout: 30_000 }).toBeGreaterThan(20)
    const early = await second.drawnPoints('batch/loss')
    await expect.poll(() => second.drawnPoints('batch/loss'), { timeout: 30_000 }).toBeGreaterThan(early)
    await first.page.getByRole('button', { name: 'Stop' }).click()
    await expect(first.page.getByRole('button', { name: 'Stop' })).toBeHidden({ timeout: 30_000 })
    expect([...first.problems, ...second.problems]).toEqual([])
  })
})
