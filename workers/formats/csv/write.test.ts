import * as fc from 'fast-check'
import papa from 'papaparse'
import { describe, expect, it } from 'vitest'
import { withoutFormula } from '../../../src/model/csv.ts'
import { OWN_DATABASE } from '../../../src/protocol/database-id.ts'
import type { ExportedFile } from '../../../src/protocol/files-api.ts'
import { openMemoryFiles } from '../../db/memory-files.ts'
import { loadEngine } from '../../db/sqlite.ts'
import { valueOf } from '../../store-suite/assert.ts'
import {
  makeClient,
  openStore,
  pointsOf,
  rampOf,
  readAll,
  STARTED_AT,
  startOf,
  type Store,
} from '../../store-suite/store.fixture.ts'
import { textOf, unzip as readZip } from '../unzip.fixture.ts'

async function openEmpty() {
  const files = openMemoryFiles(await loadEngine(), 'a test')
  return { files, store: await openStore(async () => files) }
}

function exportCsv({ service }: Store, jobId = 'out') {
  return service.exportFile({
    jobId,
    database: OWN_DATABASE,
    experimentId: null,
    runIds: null,
    format: 'csv',
  })
}

async function unzip({ file }: ExportedFile): Promise<Readonly<Record<string, string>>> {
  return Object.fromEntries([...(await readZip(file))].map(([name, bytes]) => [name, textOf(bytes)]))
}

/** Rows as another reader takes them. */
function rowsOf(csv = ''): string[][] {
  expect(csv.endsWith('\r\n')).toBe(true)
  const { data, errors } = papa.parse<string[]>(csv.slice(0, -2), { delimiter: ',', newline: '\r\n' })
  expect(errors).toEqual([])
  return data
}

const RUNS = 'runs.csv'
const METRICS = 'metrics.csv'
const HEAD = ['run_id', 'run_name', 'metric', 'step', 'time', 'value']
const NASTY = 'a "b",\r\nc\n=1'

