import { expect, openHarness, openTracker, test } from './tracker-page.ts'

const EXPERIMENT = 'machine room'

test.describe('the system a training runs on', () => {
  test('is logged beside it, and stalls and lost graphics are seen on its charts', async ({ context }) => {
    const harness = await openHarness(context)
    const runId = await harness.evaluate(async (experiment) => {
      const { startCaptured } = await window.harness.loadSystem()
      return startCaptured(experiment, 'captured')
    }, EXPERIMENT)
    for (const metric of ['lag_ms', 'tensors', 'steps_per_s', 'queue_batches', 'fps', 'storage_mb']) {
      await expect
        .poll(() =>
          harness.evaluate(
            async ([runId, metric]) => {
              const { story } = window.harness
              await story.flush(runId).catch(() => '')
              return (await story.stored(runId, `system/${metric}`))?.count ?? 0
            },
            [runId, metric] as const,
          ),
        )
        .toBeGreaterThan(0)
    }
    await harness.evaluate(async (runId) => {
      const { block, finishCaptured, loseContext } = await window.harness.loadSystem()
      block(400)
      await loseContext(runId, 20)
      await finishCaptured(runId)
    }, runId)

    const tracker = await openTracker(context)
    await tracker.openExperiment(EXPERIMENT)
    const chart = tracker.chart('loss')
    const plot = chart.getByRole('application')
    await expect(chart.getByRole('img')).toHaveAttribute('aria-label', /events?$/)
    for (const unit of ['Step', 'Relative']) {
      await tracker.page.getByRole('radio', { name: unit }).check({ force: true })
      await tracker.idle()
      await plot.focus()
      await plot.press('End')
      const said = plot.locator('[aria-live]')
      const words = new Set<string>()
      for (let move = 0; move < 40; move += 1) {
        for (const word of ['thread busy for 0.', 'graphics context lost for 0.'])
          if ((await said.textContent())?.includes(word) === true) words.add(word)
        await plot.press('ArrowLeft')
      }
      expect([...words].toSorted()).toEqual(['graphics context lost for 0.', 'thread busy for 0.'])
    }
    await expect(tracker.page.getByRole('heading', { name: /^system/ })).toBeVisible()
    await tracker.run(/captured/).click()
    const overview = tracker.page.getByRole('complementary', { name: 'Run overview' })
    await expect(overview).toContainText('lag_ms')
    expect(tracker.problems).toEqual([])
  })

  test('does not stop a training that hands it nonsense', async ({ context }) => {
    const harness = await openHarness(context)
    const said = await harness.evaluate(async () => {
      const { captureNonsense } = await window.harness.loadSystem()
      return captureNonsense()
    })
    expect(said).toBe('ok')
  })
})
