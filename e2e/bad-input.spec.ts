import { expect, openHarness, test } from './tracker-page.ts'

/** `run.log` calls of a training that went wrong in every way, in order; good values are 0, 1, 2, … of `loss`. */
test.describe('a training that logs nonsense', () => {
  test('goes on, and its run tells by name and reason what was refused', async ({ context, tracker }) => {
    const harness = await openHarness(context)
    const outcome = await harness.evaluate(async () => {
      const { story } = window.harness
      const runId = story.init({ experiment: 'nonsense', name: 'wild' })
      const circular: Record<string, unknown> = {}
      circular['itself'] = circular
      const values: readonly unknown[] = [
        '0.25',
        '',
        { value: 1 },
        circular,
        [1],
        10n,
        undefined,
        null,
        true,
        () => 1,
        Symbol('loss'),
        new Proxy(
          {},
          {
            get: () => {
              throw new Error('no')
            },
          },
        ),
      ]
      for (const [step, value] of values.entries()) story.log(runId, { bad: value, loss: step }, { step })
      for (const step of [0.5, Number.NaN, Infinity, 2 ** 53, '3', 4n, {}, null]) {
        story.log(runId, { stepped: 1 }, { step })
      }
      for (const time of [Number.NaN, 'now']) story.log(runId, { timed: 1 }, { time })
      for (const metrics of [null, undefined, 3, 'loss']) {
        story.log(runId, metrics as unknown as Record<string, unknown>)
      }
      story.log(runId, {
        get thrower() {
          throw new Error('a getter that throws')
        },
        after: 1,
      })
      const refused = story.refusedCount(runId)
      return { refused, good: values.length, finish: await story.finish(runId) }
    })
    expect(outcome.finish).toBe('ok')
    expect(outcome.refused).toBe(7 + 4 + 2 + 4 + 1)

    await tracker.openExperiment('nonsense')
    expect(await tracker.drawnPoints('loss')).toBe(outcome.good)
    expect(await tracker.drawnPoints('after')).toBe(1)
    expect(await tracker.drawnPoints('stepped')).toBe(4)
    expect(await tracker.drawnPoints('timed')).toBe(2)
    // What was meant is kept: a text that is a number, a list of one, a bigint and a boolean; one by its path.
    expect(await tracker.drawnPoints('bad')).toBe(4)
    expect(await tracker.drawnPoints('bad/value')).toBe(1)
    // Where a chart is missed it is said why, and what to write instead.
    const missing = tracker.page.getByRole('region', { name: 'Not drawn' })
    await expect(missing).toContainText('2 values of timed were refused: the time is not a number')
    await expect(missing).toContainText('pass milliseconds, a Date or ISO text as `time`')
    await expect(tracker.run(/wild/)).toContainText(`${outcome.refused} refused`)
    await tracker.run(/wild/).click()
    const refusals = tracker.page.getByRole('list', { name: 'Refused values' })
    for (const words of [
      /3 values of bad were refused: not a number/,
      /2 values of bad were refused: there is no value/,
      /1 value of bad was refused: a text that is no number, for example string "".*Write a number/,
      /1 value of bad was refused: nested too deep/,
      /4 values of stepped were refused: the step is not a number, for example object Object\. .*it counts by itself/,
      /2 values of timed were refused: the time is not a number, for example string "now"\. It was kept/,
      /4 values of \(metrics\) were refused: not a number/,
      /1 value of thrower was refused: not a number, for example unreadable: a getter that throws/,
    ]) {
      await expect(refusals.getByText(words)).toBeVisible()
    }
    expect(tracker.problems).toEqual([])
  })

  test('keeps and marks NaN and infinities, and keeps backward and duplicate steps', async ({
    context,
    tracker,
  }) => {
    const harness = await openHarness(context)
    await harness.evaluate(async () => {
      const { story } = window.harness
      const runId = story.init({ experiment: 'diverged', name: 'wild' })
      const values = [1, Number.NaN, 2, Infinity, Number.NaN, -Infinity, Number.NaN, 3]
      for (const [step, loss] of values.entries())
        story.log(runId, { loss, 'all/lost': Number.NaN }, { step })
      for (const step of [5, 5, 5, -3, 2 ** 53 - 1, 0, 5]) story.log(runId, { again: step }, { step })
      await story.finish(runId)
    })
    await tracker.openExperiment('diverged')
    await expect(tracker.chart('loss')).toContainText('8 points, all drawn, 3 NaN, 1 +∞, 1 −∞ marked')
    await expect(tracker.chart('all/lost')).toContainText('8 points, all drawn, 8 NaN marked')
    await expect(tracker.chart('again')).toContainText('7 points, all drawn')
    await tracker.run(/wild/).click()
    const metrics = tracker.page.getByRole('table', { name: 'Metrics' })
    await expect(metrics.getByRole('row', { name: /^loss/ })).toContainText('3 NaN, 1 +∞, 1 −∞')
    await expect(metrics.getByRole('row', { name: /^all\/lost/ })).toContainText('8 NaN')
    await expect(tracker.page.getByRole('list', { name: 'Refused values' })).toHaveCount(0)
    expect(tracker.problems).toEqual([])
  })
})
