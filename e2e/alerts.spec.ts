import { expect, openHarness, openTracker, test, type TrackerPage } from './tracker-page.ts'

function dialog({ page }: TrackerPage) {
  return page.getByRole('dialog', { name: 'Alerts' })
}

interface Wanted {
  readonly metric: string
  readonly when?: string
  readonly number?: string
  readonly stops?: boolean
}

async function addAlert(tracker: TrackerPage, { metric, when, number, stops }: Wanted): Promise<void> {
  const form = dialog(tracker).getByRole('form', { name: 'New alert' })
  await dialog(tracker).getByRole('button', { name: 'Add an alert' }).click()
  await form.getByLabel('Metric').fill(metric)
  if (when !== undefined) await form.getByLabel('When it').selectOption({ label: when })
  if (number !== undefined) await form.getByLabel(/Limit|Points|Factor/).fill(number)
  if (stops === true) await form.getByLabel('Stop the run').check()
  await form.getByRole('button', { name: 'Add the alert' }).click()
  await tracker.idle()
}

/** An experiment with one finished run, and its alerts open. */
async function openAlerts(tracker: TrackerPage) {
  const harness = await openHarness(tracker.page.context())
  await harness.evaluate(async () => {
    const { story } = window.harness
    const runId = story.init({ experiment: 'watched', name: 'first' })
    story.log(runId, { loss: 1, 'val/loss': 2 })
    await story.finish(runId)
  })
  await tracker.openExperiment('watched')
  await tracker.page.getByRole('button', { name: 'Alerts' }).click()
  return harness
}

test('a loss that is NaN stops the run, and every tab says so', async ({ context, tracker }) => {
  const harness = await openAlerts(tracker)
  await addAlert(tracker, { metric: 'loss', stops: true })
  await expect(dialog(tracker).getByRole('list')).toContainText('stops the run')
  await tracker.page.keyboard.press('Escape')
  const other = await openTracker(context)
  await other.openExperiment('watched')

  const steps = await harness.evaluate(async () => {
    const { startControlled, endOf } = await window.harness.loadControl()
    startControlled({ experiment: 'watched', name: 'steady', everyMs: 5 })
    startControlled({ experiment: 'watched', name: 'shaky', everyMs: 5, nanAt: 100 })
    return endOf('shaky')
  })
  expect(steps).toBeGreaterThan(100)
  for (const { toasts } of [tracker, other]) {
    await expect(toasts).toContainText(['shaky: loss is NaN. It is asked to stop.'])
  }
  await tracker.page.bringToFront()
  await tracker.page.getByRole('button', { name: 'Show run' }).click()
  const overview = tracker.page.getByRole('complementary', { name: 'Run overview' })
  await expect(overview.getByLabel('Run name')).toHaveValue('shaky')
  await expect(overview.getByText('finished')).toBeVisible()
  await expect(tracker.run(/steady/).getByRole('img', { name: 'running' })).toBeVisible()
  await tracker.openRunPage()
  const timeline = tracker.page.locator('.run-page-timeline')
  await expect(timeline).toContainText('loss is NaN, step 100')
  await expect(timeline).toContainText('stop asked by an alert: loss is NaN')
  expect([...tracker.problems, ...other.problems]).toEqual([])
})

test('what was raised while no dashboard was open marks the bell, until it is read', async ({ tracker }) => {
  const harness = await openAlerts(tracker)
  await addAlert(tracker, { metric: 'loss' })
  await tracker.page.goto('about:blank')
  await harness.evaluate(async () => {
    const { story } = window.harness
    const runId = story.init({ experiment: 'watched', name: 'alone' })
    story.log(runId, { loss: NaN })
    await story.finish(runId)
  })
  await tracker.goto()
  await tracker.openExperiment('watched')
  await tracker.page.getByRole('button', { name: 'Alerts, 1 unread' }).click()
  await expect(dialog(tracker)).toContainText('alone')
  await tracker.page.keyboard.press('Escape')
  await tracker.reload()
  await tracker.openExperiment('watched')
  await tracker.idle()
  await expect(tracker.page.getByRole('button', { name: 'Alerts', exact: true })).toBeVisible()
})

