import { NUMBER } from '../../../src/model/column.ts'
import { ingest, makeBatches, openBenchStore } from './bench-store.ts'
import { createRawFile } from './raw-file.ts'

export interface CommitTimes {
  readonly commitMs: number[]
  readonly rawMs: number[]
}

/** Times commits of 10 × 100 points and raw writes of 64 KiB, each flushed, in turns. */
export async function measureCommits(rounds: number): Promise<CommitTimes> {
  const store = await openBenchStore()
  const source = makeBatches('commits', 10)
  const file = await createRawFile('raw')
  const commitMs: number[] = []
  const rawMs: number[] = []
  for (let round = 0; round < rounds; round++) {
    const batch = source.next(100)
    const bytes = crypto.getRandomValues(new Uint8Array(65_536))
    const start = performance.now()
    await ingest(store, batch)
    const middle = performance.now()
    file.write(bytes)
    file.flush()
    commitMs.push(middle - start)
    rawMs.push(performance.now() - middle)
  }
  await file.remove()
  const counted = store.databases.own.sql.value('select sum(count) from series', [], NUMBER)
  if (counted !== rounds * 1_000) throw new Error(`${rounds * 1_000} points were sent, ${counted} counted`)
  store.service.close()
  return { commitMs, rawMs }
}
