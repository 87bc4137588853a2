import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { NUMBER } from '../../src/model/column.ts'
import type { SeriesWindow } from '../../src/protocol/windows.ts'
import { openDatabases } from '../db/databases.ts'
import { openMemoryFiles } from '../db/memory-files.ts'
import { loadEngine } from '../db/sqlite.ts'
import { makeService } from '../service.ts'
import { valueOf } from '../store-suite/assert.ts'

/** Files of every version that was ever written; a new version adds its own and leaves these as they are. */
const RELEASED = ['format-1.db', 'format-1.arrow', 'format-3.db'] as const
const FIXTURES = join(import.meta.dirname, '../../e2e/fixtures')

it.each(RELEASED)('opens %s as it was written', async (fileName) => {
  const files = openMemoryFiles(await loadEngine(), 'a test')
  const service = makeService(await openDatabases(files), () => undefined)
  const file = new Blob([await readFile(join(FIXTURES, fileName))])
  const { database, ...opened } = valueOf(await service.openFile({ jobId: 'open', fileName, file }))
  expect(opened).toMatchObject({ runs: 2, points: 43, warnings: [] })

  const first = valueOf(await service.readRun({ database, runId: 'run-a' }))
  expect(first.run).toMatchObject({
    name: 'first',
    status: 'failed',
    endedAt: 1_700_000_000_500,
    color: 'series-2',
  })
  expect(first.params).toEqual({ lr: 0.01, layers: [64, 10], note: null, nested: { deep: true } })
  expect(first.tags).toEqual({ model: 'mlp' })
  expect(first.summary).toEqual({ best: 0.5 })
  expect(first.refusals).toMatchObject([{ key: 'acc', count: 2 }])
  expect(first.series).toMatchObject([
    { key: 'loss', count: 40, nanCount: 1, posInfCount: 1, negInfCount: 1 },
  ])

  const second = valueOf(await service.readRun({ database, runId: 'run-b' }))
  expect(second.run).toMatchObject({ status: 'running', parentRunId: 'run-a', forkedAtStep: 20 })
  const series = [
    { runId: 'run-a', key: 'loss' },
    { runId: 'run-b', key: 'val/acc' },
  ]
  const { windows } = valueOf(
    await service.readWindows({ database, x: 'step', from: null, to: null, buckets: 100, series }),
  )
  const [loss, acc] = windows as [SeriesWindow, SeriesWindow]
  expect(Array.from(loss.x, (step, i) => loss.mean[i] === Math.sin(step))).toEqual(Array(37).fill(true))
  expect([Array.from(acc.x), Array.from(acc.mean)]).toEqual([
    [3, 5, 5],
    [0.75, 0.25, 0.5],
  ])
})

it('opens the arrays of format-3.db as they were written', async () => {
  const files = openMemoryFiles(await loadEngine(), 'a test')
  const service = makeService(await openDatabases(files), () => undefined)
  const fileName = 'format-3.db'
  const file = new Blob([await readFile(join(FIXTURES, fileName))])
  const { database } = valueOf(await service.openFile({ jobId: 'open', fileName, file }))
  const read = async (key: string) => {
    const request = { database, runId: 'run-a', key, from: 0, limit: 10 }
    const { id, step } = valueOf(await service.readArrays(request))
    const { dtype, shape, start } = valueOf(await service.readArray({ database, id: id.at(-1) ?? 0 }))
    return { step: Array.from(step), dtype, shape, last: start }
  }
  const gradients = await read('grad')
  expect(gradients).toMatchObject({
    step: [1, 2],
    dtype: 'float32',
    shape: [2, 2],
  })
  expect(new Float32Array(gradients.last.buffer)).toEqual(Float32Array.of(-5, 0.5, Number.NaN, Infinity))
  const weights = await read('weights')
  expect(weights.last).toEqual(new Uint8Array(70_000).map((_, index) => index % 251))
})

it('opens what was arranged in format-6.db as it was written', async () => {
  const files = openMemoryFiles(await loadEngine(), 'a test')
  const service = makeService(await openDatabases(files), () => undefined)
  const fileName = 'format-6.db'
  const file = new Blob([await readFile(join(FIXTURES, fileName))])
  const { database, ...opened } = valueOf(await service.openFile({ jobId: 'open', fileName, file }))
  expect(opened).toMatchObject({ runs: 2, points: 43, warnings: [] })
  expect(valueOf(await service.readArrangement({ database, experimentId: 'experiment-1' }))).toEqual({
    views: [{ name: 'by time', view: 'x=time' }],
    directions: { loss: 'min' },
    alerts: [],
  })
  const archived = valueOf(await service.readRun({ database, runId: 'run-b' }))
  expect(archived.run).toMatchObject({ archivedAt: 1_700_000_001_000, parentRunId: 'run-a' })
  expect(archived.events).toEqual([
    { kind: 'mark', time: 1_700_000_000_300, until: null, step: 25, text: 'new data' },
  ])
  const looked = valueOf(await service.readRuns({ database, experimentId: 'experiment-1' }))
  expect(looked.id).toEqual(['run-a'])
})

