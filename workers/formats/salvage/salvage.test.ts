import { NUMBER } from '../../../src/model/column.ts'
import { beforeEach, describe, expect, it } from 'vitest'
import { NO_POINTS } from '../../../src/model/log-batch.ts'
import type { ArraySection } from '../../../src/model/log-batch.ts'
import { createRandom } from '../../../src/model/seeded-random.ts'
import type { StoreArtifactRequest } from '../../../src/protocol/artifacts-api.ts'
import { OWN_DATABASE } from '../../../src/protocol/database-id.ts'
import type { DamagedDatabase } from '../../../src/protocol/store-api.ts'
import { openMemoryFiles } from '../../db/memory-files.ts'
import { rawFileOf } from '../../db/raw-file.ts'
import type { Sql } from '../../db/sql.ts'
import { loadEngine } from '../../db/sqlite.ts'
import type { StoreFiles } from '../../db/store-files.ts'
import { openService } from '../../service.ts'
import type { Service } from '../../service.ts'
import { valueOf } from '../../store-suite/assert.ts'
import { makeClient, pointsOf, rampOf, startOf, STARTED_AT } from '../../store-suite/store.fixture.ts'

const PAGE_BYTES = 32_768
const RUNS = 12
const POINTS = 20_000
const LOGGED = 7

let files: StoreFiles
/** Open connections. */
let opened = new Set<Sql>()

beforeEach(async () => {
  const memory = openMemoryFiles(await loadEngine(), 'a test')
  opened = new Set()
  files = {
    ...memory,
    async open(name) {
      const sql = await memory.open(name)
      const { close } = sql
      opened.add(sql)
      return Object.assign(sql, {
        close() {
          if (opened.delete(sql)) close()
        },
      })
    },
    release: () => undefined,
  }
})

const open = (): Promise<Service> => openService(files, () => undefined)

function arrayOf(runId: string, length: number): ArraySection {
  const bytes = Uint8Array.from({ length }, (_, index) => index % 251)
  const [steps, times] = [Float64Array.of(0), Float64Array.of(STARTED_AT)]
  return { runId, key: 'weights', dtype: 'uint8', shape: [length], steps, times, bytes }
}

function versionOf(runId: string): StoreArtifactRequest {
  const blob = new Blob([`weights of ${runId}`.repeat(1_000)])
  const files = [{ path: 'weights.bin', mime: '', blob }]
  const [name, type, aliases] = [`model of ${runId}`, 'model', ['best']]
  return {
    jobId: runId,
    id: `of ${runId}`,
    runId,
    name,
    type,
    step: 1,
    createdAt: 5,
    metadata: {},
    aliases,
    files,
  }
}

/** Runs of two series, a param, an array, a line of console and an artifact each, all in the database. */
async function fill(): Promise<void> {
  const service = await open()
  for (let index = 0; index < RUNS; index++) {
    const id = `run-${index}`
    const client = makeClient(`client of ${id}`)
    const ramps = [rampOf(id, 'loss', 0, POINTS), rampOf(id, 'acc', 0, 100)]
    const start = startOf(id, { params: { index }, tags: { even: String(index % 2 === 0) } })
    valueOf(await service.ingest(client.batch([start], pointsOf(...ramps))))
    valueOf(await service.ingest({ ...client.batch([]), arrays: [arrayOf(id, 70_000)] }))
    const said = { time: STARTED_AT, step: null, level: 'log', text: id } as const
    valueOf(await service.ingest(client.batch([{ type: 'addConsole', runId: id, lines: [said] }])))
    valueOf(await service.storeArtifact(versionOf(id)))
    valueOf(
      await service.ingest(
        client.batch([{ type: 'endRun', runId: id, status: 'finished', endedAt: STARTED_AT }]),
      ),
    )
  }
  service.close()
}

/** Changes the file of the closed own database. */
async function damage(name: string, change: (file: ReturnType<typeof rawFileOf>) => void): Promise<void> {
  const sql = await files.open(name)
  change(rawFileOf(sql))
  sql.close()
}