describe('a zip of CSV', () => {
  it('gives back every point exactly, whatever it and its names are', async () => {
    const word = fc.oneof(fc.string({ minLength: 1, maxLength: 9 }), fc.constantFrom(NASTY, ' x ', '1e5'))
    const value = fc.oneof(
      fc.double(),
      fc.constantFrom(Number.NaN, Infinity, -Infinity, -0, 5e-324, 1.7976931348623157e308, 0.1 + 0.2),
    )
    const point = fc.record({
      step: fc.maxSafeInteger(),
      time: fc.double({ noNaN: true, min: 0, max: 1e12 }),
      value,
    })
    await fc.assert(
      fc.asyncProperty(
        word,
        word,
        fc.array(point, { minLength: 1, maxLength: 20 }),
        async (name, key, points) => {
          const { store } = await openEmpty()
          const drawn = { runId: 'a', key, points: points.map(({ step, time, value: y }) => [step, y, time]) }
          valueOf(
            await store.service.ingest(makeClient('page').batch([startOf('a', { name })], pointsOf(drawn))),
          )
          const exported = valueOf(await exportCsv(store))
          const [head, ...rows] = rowsOf((await unzip(exported))[METRICS])
          expect(head).toEqual(HEAD)
          const detail = valueOf(await store.service.readRun({ database: OWN_DATABASE, runId: 'a' }))
          const stored = detail.series[0]?.key ?? ''
          const names = ['a', withoutFormula(detail.run.name), withoutFormula(stored)]
          expect(rows.map((row) => row.slice(0, 3))).toEqual(points.map(() => names))
          const numbers = rows.map(([, , , step, time, y]) => [
            Number(step),
            Number(y),
            Number(time) - STARTED_AT,
          ])
          expect(numbers).toEqual(readAll(store, 'a', stored))
          store.close()
        },
      ),
      { numRuns: 25 },
    )
  })

  it('says what a param was before it was set while its run ran', async () => {
    const { store } = await openEmpty()
    const client = makeClient('page')
    const set = { type: 'setParams', runId: 'a', params: { lr: 0.003 }, step: 105 } as const
    const start = startOf('a', { params: { lr: 0.01, units: 64 } })
    valueOf(await store.service.ingest(client.batch([start, set, startOf('b', { params: { lr: 0.1 } })])))
    const [head = [], ...rows] = rowsOf((await unzip(valueOf(await exportCsv(store))))[RUNS])
    const of = (column: string): (string | undefined)[] => rows.map((row) => row[head.indexOf(column)])
    expect([of('id'), of('param.lr'), of('param_first.lr')]).toEqual([
      ['a', 'b'],
      ['0.003', '0.1'],
      ['0.01', ''],
    ])
    expect(head).not.toContain('param_first.units')
    store.close()
  })

  it('has a row a run, with what was said of it and what its metrics came to', async () => {
    const { store } = await openEmpty()
    const client = makeClient('page')
    const first = startOf('a', {
      name: NASTY,
      params: { lr: 0.1, layers: [1, 2], note: 'x, "y"', 'a.b': true },
      tags: { model: 'cnn' },
      groupName: 'g',
    })
    const second = startOf('b', { params: { lr: 1e-7, toString: 'own' } })
    const points = pointsOf({
      runId: 'a',
      key: 'loss',
      points: [
        [0, 3],
        [4, Number.NaN],
        [2, 0.5],
      ],
    })
    valueOf(await store.service.ingest(client.batch([first, second], points)))
    const summary = { type: 'setSummary', runId: 'b', summary: { best: 0.25 } } as const
    valueOf(await store.service.ingest(client.batch([summary])))
    const exported = valueOf(await exportCsv(store))
    expect(exported.fileName).toMatch(/\.csv\.zip$/)
    expect([exported.runs, exported.points, exported.file.type]).toEqual([2, 3, 'application/zip'])
    const entries = await unzip(exported)
    expect(Object.keys(entries)).toEqual([RUNS, METRICS])
    const [head = [], ...rows] = rowsOf(entries[RUNS])
    const [a, b] = rows.map((row) => Object.fromEntries(head.map((name, index) => [name, row[index]])))
    expect(a).toMatchObject({
      id: 'a',
      name: NASTY,
      status: 'running',
      started_at: String(STARTED_AT),
      ended_at: '',
      group_name: 'g',
      environment: '{}',
      'param.lr': '0.1',
      'param.layers': '[1,2]',
      'param.note': 'x, "y"',
      'param.a.b': 'true',
      'param.toString': '',
      'tag.model': 'cnn',
      'summary.best': '',
      'metric.loss.last': '0.5',
      'metric.loss.min': '0.5',
      'metric.loss.max': '3',
      'metric.loss.mean': '1.75',
      'metric.loss.count': '3',
      'metric.loss.last_step': '2',
    })
    expect(b).toMatchObject({
      id: 'b',
      'param.lr': '1e-7',
      'param.toString': 'own',
      'param.note': '',
      'summary.best': '0.25',
      'metric.loss.last': '',
    })
    store.close()
  })

  it('is written slice by slice, tells how far it is, and leaves nothing behind when it is cancelled', async () => {
    const { files, store } = await openEmpty()
    const long = pointsOf(rampOf('a', 'loss', 0, 200_000))
    valueOf(await store.service.ingest(makeClient('page').batch([startOf('a')], long)))
    const exported = valueOf(await exportCsv(store))
    expect(rowsOf((await unzip(exported))[METRICS])).toHaveLength(200_001)
    const told = store.events.flatMap((event) => (event.type === 'jobProgressed' ? [event.done] : []))
    expect(told.some((done) => done > 0 && done < 200_000)).toBe(true)
    const exporting = exportCsv(store, 'x')
    await store.service.cancel('x')
    expect(await exporting).toMatchObject({ ok: false, error: { code: 'cancelled' } })
    expect(files.names()).toEqual(['own'])
    store.close()
  })
})
