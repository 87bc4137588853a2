import * as fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Change, RunStart } from '../../src/model/log-batch.ts'
import type { Result } from '../../src/model/result.ts'
import type { ExportFormat } from '../../src/protocol/export-formats.ts'
import { OPEN_FORMATS, isOpenFormat } from '../../src/protocol/open-formats.ts'
import type { OpenedFile } from '../../src/protocol/files-api.ts'
import type { TrackerError } from '../../src/protocol/tracker-error.ts'
import type { TrackerEvent } from '../../src/protocol/tracker-event.ts'
import { openConnection } from '../db/connection.ts'
import { openDatabases } from '../db/databases.ts'
import { openMemoryFiles } from '../db/memory-files.ts'
import { loadEngine } from '../db/sqlite.ts'
import type { StoreFiles } from '../db/store-files.ts'
import { makeService, type Service } from '../service.ts'
import { startOf } from '../store-suite/store.fixture.ts'

interface Point {
  readonly step: number
  readonly value: number
  readonly time: number
}

/** Those that bring back what left. */
const FORMATS = Object.keys(OPEN_FORMATS).filter(isOpenFormat)

let files: StoreFiles
let events: TrackerEvent[]
let service: Service
let sequence = 0

beforeEach(async () => {
  files = openMemoryFiles(await loadEngine(), 'a test')
  events = []
  service = makeService(await openDatabases(files), (event) => events.push(event))
})

