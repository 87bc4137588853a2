import { readFile } from 'node:fs/promises'
import type { Download, Page } from 'playwright/test'
import { tableFromIPC } from 'apache-arrow'
import { expect, openHarness, openTracker, test, type TrackerPage } from './tracker-page.ts'

const ENDLESS = 'with recursive c(x) as (select 1 union all select x + 1 from c) select count(*) from c'

/** Three runs of a wave, 2,000 points each, and one that stays open. */
async function track(harness: Page): Promise<string> {
  return harness.evaluate(async () => {
    const { story } = window.harness
    for (let index = 0; index < 3; index += 1) {
      const runId = story.init({
        experiment: 'waves',
        name: `run ${index}`,
        params: { lr: 10 ** -(index + 1) },
        tags: { model: 'cnn' },
      })
      await story.logWave(runId, 'loss', index * 500, 2_000)
      await story.finish(runId)
    }
    const open = story.init({
      experiment: 'waves',
      name: 'open',
      tags: { model: '<img src=x onerror=alert(1)>' },
    })
    await story.logWave(open, 'loss', 0, 100)
    await story.flush(open)
    return open
  })
}

function editor(tracker: TrackerPage) {
  return tracker.page.getByRole('textbox', { name: 'SQL query' })
}

function grid(tracker: TrackerPage) {
  return tracker.page.getByRole('table', { name: 'Result' })
}

function words(tracker: TrackerPage) {
  return tracker.page.getByRole('region', { name: 'Result of the query' }).getByRole('status')
}

/** The cells of a row of the result, counted from 0. */
async function row(tracker: TrackerPage, index: number): Promise<readonly string[]> {
  return grid(tracker)
    .locator(`[aria-rowindex="${index + 2}"]`)
    .getByRole('cell')
    .allTextContents()
}

async function write(tracker: TrackerPage, sql: string): Promise<void> {
  await editor(tracker).focus()
  await tracker.page.keyboard.press('ControlOrMeta+a')
  await tracker.page.keyboard.press('Delete')
  await tracker.page.keyboard.insertText(sql)
}

async function run(tracker: TrackerPage, sql: string): Promise<void> {
  await write(tracker, sql)
  await tracker.page.keyboard.press('ControlOrMeta+Enter')
  await tracker.idle()
}

async function openConsole(tracker: TrackerPage, experiment = 'waves'): Promise<void> {
  await tracker.openExperiment(experiment)
  await tracker.page.getByRole('tab', { name: 'SQL' }).click()
  await expect(editor(tracker)).toBeVisible()
}

/** What was offered a moment ago is not taken yet. */
async function accept(tracker: TrackerPage, written: string): Promise<void> {
  await expect(async () => {
    await tracker.page.keyboard.press('Tab')
    await expect(editor(tracker)).toContainText(written, { timeout: 100 })
  }).toPass()
}

async function exportAs(tracker: TrackerPage, format: string): Promise<Download> {
  const download = tracker.page.waitForEvent('download')
  await tracker.page.getByRole('button', { name: 'Export' }).click()
  await tracker.page.getByRole('menuitem', { name: format }).click()
  return download
}

