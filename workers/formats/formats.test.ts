import * as fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { OPEN_FORMATS, isOpenFormat } from '../../src/protocol/open-formats.ts'
import { openWorkshop, runStart, unwrap, type Workshop } from '../store-suite/workshop.fixture.ts'

/** Those that bring back what left. */
const FORMATS = Object.keys(OPEN_FORMATS).filter(isOpenFormat)

let workshop: Workshop

beforeEach(async () => {
  workshop = await openWorkshop()
})

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
    await workshop.commit([
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
    await workshop.commit([], {
      a: { loss: [{ step: 0, value: 1, time: 1 }] },
      b: { loss: [{ step: -5, value: 2, time: 2 }] },
    })
    const opened = unwrap(await workshop.open(await workshop.exportAll(format)))
    expect(opened).toMatchObject({ runs: 2, points: 2, format, warnings: [] })
    for (const runId of ['a', 'b']) {
      const mine = unwrap(await workshop.service.readRun({ database: 'own', runId }))
      expect(unwrap(await workshop.service.readRun({ database: opened.database, runId }))).toEqual(mine)
    }
    expect(unwrap(await workshop.service.readExperiments(opened.database))).toEqual(
      unwrap(await workshop.service.readExperiments('own')),
    )
  })

  it('give back every point, whatever it was', async () => {
    let made = 0
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(fc.string({ minLength: 1 }), points, { maxKeys: 4 }),
        async (metrics) => {
          made += 1
          const runId = `run-${made}`
          const experiment = { name: runId, id: runId }
          await workshop.commit([runStart(runId, { experiment })], { [runId]: metrics })
          const exported = unwrap(
            await workshop.service.exportFile({
              jobId: 'e',
              database: 'own',
              experimentId: runId,
              runIds: null,
              format,
            }),
          )
          const opened = unwrap(await workshop.open(exported.file))
          const [mine, theirs] = await Promise.all(
            ['own', opened.database].map(async (database) => ({
              detail: unwrap(await workshop.service.readRun({ database, runId })),
            })),
          )
          expect(theirs).toEqual(mine)
          const keys = Object.keys(metrics).filter((key) => (metrics[key]?.length ?? 0) > 0)
          const read = async (database: string): Promise<unknown> =>
            unwrap(
              await workshop.service.readWindows({
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
          await workshop.service.closeFile(opened.database)
        },
      ),
      { numRuns: 40 },
    )
  })

  it('hold long series slice by slice and tell how far they are', async () => {
    const count = 200_000
    const long = Array.from({ length: count }, (_, i) => ({ step: i, value: Math.sin(i), time: i }))
    await workshop.commit([runStart('a')], { a: { loss: long } })
    const opened = unwrap(await workshop.open(await workshop.exportAll(format)))
    expect(opened.points).toBe(count)
    expect(workshop.events.some((event) => event.type === 'jobProgressed')).toBe(true)
    expect(await workshop.exportAll(format, opened.database)).toHaveProperty('size')
  })

  it('leave nothing behind when they are cancelled', async () => {
    const long = Array.from({ length: 200_000 }, (_, i) => ({ step: i, value: i, time: i }))
    await workshop.commit([runStart('a')], { a: { loss: long } })
    const exporting = workshop.service.exportFile({
      jobId: 'x',
      database: 'own',
      experimentId: 'experiment-1',
      runIds: null,
      format,
    })
    await workshop.service.cancel('x')
    expect(await exporting).toMatchObject({ ok: false, error: { code: 'cancelled' } })
    const file = await workshop.exportAll(format)
    const opening = workshop.service.openFile({ jobId: 'y', fileName: 'a', file })
    setTimeout(() => void workshop.service.cancel('y'), 0)
    expect(await opening).toMatchObject({ ok: false, error: { code: 'cancelled' } })
    expect(workshop.files.names()).toEqual(['own'])
  })

  it('are refused when they are cut off, at any length', async () => {
    await workshop.commit([runStart('a')], {
      a: { loss: [{ step: 0, value: 1, time: 1 }] },
    })
    const file = await workshop.exportAll(format)
    for (const part of [0.01, 0.3, 0.5, 0.9, 0.999]) {
      const refused = await workshop.open(file.slice(0, Math.floor(file.size * part)), 'half.db')
      expect(refused).toMatchObject({
        ok: false,
        error: { code: 'file-truncated', message: expect.stringContaining('half.db') },
      })
    }
    expect(workshop.files.names()).toEqual(['own'])
  })

  it('are refused or read, never half opened and never endless, whatever byte is damaged', async () => {
    await workshop.commit([runStart('a', { params: { lr: 1 } })], {
      a: { loss: Array.from({ length: 50 }, (_, i) => ({ step: i, value: i, time: i })) },
    })
    const bytes = new Uint8Array(await (await workshop.exportAll(format)).arrayBuffer())
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), async (at, flip) => {
        const damaged = bytes.slice()
        damaged[at] = (damaged[at] ?? 0) ^ flip
        const outcome = await workshop.open(new Blob([damaged]))
        if (outcome.ok) await workshop.service.closeFile(outcome.value.database)
        expect(workshop.files.names()).toEqual(['own'])
      }),
      { numRuns: 300 },
    )
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
    await workshop.commit([runStart('a')], {}, arrays)
    const { database } = unwrap(await workshop.open(await workshop.exportAll('db')))
    const keptIn = unwrap(await workshop.service.keepFile({ jobId: 'k', database }))
    expect(keptIn).toEqual({ kept: 0, skipped: 1 })
    for (const { key, dtype, shape, steps, bytes } of arrays) {
      const found = unwrap(
        await workshop.service.readArrays({ database, runId: 'a', key, from: 0, limit: 9 }),
      )
      expect([found.total, found.step]).toEqual([steps.length, steps])
      const first = unwrap(await workshop.service.readArray({ database, id: found.id[0] ?? 0 }))
      expect([first.dtype, first.shape]).toEqual([dtype, shape])
      const parts: Uint8Array[] = []
      for (const [index, id] of found.id.entries()) {
        const length = found.bytes[index] ?? 0
        for (let offset = 0; offset < length;) {
          const part = unwrap(await workshop.service.readArrayBytes({ database, id, offset, length }))
          parts.push(part)
          offset += part.length
        }
      }
      expect(Buffer.compare(Buffer.concat(parts), bytes)).toBe(0)
    }
  })
})
