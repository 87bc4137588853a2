import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { EXPORT_FORMATS, type ZipFormat } from '../../src/protocol/export-formats.ts'
import { OWN_DATABASE } from '../../src/protocol/database-id.ts'
import type { ExportedFile } from '../../src/protocol/files-api.ts'
import { openMemoryFiles } from '../db/memory-files.ts'
import { loadEngine } from '../db/sqlite.ts'
import { valueOf } from '../store-suite/assert.ts'
import { makeClient, openStore, pointsOf, rampOf, startOf, type Store } from '../store-suite/store.fixture.ts'
import { readSlices } from './contents.ts'
import { openContents } from './database-contents.ts'
import { readPoints as readJsonLines } from './jsonl/read.fixture.ts'
import { readPoints as readParquet } from './parquet/read.fixture.ts'
import type { ReadPoint } from './read-point.fixture.ts'
import { readPoints as readTensorBoard } from './tensorboard/read.fixture.ts'

interface Written {
  readonly read: (file: Blob) => Promise<readonly ReadPoint[]>
  /** A point as the format has room for it. */
  readonly rounded: (point: ReadPoint) => ReadPoint
}

const asItIs = (point: ReadPoint): ReadPoint => point

/** What is written only, but for CSV, which has a test of its own, and how another reader reads it. */
const FORMATS: Readonly<Record<Exclude<ZipFormat, 'csv'>, Written>> = {
  jsonl: { read: readJsonLines, rounded: asItIs },
  parquet: { read: readParquet, rounded: asItIs },
  tensorboard: {
    read: readTensorBoard,
    rounded: ([runId, key, step, value, time]) => [
      runId,
      key,
      Math.round(step) + 0,
      Math.fround(value),
      time / 1000,
    ],
  },
}

async function openEmpty() {
  const files = openMemoryFiles(await loadEngine(), 'a test')
  return { files, store: await openStore(async () => files) }
}

async function exportAll({ service }: Store, format: ZipFormat, jobId = 'out'): Promise<ExportedFile> {
  return valueOf(
    await service.exportFile({ jobId, database: OWN_DATABASE, experimentId: null, runIds: null, format }),
  )
}

/** What is in the store, series by series. */
function truthOf({ own }: Store): ReadPoint[] {
  const { series } = openContents(own, { experimentId: null, runIds: null })
  return series.flatMap((source) =>
    [...readSlices(source)].flatMap(({ steps, values, times }) =>
      [...steps].map((step, at): ReadPoint => [
        source.summary.runId,
        source.summary.key,
        step,
        values[at] ?? 0,
        times[at] ?? 0,
      ]),
    ),
  )
}

/** Formats choose which run comes first. */
function byRun(points: readonly ReadPoint[]): Readonly<Record<string, readonly ReadPoint[]>> {
  const runs: Record<string, ReadPoint[]> = {}
  for (const each of points) (runs[each[0]] ??= []).push(each)
  return runs
}

const HOSTILE = ['../../x', 'a/b', 'a=b', '100%', 'C:\\x', '..', 'con', ' . ', '\u{1f600}é', '"\n\u0001', 'A']
const word = fc.oneof(
  fc.string({ minLength: 1, maxLength: 9, unit: 'grapheme' }),
  fc.constantFrom(...HOSTILE),
)
const point = fc.tuple(
  fc.oneof(fc.maxSafeInteger(), fc.integer({ min: -9, max: 9 })),
  fc.oneof(
    fc.double(),
    fc.constantFrom(Number.NaN, Infinity, -Infinity, -0, 5e-324, 1.7976931348623157e308, 0.1 + 0.2),
  ),
  fc.double({ noNaN: true, min: 0, max: 1e12 }),
)
const fraction = fc.tuple(fc.double({ noNaN: true, min: -1e9, max: 1e9 }), fc.double(), fc.nat(1e9))
const run = fc.record({
  name: word,
  experiment: fc.constantFrom('digits', ...HOSTILE),
  metrics: fc.dictionary(
    word,
    fc.array(fc.oneof({ weight: 9, arbitrary: point }, fraction), { minLength: 1, maxLength: 9 }),
    {
      maxKeys: 3,
    },
  ),
})

describe.each(Object.keys(FORMATS) as (keyof typeof FORMATS)[])('%s files', (format) => {
  const { read, rounded } = FORMATS[format]

  it('give back every point in log order, whatever it and its names are', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(run, { minLength: 1, maxLength: 4 }), async (runs) => {
        const { store } = await openEmpty()
        const starts = runs.map(({ name, experiment }, index) =>
          startOf(`run${index}`, { name, experiment: { name: experiment } }),
        )
        const drawn = runs.flatMap(({ metrics }, index) =>
          Object.entries(metrics).map(([key, points]) => ({ runId: `run${index}`, key, points })),
        )
        valueOf(await store.service.ingest(makeClient('page').batch(starts, pointsOf(...drawn))))
        const { file, points } = await exportAll(store, format)
        const truth = truthOf(store).map(rounded)
        expect(points).toBe(truth.length)
        expect(byRun(await read(file))).toEqual(byRun(truth))
        store.close()
      }),
      { numRuns: 40 },
    )
  })

  it('are written slice by slice, tell how far they are, and leave nothing behind when they are cancelled', async () => {
    const { files, store } = await openEmpty()
    const long = pointsOf(rampOf('a', 'loss', 0, 150_001), rampOf('a', 'acc', 0, 3))
    valueOf(await store.service.ingest(makeClient('page').batch([startOf('a')], long)))
    const { file, fileName } = await exportAll(store, format)
    expect(fileName.endsWith(`.${EXPORT_FORMATS[format].extension}`)).toBe(true)
    expect(await read(file)).toEqual(truthOf(store).map(rounded))
    const told = store.events.flatMap((event) => (event.type === 'jobProgressed' ? [event.done] : []))
    expect(told.some((done) => done > 0 && done < 150_004)).toBe(true)
    const request = { database: OWN_DATABASE, experimentId: null, runIds: null, format } as const
    const exporting = store.service.exportFile({ ...request, jobId: 'x' })
    await store.service.cancel('x')
    expect(await exporting).toMatchObject({ ok: false, error: { code: 'cancelled' } })
    expect(files.names()).toEqual(['own'])
    store.close()
  })

  it('are whole where there is no point, and where runs have no name', async () => {
    const { store } = await openEmpty()
    const starts = [startOf('a', { name: ' ' }), startOf('b', { name: '..' }), startOf('c', { name: 'Run' })]
    valueOf(await store.service.ingest(makeClient('page').batch(starts)))
    const exported = await exportAll(store, format)
    expect([exported.runs, exported.points, await read(exported.file)]).toEqual([3, 0, []])
    store.close()
  })
})