test.describe('the console', () => {
  test('runs an example, agrees with the charts, and is written by keyboard', async ({ context }) => {
    await track(await openHarness(context))
    const tracker = await openTracker(context)
    await tracker.openExperiment('waves')
    const drawn = await tracker.drawnPoints('loss')
    await openConsole(tracker)
    await tracker.page.getByRole('button', { name: /^Best runs/ }).click()
    await expect(words(tracker)).toContainText('4 rows')
    await expect(grid(tracker).getByRole('columnheader')).toHaveText([
      'name',
      'min',
      'last',
      'count',
      'last_step',
    ])

    await run(tracker, "select count(*) as n, min(value), max(value) from metrics where key = 'loss'")
    const [count, min, max] = await row(tracker, 0)
    expect(Number(count)).toBe(drawn)
    await run(tracker, "select sum(count), min(min), max(max) from series where key = 'loss'")
    expect(await row(tracker, 0)).toEqual([count, min, max])
    await run(
      tracker,
      `select r.name, s.last, (select value from points p where p.series_id = s.id order by p.step desc limit 1)
      from series s join runs r on r.id = s.run_id where r.name = 'run 2'`,
    )
    const [, last, lastPoint] = await row(tracker, 0)
    expect(last).toBe(lastPoint)

    await write(tracker, '')
    await tracker.page.keyboard.type('select name from ru')
    await expect(tracker.page.getByRole('option', { name: /^runs/ })).toBeVisible()
    await accept(tracker, 'from runs')
    await tracker.page.keyboard.type(" where id in (select run_id from metrics where key = 'lo")
    await expect(tracker.page.getByRole('option', { name: /^loss/ })).toBeVisible()
    await accept(tracker, "'loss")
    await tracker.page.keyboard.type("') order by nam")
    await expect(tracker.page.getByRole('option', { name: /^name/ })).toBeVisible()
    await accept(tracker, 'order by name')
    await tracker.page.keyboard.press('ControlOrMeta+Enter')
    await tracker.idle()
    expect(await row(tracker, 0)).toEqual(['open'])
    await expect(words(tracker)).toContainText('4 rows')
    // Tab leads out of the editor, and letters typed in it are no commands.
    await tracker.page.keyboard.press('Tab')
    await expect(tracker.page.getByRole('separator', { name: 'Height of the editor' })).toBeFocused()

    await tracker.reload()
    await expect(editor(tracker)).toContainText('select name from runs')
    await tracker.page.getByRole('button', { name: 'History' }).click()
    await expect(tracker.page.getByRole('menuitem')).toHaveCount(6)
    await tracker.page.keyboard.press('ArrowDown')
    await tracker.page.keyboard.press('Enter')
    await tracker.idle()
    expect((await row(tracker, 0))[0]).toBe('run 2')
    expect(tracker.problems).toEqual([])
  })

  test('says what is wrong and where, keeps the last result, and changes nothing', async ({ context }) => {
    await track(await openHarness(context))
    const tracker = await openTracker(context)
    await openConsole(tracker)
    const problem = tracker.page.getByRole('alert')
    await run(tracker, 'select count(*) from runs')
    await run(tracker, 'select 1; select nmae from runs')
    await expect(problem).toContainText('There is no column nmae here.')
    await expect(tracker.page.locator('.cm-sql-wrong')).toHaveText('nmae')
    await expect(words(tracker)).toContainText('1 row')
    await tracker.page.getByRole('button', { name: 'Write name' }).click()
    await expect(words(tracker)).toContainText('4 rows')
    await expect(problem).toHaveText('')
    for (const sql of [
      'delete from runs',
      "update runs set name = ''",
      'drop table runs',
      "attach 'x' as y",
      'pragma writable_schema = on',
      'create temp table x (y)',
      'vacuum',
    ]) {
      await run(tracker, sql)
      await expect(problem).toContainText('The console only reads')
    }
    await run(tracker, 'select * from clients')
    await expect(problem).toContainText('The console does not read clients.')
    await run(tracker, 'select 1; select 2')
    await expect(problem).toHaveText('')
    expect(await row(tracker, 0)).toEqual(['2'])
    await run(tracker, "select value, null, x'00ff', '' as \"<b>\" from tags where value like '<%'")
    expect(await row(tracker, 0)).toEqual(['<img src=x onerror=alert(1)>', 'NULL', "x'00ff' 2 bytes", ''])
    await run(tracker, 'select count(*) from runs')
    expect(await row(tracker, 0)).toEqual(['4'])
    expect(tracker.problems).toEqual([])
  })

  test('cancels an endless query at once, and what is logged meanwhile arrives', async ({ context }) => {
    const harness = await openHarness(context)
    const open = await track(harness)
    const tracker = await openTracker(context)
    await openConsole(tracker)
    await write(tracker, ENDLESS)
    await tracker.page.keyboard.press('ControlOrMeta+Enter')
    await expect(tracker.page.getByText(/^Running [1-9]/)).toBeVisible()

    const acknowledged = await harness.evaluate(
      (runId) => window.harness.story.acknowledgements(runId, 1_500),
      open,
    )
    const pauses = acknowledged.slice(1).map((at, index) => at - (acknowledged[index] ?? at))
    const longest = Math.max(...pauses)
    test
      .info()
      .annotations.push({ type: 'longest pause of logging', description: `${Math.round(longest)} ms` })
    expect(acknowledged.length).toBeGreaterThan(5)
    expect(longest).toBeLessThan(500)

    const took = await tracker.page.evaluate(async () => {
      const cancel = [...document.querySelectorAll('button')].find((each) =>
        each.textContent.startsWith('Cancel'),
      )
      const startedAt = performance.now()
      cancel?.click()
      while (document.documentElement.dataset['idle'] !== 'true') {
        await new Promise((resolve) => setTimeout(resolve, 1))
      }
      return performance.now() - startedAt
    })
    test.info().annotations.push({ type: 'cancel', description: `${Math.round(took)} ms` })
    expect(took).toBeLessThan(1_000)
    await expect(tracker.page.getByText('Cancelled')).toBeVisible()
    await run(tracker, "select count(*) > 5 from metrics where key = 'beat'")
    expect(await row(tracker, 0)).toEqual(['1'])

    await write(tracker, ENDLESS)
    await tracker.page.keyboard.press('ControlOrMeta+Enter')
    await expect(tracker.page.getByText(/^Running/)).toBeVisible()
    await tracker.page.keyboard.press('Escape')
    await expect(tracker.page.getByText('Cancelled')).toBeVisible()
    expect(tracker.problems).toEqual([])
  })

  test('shows a million rows a part at a time and writes all of them', async ({ context }) => {
    const harness = await openHarness(context)
    await harness.evaluate(async () => {
      const { story } = window.harness
      const runId = story.init({ experiment: 'long', name: 'million' })
      await story.logWave(runId, 'loss', 0, 1_000_000)
      await story.finish(runId)
    })
    const tracker = await openTracker(context)
    await openConsole(tracker, 'long')
    await run(tracker, 'select step, value from points')
    await expect(words(tracker)).toContainText('First 1,000 rows')
    await tracker.page.getByRole('button', { name: 'Load more' }).click()
    await expect(words(tracker)).toContainText('First 11,000 rows')
    await grid(tracker).evaluate((element) => element.scrollTo(0, element.scrollHeight))
    await expect(grid(tracker).getByRole('cell', { name: '10999', exact: true })).toBeVisible()

    // Longer than the owner waits: over a copy, where the next rows follow from where it stands.
    await run(tracker, 'select step, value from points order by value, step desc')
    await expect(words(tracker)).toContainText('over a copy')
    await tracker.page.getByRole('button', { name: 'Load more' }).click()
    await expect(words(tracker)).toContainText('First 11,000 rows')

    const csv = await readFile(await (await exportAs(tracker, 'CSV')).path(), 'utf8')
    expect(csv.split('\r\n').length).toBe(1_000_002)
    expect(csv.startsWith('step,value\r\n')).toBe(true)
    await tracker.idle()
    expect(tracker.problems).toEqual([])
  })

  test('leaves as CSV, JSON, Arrow and rows for a spreadsheet, and is drawn', async ({ context }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    await track(await openHarness(context))
    const tracker = await openTracker(context)
    await openConsole(tracker)
    await run(
      tracker,
      `select name, lag(name) over (order by name) as before, 'a "b", c' as text, 9007199254740993 as large, 0.5 as real
       from runs order by name`,
    )
    const csv = await readFile(await (await exportAs(tracker, 'CSV')).path(), 'utf8')
    expect(csv.split('\r\n').slice(0, 3)).toEqual([
      'name,before,text,large,real',
      'open,,"a ""b"", c",9007199254740993,0.5',
      'run 0,open,"a ""b"", c",9007199254740993,0.5',
    ])
    const json = await readFile(await (await exportAs(tracker, 'JSON')).path(), 'utf8')
    expect(JSON.parse(json)).toHaveLength(4)
    expect(json).toContain(
      '{"name":"open","before":null,"text":"a \\"b\\", c","large":9007199254740993,"real":0.5}',
    )
    const arrow = tableFromIPC(await readFile(await (await exportAs(tracker, 'Arrow')).path()))
    expect(arrow.numRows).toBe(4)
    expect(arrow.schema.fields.map(({ name, type }) => `${name} ${String(type)}`)).toEqual([
      'name Utf8',
      'before Utf8',
      'text Utf8',
      'large Int64',
      'real Float64',
    ])
    expect(arrow.getChild('large')?.get(0)).toBe(9_007_199_254_740_993n)
    await tracker.page.getByRole('button', { name: 'Export' }).click()
    await tracker.page.getByRole('menuitem', { name: 'Copy rows' }).click()
    await expect(tracker.page.getByText('Copied')).toBeVisible()
    const copied = await tracker.page.evaluate(() => navigator.clipboard.readText())
    expect(copied.split('\n')[1]).toBe('open\t\t"a ""b"", c"\t9007199254740993\t0.5')

    await tracker.page.getByRole('button', { name: 'Examples' }).click()
    await tracker.page.getByRole('menuitem', { name: /A metric over steps/ }).click()
    await tracker.idle()
    await tracker.page.getByText('Chart', { exact: true }).click()
    const chart = tracker.page.getByRole('img', { name: /Chart of the result/ })
    await expect(chart).toBeVisible()
    await expect(chart).toHaveAccessibleName(/61 points, all drawn/)
    expect(tracker.problems).toEqual([])
  })

  test('follows a training while it is live', async ({ context }) => {
    const harness = await openHarness(context)
    const open = await track(harness)
    const tracker = await openTracker(context)
    await openConsole(tracker)
    await run(tracker, "select count from series s join runs r on r.id = s.run_id where r.name = 'open'")
    expect(await row(tracker, 0)).toEqual(['100'])
    await tracker.page.getByRole('button', { name: 'Live off' }).click()
    await harness.evaluate(async (runId) => {
      await window.harness.story.logWave(runId, 'loss', 100, 50)
      await window.harness.story.flush(runId)
    }, open)
    await expect(grid(tracker).getByRole('cell', { name: '150' })).toBeVisible()
    expect(tracker.problems).toEqual([])
  })
})
