import { TEXT } from '../../src/model/column.ts'
import { ARRAY_PART_BYTES } from '../../src/model/log-batch.ts'
import type { ArraySection, LogBatch } from '../../src/model/log-batch.ts'
import { OWN_DATABASE } from '../../src/protocol/database-id.ts'
import { assertEqual, assertTrue, valueOf } from './assert.ts'
import { makeClient, openStore, pointsOf, rampOf, startOf, STARTED_AT } from './store.fixture.ts'
import type { OpenFiles, Store } from './store.fixture.ts'

/** A disk whose calls can be made to fail. */
export interface FailingDisk {
  /** Lets the `from`-th call from now on and the `count` − 1 after it fail; 0 for none. Writes throw unless they are to lie. */
  failAt(from: number, count: number, writes?: 'throw' | 'lie'): void
  /** Calls since `failAt`. */
  readonly calls: number
}

const POINTS = 9_000
const FEW = 40

function array(key: string, length: number): ArraySection {
  return {
    runId: 'a',
    key,
    dtype: 'uint8',
    shape: [length],
    steps: Float64Array.of(0),
    times: Float64Array.of(STARTED_AT),
    bytes: Uint8Array.from({ length }, (_, index) => (index * 31 + length) % 251),
  }
}

/** Everything that is written in a way of its own: log records, full chunks, arrays in rows, in blobs and in parts. */
function makeBatches(): readonly LogBatch[] {
  const client = makeClient('page')
  const parted = array('parted', 2 * ARRAY_PART_BYTES)
  const part = (from: number): ArraySection => ({
    ...parted,
    bytes: parted.bytes.subarray(from, from + ARRAY_PART_BYTES),
    part: { id: 'upload', offset: from },
  })
  return [
    client.batch([startOf('a', { params: { lr: 0.1 } })], pointsOf(rampOf('a', 'few', 0, FEW))),
    client.batch([], pointsOf(rampOf('a', 'few', FEW, FEW))),
    client.batch([], pointsOf(rampOf('a', 'loss', 0, POINTS))),
    { ...client.batch([]), arrays: [array('small', 500)] },
    { ...client.batch([]), arrays: [array('large', 300_000)] },
    { ...client.batch([]), arrays: [part(0)] },
    client.batch([], pointsOf(rampOf('a', 'few', 2 * FEW, FEW), rampOf('a', 'loss', POINTS, POINTS))),
    { ...client.batch([]), arrays: [part(ARRAY_PART_BYTES)] },
    client.batch([{ type: 'endRun', runId: 'a', status: 'finished', endedAt: STARTED_AT }]),
  ]
}

/** More tries than calls fail in a row. */
const MAX_TRIES = 40

/** Sends batches as the client does: again, and in order, until each is acknowledged. Answers how many failed. */
async function sendAll({ service }: Store, batches: readonly LogBatch[]): Promise<number> {
  let failures = 0
  for (const batch of batches) {
    for (;;) {
      const outcome = await service.ingest(batch).catch((cause: unknown) => ({ ok: false, cause }) as const)
      if (outcome.ok) break
      failures += 1
      assertTrue(
        failures < MAX_TRIES,
        `batch ${batch.sequence} is refused for ever: ${JSON.stringify(outcome)}`,
      )
    }
  }
  return failures
}

async function expectWhole(store: Store): Promise<void> {
  const verdict = store.own.sql.value('pragma integrity_check', [], TEXT)
  assertEqual(verdict, 'ok', 'integrity')
  const { run, series, arrays } = valueOf(await store.service.readRun({ database: OWN_DATABASE, runId: 'a' }))
  assertEqual(run.status, 'finished', 'status')
  const counts = series.map(({ key, count, lastStep }) => [key, count, lastStep])
  assertEqual(
    counts,
    [
      ['few', 3 * FEW, 3 * FEW - 1],
      ['loss', 2 * POINTS, 2 * POINTS - 1],
    ],
    'points',
  )
  assertEqual(
    arrays.map(({ key, bytes }) => [key, bytes]),
    [
      ['large', 300_000],
      ['parted', 2 * ARRAY_PART_BYTES],
      ['small', 500],
    ],
    'arrays',
  )
}

/** Which calls fail: `count` of them from the `from`-th on, and how writes do. */
interface Failing {
  readonly from: number
  readonly count: number
  readonly writes?: 'throw' | 'lie'
}

/** Runs the batches over fresh files with failing calls; answers how many calls there were and how many batches failed. */
export async function runOnFailingDisk(
  openFiles: OpenFiles,
  disk: FailingDisk,
  failing: Failing,
): Promise<{ readonly calls: number; readonly failures: number }> {
  const files = await openFiles()
  for (const name of files.names()) files.remove(name)
  files.release()
  const store = await openStore(openFiles)
  disk.failAt(failing.from, failing.count, failing.writes)
  const failures = await sendAll(store, makeBatches())
  const { calls } = disk
  disk.failAt(0, 0)
  await expectWhole(store)
  store.abandon()
  const again = await openStore(openFiles)
  await expectWhole(again)
  again.close()
  return { calls, failures }
}
