import { expect, openHarness, test } from './tracker-page.ts'

test.describe('steps and times as trainings log them', () => {
  test('draws fractions of an epoch where they are, with a tick between whole ones', async ({
    context,
    tracker,
  }) => {
    const harness = await openHarness(context)
    await harness.evaluate(async () => {
      const { story } = window.harness
      const runId = story.init({ experiment: 'epochs', name: 'quarters' })
      for (let index = 0; index <= 40; index += 1) {
        story.log(runId, { loss: 1 / (index + 1) }, { step: index / 40 })
        if (index === 20) story.mark(runId, 'half way')
      }
      await story.finish(runId)
    })
    await tracker.openExperiment('epochs')
    await expect(tracker.chart('loss')).toContainText('41 points, all drawn')
    const page = await tracker.openRunPage(/quarters/)
    await expect(page).toContainText('half way, step 0.5')
    await expect(page).toContainText('last point, step 1')
    expect(tracker.problems).toEqual([])
  })

  test('counts on where a resumed run ended, in another page, and shows its stored name', async ({
    context,
    tracker,
  }) => {
    const first = await openHarness(context)
    await first.evaluate(async () => {
      const { story } = window.harness
      story.init({ experiment: 'resumed', id: 'night', name: 'long one', params: { lr: 0.1 } })
      for (let step = 0; step < 50; step += 1) story.log('night', { loss: step })
      await story.finish('night')
    })
    await first.close()
    const second = await openHarness(context)
    const stored = await second.evaluate(async () => {
      const { story } = window.harness
      story.init({ experiment: 'resumed', id: 'night', resume: true })
      for (let count = 0; count < 25; count += 1) story.log('night', { loss: count })
      await story.finish('night')
      return story.stored('night', 'loss')
    })
    expect(stored).toMatchObject({ count: 75, lastStep: 74, backSteps: 0 })
    await tracker.openExperiment('resumed')
    await expect(tracker.run(/long one/)).toBeVisible()
    await expect(tracker.chart('loss')).toContainText('75 points, all drawn')
  })

  test('says that an id is taken, and draws what overlaps as laps', async ({ context, tracker }) => {
    const first = await openHarness(context)
    const logTo = async (page: typeof first, upTo: number) =>
      page.evaluate(async (last) => {
        const { story } = window.harness
        story.init({ experiment: 'laps', id: 'twice', name: 'twice' })
        for (let step = 0; step < last; step += 1) story.log('twice', { loss: step + last })
        await story.finish('twice')
      }, upTo)
    await logTo(first, 30)
    await first.close()
    const second = await openHarness(context)
    const said: string[] = []
    second.on('console', (message) => said.push(message.text()))
    await logTo(second, 20)
    await expect.poll(() => said.join(' ')).toContain('resume: true')
    await tracker.openExperiment('laps')
    await expect(tracker.chart('loss')).toContainText('50 points, all drawn, 2 laps as steps start over')
    const page = await tracker.openRunPage(/twice/)
    await expect(page).toContainText('begun again under the same id, without resume')
  })

  test('takes times in seconds for what they are, and says so once', async ({ context, tracker }) => {
    const harness = await openHarness(context)
    const said: string[] = []
    harness.on('console', (message) => said.push(message.text()))
    await harness.evaluate(async () => {
      const { story } = window.harness
      const seconds = story.init({ experiment: 'clocks', name: 'seconds' })
      for (let step = 0; step < 10; step += 1)
        story.log(seconds, { loss: step }, { time: Date.now() / 1000 + step })
      await story.finish(seconds)
    })
    expect(said.filter((text) => text.includes('times in seconds'))).toHaveLength(1)
    await tracker.openExperiment('clocks')
    await expect(tracker.chart('loss')).toContainText('10 points, all drawn')
    const time = await harness.evaluate(async () => {
      const { story } = window.harness
      const answer = await story.readRuns({ experiment: 'clocks' })
      return answer.ok ? answer.value[0]?.metrics['loss']?.firstTime : undefined
    })
    expect(Math.abs((time ?? 0) - Date.now())).toBeLessThan(600_000)
  })

  test('keeps a run running until the last of its pages ends its part', async ({ context, tracker }) => {
    const [first, second] = [await openHarness(context), await openHarness(context)]
    await first.evaluate(
      () => void window.harness.story.init({ experiment: 'shared', id: 'both', name: 'both' }),
    )
    await first.evaluate(() => window.harness.story.flush('both'))
    await second.evaluate(async () => {
      const { story } = window.harness
      story.init({ experiment: 'shared', id: 'both', resume: true })
      await story.flush('both')
    })
    const statusOf = async () => {
      const answer = await second.evaluate(() => window.harness.story.readRuns({ experiment: 'shared' }))
      return answer.ok ? answer.value[0]?.status : answer.error.message
    }
    await first.evaluate(() => window.harness.story.finish('both'))
    await first.close()
    expect(await statusOf()).toBe('running')
    await tracker.openExperiment('shared')
    await second.evaluate(() => window.harness.story.finish('both'))
    expect(await statusOf()).toBe('finished')
  })
})
