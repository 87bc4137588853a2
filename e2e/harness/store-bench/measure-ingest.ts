import { NUMBER } from '../../../src/model/column.ts'
import { databaseBytes } from '../../../workers/db/store-files.ts'
import { BATCH_POINTS, ingest, makeBatches, openBenchStore } from './bench-store.ts'
import type { BatchSource, BenchStore } from './bench-store.ts'
import { createRawFile } from './raw-file.ts'

const SERIES = 10
const BYTES_PER_POINT = 24

/** How many batches the client has under way at a time. */
const IN_FLIGHT = 4

export interface IngestTimes {
  /** Milliseconds until all points were durable, one entry a round. */
  readonly ingestMs: number[]
  /** As many bytes in as many parts, each written and flushed. */
  readonly rawMs: number[]
  /** The same, flushed once at the end. */
  readonly rawOnceMs: number[]
  readonly bytesPerPoint: number
  readonly points: number
}

/** Ingests a run of about `points` points in every round, and writes as many bytes raw, in turns. */
export async function measureIngest(points: number, rounds: number): Promise<IngestTimes> {
  const store = await openBenchStore()
  const { sql } = store.databases.own
  const batches = Math.round(points / BATCH_POINTS)
  const before = databaseBytes(sql)
  const times = { ingestMs: [] as number[], rawMs: [] as number[], rawOnceMs: [] as number[] }
  for (let round = 0; round < rounds; round++) {
    times.ingestMs.push(await ingestAll(store, makeBatches(`ingest ${round}`, SERIES), batches))
    times.rawMs.push(await writeRaw(batches, true))
    times.rawOnceMs.push(await writeRaw(batches, false))
  }
  const sent = batches * BATCH_POINTS * rounds
  const counted = sql.value('select sum(count) from series', [], NUMBER)
  if (counted !== sent) throw new Error(`${sent} points were sent, ${counted} counted`)
  store.service.close()
  const after = await openBenchStore()
  const bytesPerPoint = (databaseBytes(after.databases.own.sql) - before) / sent
  after.service.close()
  return { ...times, bytesPerPoint, points: batches * BATCH_POINTS }
}

/** Making the batches is not timed. */
async function ingestAll(store: BenchStore, source: BatchSource, batches: number): Promise<number> {
  let elapsed = 0
  for (let sent = 0; sent < batches;) {
    const count = Math.min(IN_FLIGHT, batches - sent)
    const group = Array.from({ length: count }, () => source.next(BATCH_POINTS / SERIES))
    const start = performance.now()
    await Promise.all(group.map((batch) => ingest(store, batch)))
    elapsed += performance.now() - start
    sent += count
  }
  return elapsed
}

async function writeRaw(parts: number, flushEach: boolean): Promise<number> {
  const file = await createRawFile('raw')
  const bytes = new Uint8Array(BATCH_POINTS * BYTES_PER_POINT)
  for (let at = 0; at < bytes.length; at += 65_536) {
    crypto.getRandomValues(bytes.subarray(at, Math.min(bytes.length, at + 65_536)))
  }
  const start = performance.now()
  for (let part = 0; part < parts; part++) {
    file.write(bytes)
    if (flushEach) file.flush()
  }
  file.flush()
  const elapsed = performance.now() - start
  await file.remove()
  return elapsed
}
