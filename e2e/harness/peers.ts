import { connectTracker } from '../../src/client/connect.ts'
import { init, type Run } from '../../src/client/index.ts'
import type { SeriesColumns } from '../../src/protocol/charts-api.ts'
import { OWN_DATABASE } from '../../src/protocol/database-id.ts'
import { MAX_ARRAYS_READ } from '../../src/protocol/media-api.ts'
import type { PeerExperiment } from '../bench/peers/experiments.ts'

/** Milliseconds from the first `init` until everything is durable, one entry a round, each in an experiment of its own. */
export async function measurePeers(experiment: PeerExperiment, rounds: number): Promise<number[]> {
  await warmUp()
  const times: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    const name = `${experiment.name} round ${round + 1}`
    // Others every round: equal arrays would be stored once.
    const values = valuesOf(experiment, round)
    const start = performance.now()
    const runs = await track(name, experiment.runs, values)
    times.push(performance.now() - start)
    await verify(name, experiment, runs, values)
  }
  return times
}

/** Milliseconds from the start of the navigation to this page until one value of one run is durable. */
export async function measureColdStart(): Promise<number> {
  const values = [1]
  const runs = await track('cold', 1, values)
  const elapsed = performance.now()
  await verify('cold', { name: 'E1', runs: 1, values: 1, length: 0 }, runs, values)
  return elapsed
}

/** A page in which a user has been for a while: the tracker has answered and one run was stored. */
async function warmUp(): Promise<void> {
  const welcome = await connectTracker().ready()
  if (!welcome.ok) throw new Error(welcome.error.message)
  if (welcome.value.storage !== 'opfs') throw new Error('the store is in memory only')
  await track('warm-up', 1, [0])
}

type Value = number | Float64Array

function valuesOf({ values, length }: PeerExperiment, round: number): Value[] {
  if (length === 0) return Array.from({ length: values }, (_, i) => 1 / (i + 1))
  return Array.from({ length: values }, (_, i) =>
    Float64Array.from({ length }, (_, k) => Math.sin(i + k + round / 8)),
  )
}

async function track(experiment: string, runCount: number, values: readonly Value[]): Promise<Run[]> {
  const runs: Run[] = []
  const endings: ReturnType<Run['finish']>[] = []
  for (let i = 0; i < runCount; i += 1) {
    const run = init({ experiment })
    logAll(run, values)
    endings.push(run.finish())
    runs.push(run)
  }
  for (const durability of await Promise.all(endings)) {
    if (!durability.ok) throw new Error(durability.error.message)
  }
  return runs
}

function logAll(run: Run, values: readonly Value[]): void {
  for (let step = 0; step < values.length; step += 1) {
    const value = values[step]
    if (value !== undefined) run.log({ value }, { step })
  }
}

async function verify(
  name: string,
  experiment: PeerExperiment,
  runs: readonly Run[],
  values: readonly Value[],
): Promise<void> {
  if (experiment.length > 0) return verifyArrays(runs[0]?.id ?? '', values)
  const stored = await readSeriesOf(name)
  if (stored.runId.length !== runs.length || runs.some((run) => !stored.runId.includes(run.id))) {
    throw new Error(`${name}: ${runs.length} runs were logged, ${stored.runId.length} are stored`)
  }
  for (const [i, count] of stored.count.entries()) {
    if (count !== values.length || stored.last[i] !== values.at(-1)) {
      throw new Error(`${name}: ${values.length} values were logged, ${count} are stored`)
    }
  }
}

/** Counts the arrays, and compares the first and the last of them byte by byte. */
async function verifyArrays(runId: string, values: readonly Value[]): Promise<void> {
  const { api } = connectTracker()
  const limit = MAX_ARRAYS_READ
  const found = await api.readArrays({ database: OWN_DATABASE, runId, key: 'value', from: 0, limit })
  if (!found.ok) throw new Error(found.error.message)
  const { total, id } = found.value
  if (total !== values.length) throw new Error(`${values.length} arrays were logged, ${total} are stored`)
  for (const index of [0, values.length - 1]) {
    const value = values[index]
    if (!(value instanceof Float64Array)) throw new Error('an array experiment logs arrays')
    const expected = new Uint8Array(value.buffer)
    for (let offset = 0; offset < expected.length;) {
      const length = expected.length - offset
      const part = await api.readArrayBytes({ database: OWN_DATABASE, id: id[index] ?? 0, offset, length })
      if (!part.ok) throw new Error(part.error.message)
      if (part.value.length === 0 || part.value.some((byte, at) => byte !== expected[offset + at])) {
        throw new Error(`array ${index} is not as it was logged`)
      }
      offset += part.value.length
    }
  }
}

async function readSeriesOf(experimentName: string): Promise<SeriesColumns> {
  const { api } = connectTracker()
  const experiments = await api.readExperiments(OWN_DATABASE)
  if (!experiments.ok) throw new Error(experiments.error.message)
  const experimentId = experiments.value.find(({ name }) => name === experimentName)?.id
  if (experimentId === undefined) throw new Error(`${experimentName} is not in the store`)
  const request = { database: OWN_DATABASE, experimentId, runIds: null, keys: null }
  const series = await api.readSeries(request)
  if (!series.ok) throw new Error(series.error.message)
  return series.value
}