async function awaitRescue(service: Service): Promise<DamagedDatabase | undefined> {
  for (;;) {
    const { damaged } = valueOf(await service.readStorage())
    if (damaged.every(({ state }) => state !== 'recovering')) return damaged.at(-1)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

interface Found {
  readonly runs: readonly string[]
  readonly points: number
  readonly params: number
  readonly arrays: number
  readonly artifacts: number
  readonly lines: number
}

async function readEverything(service: Service): Promise<Found> {
  const found = { runs: [] as string[], points: 0, params: 0, arrays: 0, artifacts: 0, lines: 0 }
  for (const { id: experimentId } of valueOf(await service.readExperiments(OWN_DATABASE))) {
    const { id } = valueOf(await service.readRuns({ database: OWN_DATABASE, experimentId }))
    for (const runId of id) {
      const { series, params, arrays } = valueOf(await service.readRun({ database: OWN_DATABASE, runId }))
      found.runs.push(runId)
      found.points += series.reduce((sum, { count }) => sum + count, 0)
      found.params += Object.keys(params).length
      found.arrays += arrays.reduce((sum, { count }) => sum + count, 0)
      const windows = await service.readWindows({
        database: OWN_DATABASE,
        x: 'step',
        from: null,
        to: null,
        buckets: 100,
        series: series.map(({ key }) => ({ runId, key })),
      })
      valueOf(windows)
    }
  }
  const everything = { database: OWN_DATABASE, experimentId: null, runId: null }
  for (const { id: artifactId, aliases } of valueOf(await service.readArtifacts(everything)).artifacts) {
    const asked = { database: OWN_DATABASE, artifactId, path: 'weights.bin' }
    valueOf(await service.readArtifactFile(asked))
    found.artifacts += aliases.length
  }
  const [own] = opened
  found.lines = own?.value('select count(*) from console_lines', [], NUMBER) ?? 0
  return found
}

const ALL: Found = {
  runs: Array.from({ length: RUNS }, (_, index) => `run-${index}`),
  points: RUNS * (POINTS + 100),
  params: RUNS,
  arrays: RUNS,
  artifacts: RUNS,
  lines: RUNS,
}

async function expectAll(service: Service): Promise<void> {
  const found = await readEverything(service)
  expect({ ...found, runs: found.runs.toSorted() }).toEqual({ ...ALL, runs: ALL.runs.toSorted() })
}

describe('a damaged database', () => {
  it('gives back everything when only its first page is lost', async () => {
    await fill()
    await damage(OWN_DATABASE, (file) => file.write(0, new Uint8Array(PAGE_BYTES).fill(0xa5)))
    const service = await open()
    const report = await awaitRescue(service)
    expect(report).toMatchObject({ name: OWN_DATABASE, state: 'recovered', runs: RUNS, points: ALL.points })
    expect(report?.incompleteRuns).toEqual([])
    await expectAll(service)
  })

  it('counts a run that is in the log alone among those that came over', async () => {
    await fill()
    const service = await open()
    const client = makeClient('late')
    valueOf(await service.ingest(client.batch([startOf('late')], pointsOf(rampOf('late', 'loss', 0, 10)))))
    kill()
    await damage(OWN_DATABASE, (file) => file.write(0, new Uint8Array(PAGE_BYTES).fill(0xa5)))
    const again = await open()
    expect(await awaitRescue(again)).toMatchObject({ state: 'recovered', runs: RUNS + 1, unnamedRuns: [] })
    expect((await readEverything(again)).runs).toContain('late')
  })

  it('gives back everything when its header is noise', async () => {
    await fill()
    await damage(OWN_DATABASE, (file) => file.write(0, new Uint8Array(100).fill(0xff)))
    const service = await open()
    expect(await awaitRescue(service)).toMatchObject({ state: 'recovered', points: ALL.points })
    await expectAll(service)
  })

  it('is kept aside byte for byte, and deleted when that is asked for', async () => {
    await fill()
    await damage(OWN_DATABASE, (file) => file.write(PAGE_BYTES * 7, new Uint8Array(PAGE_BYTES).fill(9)))
    const service = await open()
    const report = await awaitRescue(service)
    const name = report?.name ?? ''
    const { file } = valueOf(await service.exportDamaged({ jobId: 'job', name }))
    const bytes = new Uint8Array(await file.arrayBuffer())
    expect(bytes.length).toBe(report?.bytes)
    expect(bytes.subarray(PAGE_BYTES * 7, PAGE_BYTES * 8).every((byte) => byte === 9)).toBe(true)
    valueOf(await service.settleDamaged({ name, action: 'dismiss' }))
    expect(valueOf(await service.readStorage()).damaged[0]?.dismissed).toBe(true)
    valueOf(await service.settleDamaged({ name, action: 'delete' }))
    expect(valueOf(await service.readStorage()).damaged).toEqual([])
    service.close()
    expect(files.names()).toEqual(['own-2'])
    const again = await open()
    expect(valueOf(await again.readStorage()).damaged).toEqual([])
  })

  it('loses no run and nothing acknowledged, whichever page is lost', { timeout: 120_000 }, async () => {
    await fill()
    const service = await open()
    valueOf(
      await service.ingest(makeClient('late').batch([], pointsOf(rampOf('run-3', 'loss', POINTS, LOGGED)))),
    )
    const stored = await killAndKeep()
    const pages = stored.own.length / PAGE_BYTES
    expect(pages).toBeGreaterThan(60)
    for (let page = 0; page < pages; page += page < 24 ? 1 : 5) {
      await bringBack(stored)
      await damage(OWN_DATABASE, (file) =>
        file.write(page * PAGE_BYTES, page % 2 === 0 ? noise(page) : ZEROS),
      )
      const again = await open()
      const report = await awaitRescue(again)
      expect(report?.failure ?? '', `page ${page}`).toBe('')
      const found = await readEverything(again)
      // Of a run whose row is lost the points are there, under another name.
      expect(found.runs.length, `page ${page}`).toBe(RUNS)
      expect(found.points, `page ${page}`).toBeGreaterThan(ALL.points * 0.6)
      const { series } = valueOf(await again.readRun({ database: OWN_DATABASE, runId: 'run-3' }))
      expect(series.find(({ key }) => key === 'loss')?.lastStep, `page ${page}`).toBe(POINTS + LOGGED - 1)
      again.close()
    }
  })

  it(
    'opens and gives back what is left of a file that was cut off anywhere',
    { timeout: 60_000 },
    async () => {
      await fill()
      const stored = await killAndKeep()
      for (const length of [
        0,
        40,
        512,
        PAGE_BYTES,
        PAGE_BYTES * 30,
        PAGE_BYTES * 60 + 77,
        stored.own.length - PAGE_BYTES,
      ]) {
        await bringBack({ ...stored, own: stored.own.slice(0, length) })
        const again = await open()
        const report = await awaitRescue(again)
        expect(report?.state, `${length} bytes`).toBe(length === 0 ? undefined : 'recovered')
        const { points } = await readEverything(again)
        expect(points, `${length} bytes`).toBeGreaterThanOrEqual(length < PAGE_BYTES * 60 ? 0 : POINTS)
        valueOf(await again.ingest(makeClient(`after ${length}`).batch([startOf('after')], NO_POINTS)))
        again.close()
      }
    },
  )

  it('goes on with a salvage that was cut off, and brings nothing twice', { timeout: 60_000 }, async () => {
    await fill()
    await damage(OWN_DATABASE, (file) => file.write(0, ZEROS))
    const cut = await open()
    await new Promise((resolve) => setTimeout(resolve, 2))
    kill()
    expect(() => cut.close()).not.toThrow()
    const service = await open()
    const report = await awaitRescue(service)
    expect(report).toMatchObject({ state: 'recovered' })
    await expectAll(service)
  })

  it('takes what is logged meanwhile after what it goes on with', async () => {
    await fill()
    await damage(OWN_DATABASE, (file) => file.write(0, ZEROS))
    const service = await open()
    const going = makeClient('going on')
    for (const from of [POINTS, POINTS + 10]) {
      valueOf(await service.ingest(going.batch([], pointsOf(rampOf('run-11', 'loss', from, 10)))))
    }
    const again = { ...makeClient('client of run-2').batch([startOf('other')], NO_POINTS), sequence: 4 }
    expect(valueOf(await service.ingest(again)).sequence).toBe(4)
    await awaitRescue(service)
    const { series } = valueOf(await service.readRun({ database: OWN_DATABASE, runId: 'run-11' }))
    const loss = series.find(({ key }) => key === 'loss')
    expect([loss?.count, loss?.firstStep, loss?.lastStep]).toEqual([POINTS + 20, 0, POINTS + 19])
  })

  it('is noticed when it is read, too, and salvaged at the next opening', async () => {
    await fill()
    let condemned = 0
    const service = await openService(
      files,
      () => undefined,
      () => (condemned += 1),
    )
    const [own] = opened
    own?.run(
      "update chunk_columns set point_values = x'00' where id = (select max(id) from chunk_columns where length(point_values) > 9000)",
    )
    const answers = await Promise.all(
      ALL.runs.map((runId) =>
        service.readWindows({
          database: OWN_DATABASE,
          x: 'step',
          from: 100,
          to: 15_000,
          buckets: 15_000,
          series: [{ runId, key: 'loss' }],
        }),
      ),
    )
    expect(answers.filter(({ ok }) => !ok)).toHaveLength(1)
    await new Promise((resolve) => setTimeout(resolve))
    expect(condemned).toBe(1)
    service.close()
    const again = await open()
    expect(await awaitRescue(again)).toMatchObject({ state: 'recovered', incompleteRuns: ['run-11'] })
  })
})

const ZEROS = new Uint8Array(PAGE_BYTES)

function noise(seed: number): Uint8Array {
  const random = createRandom(seed)
  return Uint8Array.from({ length: PAGE_BYTES }, () => random() * 256)
}

/** What the thread of a killed tab leaves: no file open, nothing taken in. */
function kill(): void {
  for (const sql of opened) sql.close()
}

interface Stored {
  readonly own: Uint8Array<ArrayBuffer>
  readonly log: Uint8Array<ArrayBuffer>
}

async function killAndKeep(): Promise<Stored> {
  kill()
  const log = new Uint8Array(files.log?.size() ?? 0)
  files.log?.read(log, 0)
  let own = new Uint8Array(0)
  await damage(OWN_DATABASE, (file) => (own = file.read(0, file.size)))
  return { own, log }
}

async function bringBack({ own, log }: Stored): Promise<void> {
  kill()
  for (const name of files.names()) files.remove(name)
  if (own.length > 0) await files.importParts(OWN_DATABASE, [own])
  else await damage(OWN_DATABASE, () => undefined)
  files.log?.write(log, 0)
}
