import { describe, expect, it } from 'vitest'
import { NO_POINTS, RETURNED_MIN_BYTES, type LogBatch } from '../../src/model/log-batch.ts'
import { err, ok } from '../../src/model/result.ts'
import type { Outcome } from '../../src/protocol/outcome.ts'
import type { IngestReceipt } from '../../src/protocol/store-api.ts'
import type { WorkerApi } from '../../src/protocol/worker-api.ts'
import { SILENT_OWNER } from './gates.ts'
import { giveBuffersBack } from './give-back.ts'

const columns = new Float64Array(RETURNED_MIN_BYTES / 8)
const LARGE: LogBatch = {
  clientId: 'c',
  sequence: 1,
  firstUnacknowledged: 1,
  changes: [],
  points: { sections: [], columns },
}
const RECEIPT = { sequence: 1, watched: false }

function apiThat(answers: Outcome<IngestReceipt>): WorkerApi {
  return giveBuffersBack({ ingest: () => answers } as unknown as WorkerApi)
}

describe('buffers of a batch', () => {
  it('come back with the receipt', async () => {
    const answer = await apiThat(Promise.resolve(ok(RECEIPT))).ingest(LARGE)
    expect(answer).toEqual(ok({ ...RECEIPT, buffers: [columns.buffer] }))
  })

  it('stay where a refused batch may still wait', async () => {
    const answer = await apiThat(Promise.resolve(err(SILENT_OWNER))).ingest(LARGE)
    expect(answer).toEqual(err(SILENT_OWNER))
  })

  it('do not come back when they are small', async () => {
    const answer = await apiThat(Promise.resolve(ok(RECEIPT))).ingest({ ...LARGE, points: NO_POINTS })
    expect(answer).toEqual(ok(RECEIPT))
  })
})