function unwrap<T>(result: Result<T, TrackerError>): T {
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`)
  return result.value
}

function runStart(id: string, more: Partial<RunStart> = {}): Change {
  return startOf(id, {
    experiment: { name: 'digits', id: 'experiment-1', notes: 'why', createdAt: 1000 },
    ...more,
  })
}

async function commit(
  changes: readonly Change[],
  series: Record<string, Record<string, Point[]>> = {},
): Promise<void> {
  sequence += 1
  const sections = Object.entries(series).flatMap(([runId, metrics]) =>
    Object.entries(metrics).map(([key, points]) => ({ runId, key, points })),
  )
  const columns = sections.flatMap(({ points }) => [
    ...points.map((point) => point.step),
    ...points.map((point) => point.value),
    ...points.map((point) => point.time),
  ])
  const points = {
    sections: sections.map(({ runId, key, points }) => ({ runId, key, count: points.length })),
    columns: Float64Array.from(columns),
  }
  unwrap(
    await service.ingest({
      clientId: 'test',
      sequence,
      firstUnacknowledged: sequence,
      changes,
      points,
    }),
  )
}

async function exportAll(format: ExportFormat, database = 'own'): Promise<Blob> {
  const experiments = unwrap(await service.readExperiments(database))
  const experimentId = experiments[0]?.id ?? ''
  return unwrap(await service.exportFile({ jobId: 'e', database, experimentId, runIds: null, format })).file
}

async function open(file: Blob, fileName = 'a.db'): Promise<Result<OpenedFile, TrackerError>> {
  return service.openFile({ jobId: 'o', fileName, file })
}

function withoutNegativeZero(value: unknown): unknown {
  if (value instanceof Float64Array) return value.map((number) => number + 0)
  if (Array.isArray(value)) return value.map(withoutNegativeZero)
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, withoutNegativeZero(part)]))
}

const numbers = fc.oneof(
  fc.double(),
  fc.constantFrom(Number.NaN, Infinity, -Infinity, -0, Number.MIN_VALUE, Number.MAX_VALUE),
)
const points = fc.array(
  fc.record({
    step: fc.maxSafeInteger(),
    value: numbers,
    time: fc.double({ noNaN: true, noDefaultInfinity: true, min: 0, max: 1e14 }),
  }),
  { maxLength: 40 },
)

describe.each(FORMATS)('%s files', (format) => {
  it('hold every run as it was', async () => {
    await commit([
      runStart('a', {
        params: { lr: 0.01, layers: [1, 2], note: null, text: 'null', nested: { deep: '<b>' } },
        tags: { model: 'cnn', odd: "it's" },
        notes: '# notes',
        environment: { cores: 4 },
        groupName: 'g',
        jobType: 'train',
        host: 'worker',
        parentRunId: 'p',
        forkedAtStep: 12,
        color: 'series-3',
      }),
      { type: 'setSummary', runId: 'a', summary: { best: 0.5 } },
      {
        type: 'addRefusals',
        runId: 'a',
        refusals: [{ key: 'acc', reason: 'value-not-a-number', count: 3, example: 'string "x"' }],
      },
      { type: 'endRun', runId: 'a', status: 'failed', endedAt: 1_700_000_009_000.5 },
      runStart('b'),
    ])
    await commit([], {
      a: { loss: [{ step: 0, value: 1, time: 1 }] },
      b: { loss: [{ step: -5, value: 2, time: 2 }] },
    })
    const opened = unwrap(await open(await exportAll(format)))
    expect(opened).toMatchObject({ runs: 2, points: 2, format, warnings: [] })
    for (const runId of ['a', 'b']) {
      const mine = unwrap(await service.readRun({ database: 'own', runId }))
      expect(unwrap(await service.readRun({ database: opened.database, runId }))).toEqual(mine)
    }
    expect(unwrap(await service.readExperiments(opened.database))).toEqual(
      unwrap(await service.readExperiments('own')),
    )
  })

  it('give back every point, whatever it was', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(fc.string({ minLength: 1 }), points, { maxKeys: 4 }),
        async (metrics) => {
          const runId = `run-${sequence}`
          const experiment = { name: runId, id: runId }
          await commit([runStart(runId, { experiment })], { [runId]: metrics })
          const exported = unwrap(
            await service.exportFile({
              jobId: 'e',
              database: 'own',
              experimentId: runId,
              runIds: null,
              format,
            }),
          )
          const opened = unwrap(await open(exported.file))
          const [mine, theirs] = await Promise.all(
            ['own', opened.database].map(async (database) => ({
              detail: unwrap(await service.readRun({ database, runId })),
            })),
          )
          expect(theirs).toEqual(mine)
          const keys = Object.keys(metrics).filter((key) => (metrics[key]?.length ?? 0) > 0)
          const read = async (database: string): Promise<unknown> =>
            unwrap(
              await service.readWindows({
                database,
                x: 'step',
                from: null,
                to: null,
                buckets: 4096,
                series: keys.map((key) => ({ runId, key })),
              }),
            )
          // SQLite stores -0 as the integer 0; everything else comes back bit for bit.
          const sign = format === 'db' ? withoutNegativeZero : (value: unknown) => value
          expect(sign(await read(opened.database))).toEqual(sign(await read('own')))
          await service.closeFile(opened.database)
        },
      ),
      { numRuns: 40 },
    )
  })

  it('hold long series slice by slice and tell how far they are', async () => {
    const count = 200_000
    const long = Array.from({ length: count }, (_, i) => ({ step: i, value: Math.sin(i), time: i }))
    await commit([runStart('a')], { a: { loss: long } })
    const opened = unwrap(await open(await exportAll(format)))
    expect(opened.points).toBe(count)
    expect(events.some((event) => event.type === 'jobProgressed')).toBe(true)
    expect(await exportAll(format, opened.database)).toHaveProperty('size')
  })

  it('leave nothing behind when they are cancelled', async () => {
    const long = Array.from({ length: 200_000 }, (_, i) => ({ step: i, value: i, time: i }))
    await commit([runStart('a')], { a: { loss: long } })
    const exporting = service.exportFile({
      jobId: 'x',
      database: 'own',
      experimentId: 'experiment-1',
      runIds: null,
      format,
    })
    await service.cancel('x')
    expect(await exporting).toMatchObject({ ok: false, error: { code: 'cancelled' } })
    const file = await exportAll(format)
    const opening = service.openFile({ jobId: 'y', fileName: 'a', file })
    setTimeout(() => void service.cancel('y'), 0)
    expect(await opening).toMatchObject({ ok: false, error: { code: 'cancelled' } })
    expect(files.names()).toEqual(['own'])
  })

  it('are refused when they are cut off, at any length', async () => {
    await commit([runStart('a')], {
      a: { loss: [{ step: 0, value: 1, time: 1 }] },
    })
    const file = await exportAll(format)
    for (const part of [0.01, 0.3, 0.5, 0.9, 0.999]) {
      const refused = await open(file.slice(0, Math.floor(file.size * part)), 'half.db')
      expect(refused).toMatchObject({
        ok: false,
        error: { code: 'file-truncated', message: expect.stringContaining('half.db') },
      })
    }
    expect(files.names()).toEqual(['own'])
  })

  it('are refused or read, never half opened and never endless, whatever byte is damaged', async () => {
    await commit([runStart('a', { params: { lr: 1 } })], {
      a: { loss: Array.from({ length: 50 }, (_, i) => ({ step: i, value: i, time: i })) },
    })
    const bytes = new Uint8Array(await (await exportAll(format)).arrayBuffer())
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), async (at, flip) => {
        const damaged = bytes.slice()
        damaged[at] = (damaged[at] ?? 0) ^ flip
        const outcome = await open(new Blob([damaged]))
        if (outcome.ok) await service.closeFile(outcome.value.database)
        expect(files.names()).toEqual(['own'])
      }),
      { numRuns: 300 },
    )
  })
})

/** What was exported, with the schema of somebody else. */
async function exportForged(sqlOfTheirs: string): Promise<Blob> {
  const name = 'temp-hostile'
  await files.importParts(name, [new Uint8Array(await (await exportAll('db')).arrayBuffer())])
  const sql = await files.open(name)
  sql.exec(sqlOfTheirs)
  const bytes = sql.engine.capi.sqlite3_js_db_export(sql.pointer)
  sql.close()
  files.remove(name)
  return new Blob([bytes])
}

describe('opening', () => {
  it.each([
    ['an empty file', new Blob([]), 'file-empty'],
    ['text', new Blob(['hello, this is no experiment at all '.repeat(20)]), 'file-not-recognised'],
    [
      'noise',
      new Blob([Uint8Array.from({ length: 5000 }, (_, i) => (i * 7919) % 251)]),
      'file-not-recognised',
    ],
    ['three bytes of SQLite', new Blob(['SQL']), 'file-truncated'],
  ])('says why it refuses %s', async (_, file, code) => {
    const refused = await open(file, 'strange.bin')
    expect(refused).toMatchObject({
      ok: false,
      error: { code, message: expect.stringContaining('strange.bin') },
    })
  })

  it('refuses a database of another application', async () => {
    const engine = await loadEngine()
    const other = openConnection(engine, ':memory:')
    other.exec('create table t (a); insert into t values (1)')
    const bytes = engine.capi.sqlite3_js_db_export(other.pointer)
    expect(await open(new Blob([bytes]))).toMatchObject({ ok: false, error: { code: 'file-not-recognised' } })
  })

  it('refuses a newer file', async () => {
    await commit([runStart('a')])
    const bytes = new Uint8Array(await (await exportAll('db')).arrayBuffer())
    new DataView(bytes.buffer).setUint32(60, 999)
    expect(await open(new Blob([bytes]))).toMatchObject({ ok: false, error: { code: 'file-newer' } })
  })

  it('refuses a schema that passes for ours until it is read', async () => {
    await commit([runStart('a')])
    const forged = await exportForged(
      `drop table points; create table points
       (series_id integer primary key, step integer, value real, time real) strict, without rowid`,
    )
    expect(await open(forged)).toMatchObject({ ok: false, error: { code: 'file-corrupt' } })
  })

  it('runs nothing of a stranger: a view in place of a table is refused', async () => {
    await commit([runStart('a')])
    const forged = await exportForged(
      "drop table tags; create view tags as select 'a' as run_id, 'k' as key, randomblob(9) as value",
    )
    const refused = await open(forged)
    expect(refused).toMatchObject({
      ok: false,
      error: { code: 'file-corrupt', message: expect.stringContaining('tags') },
    })
  })
})

/** Opens an export of two own runs. */
async function openOther(): Promise<OpenedFile> {
  await commit([runStart('a')], {
    a: { loss: [{ step: 0, value: 1, time: 1 }] },
  })
  await commit([runStart('b')], {
    b: { loss: [{ step: 3, value: 4, time: 9 }] },
  })
  return unwrap(await open(await exportAll('db')))
}

describe('keeping an opened file', () => {
  it('copies what is not there and leaves what is', async () => {
    const opened = await openOther()
    await files.open('scratch').then((sql) => sql.close())
    files.remove('scratch')
    expect(unwrap(await service.keepFile({ jobId: 'k', database: opened.database }))).toEqual({
      kept: 0,
      skipped: 2,
    })
    await commit([{ type: 'removeRuns', runIds: ['b'], removedAt: 5 }])
    unwrap(await service.keepFile({ jobId: 'k', database: opened.database }))
    const runs = unwrap(await service.readRuns({ database: 'own', experimentId: 'experiment-1' }))
    expect(runs.id.toSorted()).toEqual(['a', 'b'])
  })

  it('is gone when it is closed, and says so when it is asked for', async () => {
    const opened = await openOther()
    unwrap(await service.closeFile(opened.database))
    expect(files.names()).toEqual(['own'])
    expect(await service.readExperiments(opened.database)).toMatchObject({
      ok: false,
      error: { code: 'unknown-database' },
    })
  })
})

describe('db files', () => {
  it('hold arrays as they were logged, small and large', async () => {
    const small = Float32Array.of(1, -0, Number.NaN, 4, 5, 6)
    const large = new Uint8Array(9 * 2 ** 20 + 3).map((_, index) => index % 253)
    const arrays = [
      {
        key: 'grad',
        dtype: 'float32' as const,
        shape: [3],
        steps: [1, 2],
        bytes: new Uint8Array(small.buffer),
      },
      { key: 'w', dtype: 'uint8' as const, shape: [large.length], steps: [7], bytes: large },
      { key: 'again', dtype: 'uint8' as const, shape: [large.length], steps: [8], bytes: large },
    ].map(({ steps, ...section }) =>
      Object.assign(section, {
        runId: 'a',
        steps: Float64Array.from(steps),
        times: Float64Array.from(steps),
      }),
    )
    sequence += 1
    unwrap(
      await service.ingest({
        clientId: 'test',
        sequence,
        firstUnacknowledged: sequence,
        changes: [runStart('a')],
        points: { sections: [], columns: new Float64Array(0) },
        arrays,
      }),
    )
    const { database } = unwrap(await open(await exportAll('db')))
    const keptIn = unwrap(await service.keepFile({ jobId: 'k', database }))
    expect(keptIn).toEqual({ kept: 0, skipped: 1 })
    for (const { key, dtype, shape, steps, bytes } of arrays) {
      const found = unwrap(await service.readArrays({ database, runId: 'a', key, from: 0, limit: 9 }))
      expect([found.total, found.step]).toEqual([steps.length, steps])
      const first = unwrap(await service.readArray({ database, id: found.id[0] ?? 0 }))
      expect([first.dtype, first.shape]).toEqual([dtype, shape])
      const parts: Uint8Array[] = []
      for (const [index, id] of found.id.entries()) {
        const length = found.bytes[index] ?? 0
        for (let offset = 0; offset < length;) {
          const part = unwrap(await service.readArrayBytes({ database, id, offset, length }))
          parts.push(part)
          offset += part.length
        }
      }
      expect(Buffer.compare(Buffer.concat(parts), bytes)).toBe(0)
    }
  })
})
