import { connectTracker } from '../../src/client/connect.ts'
import { init } from '../../src/client/index.ts'
import { OWN_DATABASE } from '../../src/protocol/database-id.ts'

/** Milliseconds that `calls` calls took, one entry a round. */
export interface CallTimes {
  readonly push: number[]
  readonly log: number[]
}

/** Times `run.log({ loss, acc })` against pushing the same object on an array, in turns, and checks every point is kept. */
export async function measureCalls(calls: number, rounds: number): Promise<CallTimes> {
  const run = init({ experiment: 'bench', name: 'calls' })
  await run.flush()
  const times: CallTimes = { push: [], log: [] }
  for (let round = 0; round < rounds; round += 1) {
    times.push.push(timePushes(calls))
    const start = performance.now()
    for (let i = 0; i < calls; i += 1) run.log({ loss: 1 / (i + 1), acc: i / calls })
    times.log.push(performance.now() - start)
    await run.flush()
  }
  const detail = await connectTracker().api.readRun({ database: OWN_DATABASE, runId: run.id })
  if (!detail.ok) throw new Error(detail.error.message)
  const counts = detail.value.series.map((series) => series.count)
  if (counts.length !== 2 || counts.some((count) => count !== calls * rounds)) {
    throw new Error(`expected two series of ${calls * rounds} points, found ${counts.join(', ')}`)
  }
  await run.finish()
  return times
}

function timePushes(calls: number): number {
  const rows: { loss: number; acc: number }[] = []
  const start = performance.now()
  for (let i = 0; i < calls; i += 1) rows.push({ loss: 1 / (i + 1), acc: i / calls })
  const elapsed = performance.now() - start
  if (rows.length !== calls) throw new Error('the array lost a row')
  return elapsed
}
