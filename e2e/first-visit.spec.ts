import { expect, test } from './tracker-page.ts'

test.describe('a first visit', () => {
  test('offers three real trainings and an example, and no empty dashboard', async ({ tracker }) => {
    for (const title of ['Digits', 'Iris sweep', 'CartPole']) {
      await expect(tracker.page.getByRole('button', { name: `Train ${title}` })).toBeVisible()
    }
    await expect(tracker.page.getByRole('button', { name: 'Open the example experiment' })).toBeVisible()
    expect(tracker.problems).toEqual([])
  })

  test('opens the example experiment apart from the own runs', async ({ tracker }) => {
    await tracker.page.getByRole('button', { name: 'Open the example experiment' }).click()
    await expect(tracker.runRows.first()).toBeVisible()
    expect(await tracker.drawnPoints('val_acc')).toBeGreaterThan(20)
    await expect(tracker.page.getByRole('region', { name: 'Opened file' })).toContainText('demo.db')
    await tracker.idle()
    expect(tracker.problems).toEqual([])
  })
})

test.describe('a training', () => {
  test('of digits grows its curves while it runs, can be stopped and is there after a reload', async ({
    tracker,
  }) => {
    await tracker.page.getByRole('button', { name: 'Train Digits' }).click()
    await expect.poll(() => tracker.drawnPoints('val_acc'), { timeout: 40_000 }).toBeGreaterThanOrEqual(2)
    for (const metric of ['batch/loss', 'loss', 'acc', 'val_loss']) {
      await expect(tracker.chart(metric)).toBeAttached()
    }
    const early = await tracker.drawnPoints('val_acc')
    await expect.poll(() => tracker.drawnPoints('val_acc'), { timeout: 40_000 }).toBeGreaterThan(early)
    await tracker.page.getByRole('button', { name: 'Stop' }).click()
    await expect(tracker.page.getByRole('button', { name: 'Stop' })).toBeHidden()
    // Durable a moment before it is announced: once the end is shown, so is the last point.
    await tracker.runRows.first().click()
    const overview = tracker.page.getByRole('complementary', { name: 'Run overview' })
    await expect(overview).toContainText('finished')
    await tracker.idle()
    const stopped = await tracker.drawnPoints('val_acc')

    await tracker.reload()
    expect(await tracker.drawnPoints('val_acc')).toBe(stopped)
    await expect(overview).toContainText('finished')
    await expect(overview).toContainText('stopped_by')
    expect(tracker.problems).toEqual([])
  })

  test('is held, goes on and ends where it is shown, and moves nothing', async ({ tracker }) => {
    const { page } = tracker
    const bar = page.getByRole('region', { name: 'Digits training' })
    const chart = page.getByRole('article').first()
    const box = () => chart.boundingBox()
    await page.getByRole('button', { name: 'Train Digits' }).click()
    await expect.poll(() => tracker.drawnPoints('val_acc'), { timeout: 40_000 }).toBeGreaterThanOrEqual(2)
    await bar.getByRole('button', { name: 'Stop' }).click()
    await expect(bar).toBeHidden({ timeout: 30_000 })
    await tracker.idle()
    const before = await box()
    expect(before).not.toBeNull()

    await page.getByRole('button', { name: 'Start a training' }).click()
    await page.getByRole('button', { name: 'Train Digits' }).click()
    await bar.getByRole('button', { name: 'Pause' }).click({ timeout: 40_000 })
    await expect(tracker.runRows.getByRole('img', { name: 'paused' })).toBeVisible()
    await expect(tracker.runRows).toHaveCount(2)
    expect(await box()).toEqual(before)

    await bar.getByRole('button', { name: 'What can be done with Digits' }).click()
    await page.getByRole('menuitem', { name: 'Fork' }).click()
    await expect(page.getByRole('dialog', { name: 'Fork Digits' })).toContainText('await forkRun(')
    await page.keyboard.press('Escape')
    await tracker.runRows.first().click()
    const overview = page.getByRole('complementary', { name: 'Run overview' })
    await expect(overview.getByLabel('learning_rate')).toHaveValue('0.001')
    await expect(overview.getByRole('button', { name: 'Checkpoint' })).toBeVisible()
    await page.keyboard.press('Escape')
    await bar.getByRole('button', { name: 'Resume' }).click()
    await expect(tracker.runRows.getByRole('img', { name: 'running' })).toBeVisible()
    await bar.getByRole('button', { name: 'Pause' }).click()
    await expect(bar).toContainText('paused')

    // A training that is held ends as well.
    await bar.getByRole('button', { name: 'Stop' }).click()
    await expect(bar).toBeHidden({ timeout: 30_000 })
    await tracker.idle()
    expect(await box()).toEqual(before)
    expect(tracker.problems).toEqual([])
  })

  test('of an iris sweep appears as many runs, overlaid, and can be stopped', async ({ tracker }) => {
    await tracker.page.getByRole('button', { name: 'Train Iris sweep' }).click()
    const bar = tracker.page.getByRole('region', { name: 'Iris sweep training' })
    await expect(bar.getByText(/^[3-9] of 60 trials/)).toBeVisible({ timeout: 60_000 })
    await bar.getByRole('button', { name: 'Stop' }).click()
    await expect(bar).toBeHidden({ timeout: 30_000 })
    await expect(tracker.chart('val_acc')).toContainText(/points/, { timeout: 20_000 })
    const started = await tracker.runRows.count()
    expect(started).toBeGreaterThanOrEqual(3)
    expect(started).toBeLessThan(60)
    // Those under way were ended, not left behind.
    await tracker.page.getByRole('combobox', { name: 'Filter runs' }).fill('status = running')
    await expect(tracker.runRows).toHaveCount(0)
    await tracker.page.getByRole('combobox', { name: 'Filter runs' }).fill('status = finished')
    await expect(tracker.runRows).toHaveCount(started)
    expect(tracker.problems).toEqual([])
  })

  test('of an iris sweep that was stopped says which params matter', async ({ tracker }) => {
    await tracker.page.getByRole('button', { name: 'Train Iris sweep' }).click()
    const bar = tracker.page.getByRole('region', { name: 'Iris sweep training' })
    await expect(bar.getByText(/^[1-5]\d of 60 trials.*best val_loss 0\./)).toBeVisible({ timeout: 90_000 })
    await bar.getByRole('button', { name: 'Stop' }).click()
    await expect(bar).toBeHidden({ timeout: 30_000 })
    await tracker.page.getByRole('tab', { name: 'Compare' }).click()
    const matters = tracker.page.getByRole('region', { name: 'What matters', exact: true })
    await matters.getByLabel('for').selectOption({ label: 'val_loss min' })
    await expect(matters).toContainText(/From (all )?[1-5]\d .*runs that match the filter/)
    await expect(matters.getByRole('rowheader', { name: 'learning_rate', exact: true })).toBeVisible()
    expect(tracker.problems).toEqual([])
  })

  test('whose script does not load says so and can be started again', async ({ tracker }) => {
    await tracker.page.route('**/start-demo-*.js', (route) => route.abort())
    const train = tracker.page.getByRole('button', { name: 'Train Iris sweep' })
    await train.click()
    await expect(tracker.toasts).toContainText('Iris sweep could not start, because its script did not load.')
    await expect(train).toBeEnabled()
    await expect(tracker.page.getByRole('button', { name: 'Stop' })).toBeHidden()
  })

  test('of cartpole is paused, learns at another rate and shows itself in a film', async ({ tracker }) => {
    const { page } = tracker
    await page.getByRole('button', { name: 'Train CartPole' }).click()
    await expect.poll(() => page.getByRole('article').count(), { timeout: 40_000 }).toBeGreaterThan(1)
    await tracker.runRows.first().click()
    const overview = page.getByRole('complementary', { name: 'Run overview' })
    const control = overview.getByRole('region', { name: 'Control' })
    await control.getByRole('button', { name: 'Pause' }).click()
    await expect(overview.getByText('paused', { exact: true })).toBeVisible()
    const rate = control.getByLabel('learning_rate')
    await expect(rate).toHaveValue('0.003')
    await rate.fill('0.02')
    await rate.press('Enter')
    await control.getByRole('button', { name: 'Resume' }).click()
    await expect(overview.getByText('paused', { exact: true })).toBeHidden()
    await tracker.openRunPage()
    const timeline = page.locator('.run-page-timeline')
    await expect(timeline).toContainText('learning_rate 0.003 → 0.02')
    await expect(timeline).toContainText('paused by hand')
    const film = page.locator('video').first()
    await film.scrollIntoViewIfNeeded()
    await expect
      .poll(() => film.evaluate((element) => (element as HTMLVideoElement).videoWidth), { timeout: 30_000 })
      .toBe(320)
    await page.getByRole('button', { name: 'Stop', exact: true }).first().click()
    expect(tracker.problems).toEqual([])
  })

  test('of cartpole tracks a loop without fit', async ({ tracker }) => {
    await tracker.page.getByRole('button', { name: 'Train CartPole' }).click()
    await expect.poll(() => tracker.page.getByRole('article').count(), { timeout: 40_000 }).toBeGreaterThan(1)
    await expect(tracker.page.getByRole('article').first()).toContainText(/points/)
    await tracker.page.getByRole('button', { name: 'Stop' }).click()
    await expect(tracker.page.getByRole('button', { name: 'Stop' })).toBeHidden({ timeout: 30_000 })
    expect(tracker.problems).toEqual([])
  })
})