test('a rule on a metric nobody logs says so until somebody does', async ({ tracker }) => {
  const harness = await openAlerts(tracker)
  const list = dialog(tracker).getByRole('list', { name: 'Alerts of the experiment' })
  await addAlert(tracker, { metric: 'val/los', when: 'is above', number: '10' })
  await addAlert(tracker, { metric: '<img src=x onerror=alert(1)>' })
  await expect(list).toContainText('No run has logged val/los yet. Did you mean val/loss?')
  await expect(list).toContainText('No run has logged <img src=x onerror=alert(1)> yet.')
  await harness.evaluate(async () => {
    const { story } = window.harness
    const runId = story.init({ experiment: 'watched', name: 'second' })
    story.log(runId, { 'val/los': 11 })
    await story.finish(runId)
  })
  await expect(list).not.toContainText('No run has logged val/los yet.')
  await expect(list).toContainText('val/los is above 10')
  // Said of the run it was logged by, though nobody asked for a stop.
  await expect(tracker.toasts).toContainText(['second: val/los is 11, above 10.'])
})

test('rules are changed, taken away and brought back', async ({ tracker }) => {
  await openAlerts(tracker)
  const list = dialog(tracker).getByRole('list', { name: 'Alerts of the experiment' })
  await addAlert(tracker, { metric: 'loss', when: 'does not improve for', number: '30' })
  await expect(list).toContainText('loss does not improve for 30 points')
  await dialog(tracker).getByRole('button', { name: 'Edit the alert on loss' }).click()
  const form = dialog(tracker).getByRole('form', { name: 'Edit the alert' })
  await expect(form.getByLabel('Points')).toHaveValue('30')
  await form.getByLabel('Points').fill('2.5')
  await expect(form).toContainText('Give a whole number of points')
  await expect(form.getByRole('button', { name: 'Change the alert' })).toBeDisabled()
  await form.getByLabel('Points').fill('25')
  await form.getByRole('button', { name: 'Change the alert' }).click()
  await expect(list).toContainText('loss does not improve for 25 points')
  await dialog(tracker).getByRole('button', { name: 'Remove the alert on loss' }).click()
  await expect(list).toBeHidden()
  await dialog(tracker).getByRole('button', { name: 'Undo' }).click()
  await expect(list).toContainText('25 points')
  await tracker.reload()
  await tracker.command('Show the alerts')
  await expect(list).toContainText('25 points')
  expect(tracker.problems).toEqual([])
})

for (const [permission, answer] of [
  ['default', 'denied'],
  ['default', 'granted'],
] as const) {
  test(`the browser is asked once and answers ${answer}`, async ({ context }) => {
    await context.addInitScript((answer) => {
      const shown: string[] = []
      class Stub extends EventTarget {
        static permission = 'default'
        static requestPermission(): Promise<string> {
          Stub.permission = answer
          return Promise.resolve(answer)
        }
        constructor(_title: string, { body, tag }: { body: string; tag: string }) {
          super()
          shown.push(`${body} ${tag.startsWith('kymo:')}`)
        }
        close(): void {}
      }
      Object.assign(globalThis, { Notification: Stub, shownNotifications: shown })
      // A page of a test always has the focus; this one is looked away from.
      document.hasFocus = () => false
    }, answer)
    const tracker = await openTracker(context)
    const harness = await openAlerts(tracker)
    await addAlert(tracker, { metric: 'loss' })
    expect(permission).toBe(await tracker.page.evaluate(() => Notification.permission))
    await dialog(tracker).getByRole('button', { name: 'Notify me' }).click()
    await expect(dialog(tracker)).toContainText(
      answer === 'denied' ? 'does not let this site notify you' : 'The browser shows alerts as well',
    )
    await tracker.page.keyboard.press('Escape')
    await harness.evaluate(async () => {
      const { story } = window.harness
      const runId = story.init({ experiment: 'watched', name: 'broken' })
      story.log(runId, { loss: Number.NaN })
      await story.flush(runId)
    })
    await expect(tracker.toasts).toContainText(['broken: loss is NaN.'])
    const shown = await tracker.page.evaluate(() => Reflect.get(globalThis, 'shownNotifications') as string[])
    expect(shown).toEqual(answer === 'denied' ? [] : ['broken: loss is NaN. true'])
    expect(tracker.problems).toEqual([])
  })
}
