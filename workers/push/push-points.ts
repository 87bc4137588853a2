import { isRecord } from '../../src/model/raw-value.ts'
import type { RunDetail } from '../../src/protocol/runs-api.ts'
import type { Database } from '../db/database.ts'
import { findSeriesId, readPoints } from '../read/read-points.ts'
import { isAboutContent, type MlflowClient } from './mlflow-client.ts'
import { toNames } from './mlflow-names.ts'
import { toMetric, type MlflowMetric } from './mlflow-run.ts'
import type { LeftOut } from './left-out.ts'
import type { SeriesProgress } from './push-progress.ts'
import type { RemoteRun } from './remote-runs.ts'

/** What a request may hold, with room for the tags that say how far it goes. Source: mlflow/utils/validation.py. */
const MAX_METRICS = 950

/** The points of one series in a request. */
interface Portion {
  readonly key: string
  /** What the server has of it before and, when it has taken it, after. */
  readonly before: SeriesProgress
  after: SeriesProgress
  readonly metrics: MlflowMetric[]
}

export interface PushedPoints {
  readonly points: number
  readonly leftOut: readonly LeftOut[]
}

export interface PointsToPush {
  readonly client: MlflowClient
  readonly database: Database
  readonly detail: RunDetail
  readonly remote: RemoteRun
  readonly knowsPoints: boolean
}

/**
 * Sends what the progress of the run does not tell, in log order, and tells it with each request.
 *
 * A store that keeps a point twice is asked how many it has of a series wherever nobody knows: where a push was cut off, and when an
 * answer was lost. Cost: the history of such a series in memory.
 */
export async function pushPoints(options: PointsToPush): Promise<PushedPoints> {
  const { database, detail, remote, knowsPoints } = options
  const { progress } = remote
  const known = new Map([...progress.series].map(([key, { name }]) => [key, name]))
  const names = toNames(
    detail.series.map(({ key }) => key),
    known,
  )
  const leftOut: LeftOut[] = []
  let portions: Portion[] = []
  let [waiting, points] = [0, 0]

  async function flush(): Promise<void> {
    if (portions.length === 0) return
    const refused = await sendPortions(options, portions)
    leftOut.push(...refused)
    const lost = portions.filter(({ key }) => refused.some(({ what }) => what === key))
    points += waiting - lost.reduce((sum, { metrics }) => sum + metrics.length, 0)
    ;[portions, waiting] = [[], 0]
  }

  for (const { key, count } of detail.series) {
    const seriesId = findSeriesId(database, detail.run.id, key)
    const name = names.get(key)
    if (seriesId === undefined || name === undefined) continue
    const before = progress.series.get(key) ?? { count: 0, rounded: 0, name }
    const isUnsure = !knowsPoints && remote.isOld && before.count < count
    const there = isUnsure ? await countThere(options, name) : before.count
    for (let at = before; at.count < count && !leftOut.some(({ what }) => what === key);) {
      const room = Math.min(MAX_METRICS - waiting, count - at.count)
      const { steps, values, times } = readPoints(database, seriesId, at.count, room)
      if (steps.length === 0) break
      const portion = portionOf(key, at)
      const rounded = steps.reduce((sum, step) => sum + (Number.isInteger(step) ? 0 : 1), at.rounded)
      for (let index = Math.max(0, there - at.count); index < steps.length; index += 1)
        portion.metrics.push(
          toMetric(name, steps[index] ?? 0, values[index] ?? Number.NaN, times[index] ?? 0),
        )
      waiting += Math.min(steps.length, Math.max(0, at.count + steps.length - there))
      at = portion.after = { count: at.count + steps.length, rounded, name }
      if (waiting === MAX_METRICS) await flush()
    }
  }
  await flush()
  return { points, leftOut }

  /** The last of the request where it is of this series. */
  function portionOf(key: string, before: SeriesProgress): Portion {
    const last = portions.at(-1)
    if (last?.key === key) return last
    const portion = { key, before, after: before, metrics: [] }
    portions.push(portion)
    return portion
  }
}

/** Together, or each series alone where the server refuses one of them; answers those it refuses. */
async function sendPortions(
  options: PointsToPush,
  portions: readonly Portion[],
  how?: 'once',
): Promise<readonly LeftOut[]> {
  const { progress } = options.remote
  try {
    for (const { key, after } of portions) progress.tellSeries(key, after)
    await send(options, portions, how)
    return []
  } catch (cause) {
    for (const { key, before } of portions) progress.tellSeries(key, before)
    if (!isAboutContent(cause)) throw cause
    if (portions.length === 1) return portions.map(({ key }) => ({ what: key, why: cause.message }))
    const refused: LeftOut[] = []
    for (const portion of portions) refused.push(...(await sendPortions(options, [portion], 'once')))
    return refused
  }
}

async function send(options: PointsToPush, portions: readonly Portion[], how?: 'once'): Promise<void> {
  const { client, remote, knowsPoints } = options
  let metrics = portions.flatMap((portion) => portion.metrics)
  const tags = remote.progress.take()
  const log = (patience?: 'once') =>
    client.call('POST', 'runs/log-batch', { run_id: remote.id, metrics, tags }, patience)
  if (knowsPoints || how === 'once') await log(how)
  else await client.doOnce(() => log('once'), leaveOutWhatIsThere)

  async function leaveOutWhatIsThere(): Promise<undefined> {
    const missing = portions.map(async ({ metrics: all, after: { name, count } }) => {
      const lacking = count - (await countThere(options, name))
      return all.slice(Math.max(0, all.length - Math.max(0, lacking)))
    })
    metrics = (await Promise.all(missing)).flat()
  }
}

/** In the order in which it keeps them. */
async function countThere({ client, remote }: PointsToPush, name: string): Promise<number> {
  const said = await client.call('GET', 'metrics/get-history', { run_id: remote.id, metric_key: name })
  return Array.isArray(said['metrics']) ? said['metrics'].filter(isRecord).length : 0
}
