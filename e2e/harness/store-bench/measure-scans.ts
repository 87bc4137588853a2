import { NUMBER } from '../../../src/model/column.ts'
import { addPointsTable } from '../../../workers/read/points-table.ts'
import { ingest, makeBatches, openBenchStore } from './bench-store.ts'

export interface ScanRates {
  /** Rows a second that a query over all columns reads, one entry a round. */
  readonly points: number[]
  /** The same of a table with the same rows. */
  readonly table: number[]
}

const SERIES = 10
const POINTS_PER_SERIES = 100_000

const scanOf = (table: string): string =>
  `select count(*) as rows, sum(series_id) as series, max(step) as step, sum(value) as value, max(time) as time from ${table}`
const SCANNED = { rows: NUMBER, series: NUMBER, step: NUMBER, value: NUMBER, time: NUMBER } as const

/** Reads a million rows of `points` and of a plain table in turns. */
export async function measureScans(rounds: number): Promise<ScanRates> {
  const store = await openBenchStore()
  const { sql } = store.databases.own
  addPointsTable(store.databases.own)
  await ingest(store, makeBatches('scans', SERIES).next(POINTS_PER_SERIES))
  sql.exec('create temp table plain (series_id integer, step integer, value real, time real)')
  sql.exec('insert into plain select series_id, step, value, time from points')
  const rates = { points: [] as number[], table: [] as number[] }
  const answers = new Set<string>()
  const scan = (table: string): number => {
    const start = performance.now()
    const answer = sql.first(scanOf(table), [], SCANNED)
    answers.add(JSON.stringify(answer))
    return (SERIES * POINTS_PER_SERIES) / ((performance.now() - start) / 1000)
  }
  for (const table of ['points', 'plain']) scan(table)
  for (let round = 0; round < rounds; round++) {
    rates.points.push(scan('points'))
    rates.table.push(scan('plain'))
  }
  store.service.close()
  if (answers.size !== 1) throw new Error(`the two tables differ: ${[...answers].join(' and ')}`)
  return rates
}
