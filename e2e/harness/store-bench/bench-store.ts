import type { LogBatch } from '../../../src/model/log-batch.ts'
import { openDatabases } from '../../../workers/db/databases.ts'
import type { Databases } from '../../../workers/db/databases.ts'
import { openStoreFiles } from '../../../workers/db/open-files.ts'
import { makeService } from '../../../workers/service.ts'
import type { Service } from '../../../workers/service.ts'
import { makeClient, startOf, STARTED_AT } from '../../../workers/store-suite/store.fixture.ts'
import { createRandom } from '../../../src/model/seeded-random.ts'
import type { Client } from '../../../workers/store-suite/store.fixture.ts'

/** What the client sends when the training logs faster than it is stored; ten series share it evenly. */
export const BATCH_POINTS = 131_070

/** A store over the files of this browser, opened in this thread. */
export interface BenchStore {
  readonly service: Service
  readonly databases: Databases
}

export async function openBenchStore(): Promise<BenchStore> {
  const files = await openStoreFiles()
  if (files.kind !== 'opfs') throw new Error(`These files are no files: ${files.reason}`)
  const databases = await openDatabases(files)
  return { databases, service: makeService(databases, () => undefined) }
}

/** Errors: throws when the store refuses. */
export async function ingest({ service }: BenchStore, batch: LogBatch): Promise<void> {
  const outcome = await service.ingest(batch)
  if (!outcome.ok) throw new Error(outcome.error.message)
}

/** Batches of one run whose series grow together: regular steps, times a millisecond apart, random doubles. */
export interface BatchSource {
  readonly client: Client
  next(pointsPerSeries: number): LogBatch
}

export function makeBatches(runId: string, seriesCount: number): BatchSource {
  const client = makeClient(runId)
  const keys = Array.from({ length: seriesCount }, (_, index) => `metric_${index}`)
  const random = createRandom(seriesCount)
  let step = 0
  return {
    client,
    next(count) {
      const sections = keys.map((key) => ({ runId, key, count }))
      const columns = new Float64Array(3 * count * seriesCount)
      let offset = 0
      for (let series = 0; series < seriesCount; series++) {
        for (let index = 0; index < count; index++) {
          columns[offset + index] = step + index
          columns[offset + count + index] = random()
          columns[offset + 2 * count + index] = STARTED_AT + step + index
        }
        offset += 3 * count
      }
      const changes = step === 0 ? [startOf(runId)] : []
      step += count
      return client.batch(changes, { sections, columns })
    },
  }
}
