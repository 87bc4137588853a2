import { makeMlflowClient, PushError, type MlflowClient } from '../push/mlflow-client.ts'
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

/** `kymo push mlflow URL`: brings runs to a tracking server, and follows them with `--watch`. */
export async function pushRuns(system: string, url: string, options: PushOptions): Promise<void> {
  if (system !== 'mlflow') throw new CommandError(`Runs are pushed to mlflow; ${system} is not known.`, 2)
  const pusher = makePusher(clientOf(url), options.models === true)
  let isOver = false
  if (options.watch === true) process.once('SIGINT', () => (isOver = true))
  for (;;) {
    const result = await pushOnce(pusher, options)
    tell(result, options)
    if (options.watch !== true || isOver) {
      if (result.failed.length > 0) process.exitCode = 1
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

async function pushOnce(
  pusher: ReturnType<typeof makePusher>,
  { project, where, experiment }: PushOptions,
): Promise<PushResult> {
  try {
    return await withSources(project, async (sources) => {
      const found = await findRuns(sources, { filter: where, experiment })
      const runs = found.map(({ source, runId }) => ({ database: source.database, runId }))
      const isShown = process.stderr.isTTY && runs.length > 1
      const result = await pusher.push(runs, (done) => {
        if (isShown) process.stderr.write(`\r${done} of ${runs.length} runs`)
      })
      if (isShown) process.stderr.write('\r\u001b[K')
      return result
    })
  } catch (cause) {
    if (cause instanceof PushError) throw new CommandError(cause.message)
    throw cause
  }
}

function tell(result: PushResult, { json, watch }: PushOptions): void {
  const { runs, failed, pushed } = result
  if (json === true) {
    printJson(result)
    return
  }
  for (const { runId, why } of failed) process.stderr.write(`${runId}: ${why}\n`)
  if (watch === true && pushed.points === 0 && failed.length === 0) return
  const said = [
    `${runs} ${runs === 1 ? 'run' : 'runs'} pushed, ${pushed.points} new points`,
    ...(failed.length > 0 ? [`${failed.length} failed`] : []),
    ...(pushed.rounded > 0 ? [`${pushed.rounded} steps rounded, whole in kymo/points.csv`] : []),
    ...(pushed.shortened > 0 ? [`${pushed.shortened} texts shortened, whole in kymo/run.json`] : []),
    ...(pushed.renamed > 0 ? [`${pushed.renamed} names changed`] : []),
    ...(pushed.leftOut > 0 ? [`${pushed.leftOut} files not sent`] : []),
  ]
  note(`${said.join('; ')}.`)
}
