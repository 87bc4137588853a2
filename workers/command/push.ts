import { makeMlflowClient, type MlflowClient } from '../push/mlflow-client.ts'
import { makePusher, type PushResult } from '../push/push-runs.ts'
import { CommandError } from './command-error.ts'
import { findRuns } from './find-runs.ts'
import { note, printJson } from './print.ts'
import { withSources } from './sources.ts'

export interface PushOptions {
  readonly project?: string
  readonly experiment?: string
  readonly where?: string
  readonly watch?: boolean
  readonly models?: boolean
  readonly json?: boolean
}

/** How often a training is looked at again. */
const WATCH_MS = 2_000
/** Lines about what a server does not take. */
const MAX_LEFT_OUT = 20

/** `kymo push mlflow URL`: brings runs to a tracking server, and follows them with `--watch`. */
export async function pushRuns(system: string, url: string, options: PushOptions): Promise<void> {
  if (system !== 'mlflow') throw new CommandError(`Runs are pushed to mlflow; ${system} is not known.`, 2)
  const pusher = makePusher(clientOf(url), options.models === true)
  let isOver = false
  if (options.watch === true) process.once('SIGINT', () => (isOver = true))
  for (let before = ''; ;) {
    const result = await pushOnce(pusher, options)
    before = tell(result, options, before)
    if (options.watch !== true || isOver) {
      if (result.failed.length > 0 || result.ended !== null) process.exitCode = 1
      return
    }
    await new Promise((settle) => setTimeout(settle, WATCH_MS))
    if (isOver) return
  }
}

function clientOf(url: string): MlflowClient {
  try {
    return makeMlflowClient({ url })
  } catch {
    throw new CommandError(`${url} is no address of a server, as http://127.0.0.1:5000 is one.`, 2)
  }
}

function pushOnce(
  pusher: ReturnType<typeof makePusher>,
  { project, where, experiment }: PushOptions,
): Promise<PushResult> {
  return withSources(project, async (sources) => {
    const found = await findRuns(sources, { filter: where, experiment })
    const runs = found.map(({ source, runId }) => ({ database: source.database, runId }))
    const isShown = process.stderr.isTTY && runs.length > 1
    const result = await pusher.push(runs, (done) => {
      if (isShown) process.stderr.write(`\r${done} of ${runs.length} runs`)
    })
    if (isShown) process.stderr.write('\r\u001b[K')
    return result
  })
}

/** Answers what went wrong, which is not said again by the next look as long as it is the same. */
function tell(result: PushResult, { json, watch }: PushOptions, before: string): string {
  const { runs, points, rounded, altered, renamed, deleted, ended } = result
  if (json === true) {
    printJson(result)
    return ''
  }
  const trouble = troubleOf(result)
  if (trouble !== before) process.stderr.write(trouble)
  if (watch === true && points === 0) return trouble
  const said = [
    `${runs} ${runs === 1 ? 'run' : 'runs'} pushed, ${points} new points`,
    ...(rounded > 0 ? [`${rounded} steps rounded, whole in kymo/points.csv`] : []),
    ...(altered > 0 ? [`${altered} texts shortened or cleaned, whole in kymo/run.json`] : []),
    ...(renamed > 0 ? [`${renamed} names changed`] : []),
    ...(deleted.length > 0 ? [`${deleted.length} deleted on the server and left alone`] : []),
  ]
  if (ended === null || runs > 0) note(`${said.join('; ')}.`)
  return trouble
}

/** A line for each reason, with how many runs it kept. */
function troubleOf({ failed, leftOut, ended }: PushResult): string {
  const left = leftOut.map(({ runId, what, why }) => `${runId} lacks ${what}: ${why}`)
  const reasons = [...new Set(failed.map(({ why }) => why))]
  const lines = reasons.map((why) => {
    const those = failed.filter((each) => each.why === why)
    return `${those.length === 1 ? (those[0]?.runId ?? '') : `${those.length} runs`}: ${why}`
  })
  const hidden = left.length > MAX_LEFT_OUT ? [`and ${left.length - MAX_LEFT_OUT} more`] : []
  const end = ended === null ? [] : [`${ended} What was pushed stays; the same command goes on from there.`]
  return [...left.slice(0, MAX_LEFT_OUT), ...hidden, ...lines, ...end].map((line) => `${line}\n`).join('')
}
