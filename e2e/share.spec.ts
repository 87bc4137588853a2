import { readFile, stat } from 'node:fs/promises'
import { fillShelf, SHELF } from './artifact-shelf.ts'
import { EXPERIMENT, FILE_STEM, logNightSweep, NIGHT_SWEEP, type Point } from './sharing/night-sweep.ts'
import { readArrowPoints } from './sharing/read-arrow.ts'
import { openPlainDatabase } from './sharing/read-sqlite.ts'
import { expect, openHarness, openTracker, test } from './tracker-page.ts'

/** What was logged, by `run id / key`. */
const LOGGED: ReadonlyMap<string, readonly Point[]> = new Map(
  NIGHT_SWEEP.flatMap(({ options, series }) =>
    Object.entries(series).map(([key, points]) => [`${options.id}/${key}`, points] as const),
  ),
)

test.describe('an exported experiment', () => {
  test.beforeEach(async ({ context, tracker }) => {
    await logNightSweep(await openHarness(context))
    await tracker.openExperiment(EXPERIMENT)
  })

  test('is read by plain SQLite point for point', async ({ tracker }) => {
    const download = await tracker.share('SQLite')
    expect(download.suggestedFilename()).toBe(`${FILE_STEM}.db`)

    using database = await openPlainDatabase(await download.path())
    expect(database.rows('pragma integrity_check')).toEqual([['ok']])
    expect(database.rows('pragma application_id')).toEqual([[0x4b594d4f]])
    expect(database.rows('pragma user_version')).toEqual([[12]])
    expect(database.rows('select name from experiments')).toEqual([[EXPERIMENT]])
    const count = [...LOGGED.values()].reduce((sum, points) => sum + points.length, 0)
    expect(database.rows('select count(*) from points')).toEqual([[count]])
    expect(database.rows('select id, name, status from runs order by id')).toEqual(
      NIGHT_SWEEP.map(({ options, status }) => [options.id, options.name, status]),
    )
    for (const { options, series } of NIGHT_SWEEP) {
      const rows = database.rows('select key, step, value, time from metrics where run_id = ?', options.id)
      for (const [key, points] of Object.entries(series)) {
        const read = rows.filter(([name]) => name === key).map(([, ...point]) => point)
        expect(read).toEqual(
          points.map(([step, value, time]) => [step, Number.isNaN(value) ? null : value, time]),
        )
      }
      const params = database.rows('select key, value from params where run_id = ?', options.id)
      expect(Object.fromEntries(params.map(([key, value]) => [key, JSON.parse(String(value))]))).toEqual(
        options.params,
      )
    }
    expect(database.rows("select key, value from tags where run_id = 'sweep-a' order by key")).toEqual([
      ['Größe', 'naïve 🎉'],
      ['team', 'vision'],
    ])
    expect(database.rows("select notes, group_name, job_type from runs where id = 'sweep-a'")).toEqual([
      [NIGHT_SWEEP[0]?.options.notes, 'fold 1', 'train'],
    ])
  })

  test('is read by Arrow point for point', async ({ tracker }) => {
    const download = await tracker.share('Arrow')
    expect(download.suggestedFilename()).toBe(`${FILE_STEM}.arrow`)
    expect(await readArrowPoints(await download.path())).toEqual(LOGGED)
  })

  test('is two tables of CSV in a zip', async ({ tracker }) => {
    const download = await tracker.share('CSV')
    expect(download.suggestedFilename()).toBe(`${FILE_STEM}.csv.zip`)
    // Its entries are stored, so their lines stand in it as they are.
    const text = await readFile(await download.path(), 'utf8')
    expect(text.slice(0, 2)).toBe('PK')
    const points = [...LOGGED.values()].reduce((sum, series) => sum + series.length, 0)
    const rows = text.slice(text.indexOf('run_id,run_name,metric')).match(/^sweep-[a-z],.*\r$/gm)
    expect(rows).toHaveLength(points)
    expect(text.match(/^sweep-[a-z],/gm)).toHaveLength(points + NIGHT_SWEEP.length)
  })

  test('is JSON Lines, Parquet or event files of TensorBoard in a zip', async ({ tracker }) => {
    const points = [...LOGGED.values()].reduce((sum, series) => sum + series.length, 0)
    const formats = [
      { format: 'JSON Lines', extension: 'jsonl.zip', piece: /\{"runId":"sweep-/g, pieces: points },
      // The first and the last bytes of each of six tables and of the points.
      { format: 'Parquet', extension: 'parquet.zip', piece: /PAR1/g, pieces: 2 * 7 },
      {
        format: 'TensorBoard',
        extension: 'tensorboard.zip',
        piece: /brain\.Event:2/g,
        pieces: NIGHT_SWEEP.length,
      },
    ] as const
    for (const { format, extension, piece, pieces } of formats) {
      const download = await tracker.share(format)
      expect(download.suggestedFilename()).toBe(`${FILE_STEM}.${extension}`)
      const text = await readFile(await download.path(), 'latin1')
      expect(text.match(piece)).toHaveLength(pieces)
    }
  })

  test('holds only the drawn runs, or only the picked run, when that is asked for', async ({ tracker }) => {
    const runs = tracker.page.getByRole('region', { name: 'Runs' })
    await runs.getByRole('button', { name: 'Show short' }).click()
    const drawn = await tracker.share('SQLite', /drawn runs/)
    {
      using database = await openPlainDatabase(await drawn.path())
      expect(database.rows('select id from runs order by id')).toEqual([['sweep-a'], ['sweep-c']])
      expect(database.rows('select distinct run_id from metrics order by 1')).toEqual([
        ['sweep-a'],
        ['sweep-c'],
      ])
    }
    await tracker.run(/third/).click()
    const picked = await tracker.share('Arrow', 'third')
    expect([...(await readArrowPoints(await picked.path())).keys()]).toEqual(['sweep-c/train/loss'])
  })
})

const UNITS: Readonly<Record<string, number>> = { B: 1, kB: 1e3, MB: 1e6 }

test('a shared file is as large as was said, with its pictures and its artifacts or without those', async ({
  context,
}) => {
  const harness = await openHarness(context)
  await fillShelf(harness)
  await harness.evaluate(async () => (await window.harness.loadMedia()).logBatches(3, 20))
  const tracker = await openTracker(context)
  const { page } = tracker
  for (const [experiment, isWhole] of [
    [SHELF, true],
    [SHELF, false],
    ['batches', true],
  ] as const) {
    await tracker.openExperiment(experiment)
    await page.getByRole('button', { name: 'Share' }).click()
    const dialog = page.getByRole('dialog', { name: /^Share/ })
    if (!isWhole) await dialog.getByRole('checkbox', { name: /^Artifacts/ }).uncheck()
    await tracker.idle()
    const said = /about ([\d.]+) (\w+)\./.exec(
      (await dialog.locator('.export-dialog-size').textContent()) ?? '',
    )
    const saving = page.waitForEvent('download')
    await dialog.getByRole('button', { name: 'Download', exact: true }).click()
    const { size } = await stat(await (await saving).path())
    const told = Number(said?.[1]) * (UNITS[said?.[2] ?? ''] ?? Number.NaN)
    expect(told / size, `${experiment}: ${told} said, ${size} shared`).toBeGreaterThan(0.95)
    expect(told / size, `${experiment}: ${told} said, ${size} shared`).toBeLessThan(1.05)
    await dialog.getByRole('button', { name: 'Close', exact: true }).last().click()
  }
  expect(tracker.problems).toEqual([])
})