it('opens what format-7.db shows, keeps and says, as it was written', async () => {
  const files = openMemoryFiles(await loadEngine(), 'a test')
  const service = makeService(await openDatabases(files), () => undefined)
  const fileName = 'format-7.db'
  const file = new Blob([await readFile(join(FIXTURES, fileName))])
  const { database } = valueOf(await service.openFile({ jobId: 'open', fileName, file }))
  const experimentId = 'experiment-1'
  const media = valueOf(await service.readMedia({ database, experimentId, runIds: null }))
  expect(media).toMatchObject({
    key: ['samples/page', 'samples/words', 'weights/kernel'],
    kind: ['html', 'text', 'histogram'],
  })
  const said = { database, runId: 'run-a', search: '', levels: null, from: 0, limit: 10 }
  expect(valueOf(await service.readConsole(said)).lines).toEqual([
    { time: 1_700_000_000_100, step: 10, level: 'warn', text: 'slow' },
  ])
  expect(valueOf(await service.readArrangement({ database, experimentId })).alerts).toEqual([
    { id: 'nan', rule: { metric: 'loss', condition: { type: 'not-finite' }, stops: false } },
  ])
  const list = valueOf(await service.readArtifacts({ database, experimentId, runId: null }))
  expect(list).toMatchObject({
    artifacts: [
      { id: 'v2', version: 2, aliases: [], metadata: { epoch: 2 }, step: 20 },
      { id: 'v1', version: 1, aliases: ['best'], usedBy: ['run-b'] },
    ],
    policies: [{ name: 'model', keep: 5 }],
    models: [
      { name: 'digits', notes: 'the good one', versions: [{ artifactId: 'v1', stage: 'production' }] },
    ],
  })
  const weights = { database, artifactId: 'v1', path: 'weights/weights.bin' }
  expect(await valueOf(await service.readArtifactFile(weights)).text()).toBe('first'.repeat(100))
})

it('holds the standard deviation in format-8.db that its points have', async () => {
  const files = openMemoryFiles(await loadEngine(), 'a test')
  const service = makeService(await openDatabases(files), () => undefined)
  const bytes = new Uint8Array(await readFile(join(FIXTURES, 'format-8.db')))
  const file = new Blob([bytes])
  await files.importParts('as it is', [bytes])
  const written = await files.open('as it is')
  const said = written.column('select std from series order by key', [], NUMBER)
  const { database } = valueOf(await service.openFile({ jobId: 'open', fileName: 'format-8.db', file }))
  const { series } = valueOf(await service.readRun({ database, runId: 'run-a' }))
  const { windows } = valueOf(
    await service.readWindows({
      database,
      x: 'step',
      from: null,
      to: null,
      buckets: 100,
      series: [{ runId: 'run-a', key: 'loss' }],
    }),
  )
  const sines = Array.from((windows as [SeriesWindow])[0].x, Math.sin)
  const mean = sines.reduce((sum, value) => sum + value) / sines.length
  const std = Math.sqrt(sines.reduce((sum, value) => sum + (value - mean) ** 2, 0) / sines.length)
  expect(said[0]).toBeCloseTo(std, 12)
  expect(series[0]?.std).toBeCloseTo(std, 12)
})

it('opens what format-9.db says of what trained, and of older files that nobody said', async () => {
  const service = makeService(
    await openDatabases(openMemoryFiles(await loadEngine(), 'a test')),
    () => undefined,
  )
  const hostIn = async (fileName: string, runId: string): Promise<string | null> => {
    const file = new Blob([await readFile(join(FIXTURES, fileName))])
    const { database } = valueOf(await service.openFile({ jobId: 'open', fileName, file }))
    return valueOf(await service.readRun({ database, runId })).run.host
  }
  expect(await hostIn('format-9.db', 'run-a')).toBe('worker')
  expect(await hostIn('format-9.db', 'run-b')).toBe(null)
  expect(await hostIn('format-7.db', 'run-a')).toBe(null)
})

it('opens the bests of format-11.db with what they were given for, and those of older files as given by hand', async () => {
  const service = makeService(
    await openDatabases(openMemoryFiles(await loadEngine(), 'a test')),
    () => undefined,
  )
  const readIn = async (fileName: string) => {
    const file = new Blob([await readFile(join(FIXTURES, fileName))])
    const { database } = valueOf(await service.openFile({ jobId: 'open', fileName, file }))
    const list = valueOf(await service.readArtifacts({ database, experimentId: null, runId: null }))
    return { held: list.artifacts.flatMap(({ heldAliases }) => heldAliases), policies: list.policies }
  }
  const best = { alias: 'best', metric: 'val_loss', direction: 'min' }
  const { held, policies } = await readIn('format-11.db')
  expect(held).toEqual([
    { ...best, runId: null, value: 0.125 },
    { ...best, runId: 'run-b', value: 0.25 },
    { ...best, runId: 'run-a', value: 0.5 },
  ])
  expect(policies).toMatchObject([{ name: 'checkpoint', keep: 2, runId: 'run-a' }])
  const old = await readIn('format-10.db')
  expect(old.held).toEqual([{ alias: 'best', runId: null, metric: null, value: null, direction: null }])
  expect(old.policies).toMatchObject([{ name: 'model', keep: 5, runId: null }])
})

it('opens what format-12.db says a param was before it was set', async () => {
  const service = makeService(
    await openDatabases(openMemoryFiles(await loadEngine(), 'a test')),
    () => undefined,
  )
  const file = new Blob([await readFile(join(FIXTURES, 'format-12.db'))])
  const { database } = valueOf(await service.openFile({ jobId: 'open', fileName: 'format-12.db', file }))
  expect(valueOf(await service.readRun({ database, runId: 'run-a' }))).toMatchObject({
    params: { lr: 0.003, units: 8 },
    paramChanges: { lr: { first: 0.01, step: 105 } },
  })
})
