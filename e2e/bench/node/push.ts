import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { canServe, startMlflow, type MlflowServer } from '../../matrix/mlflow-server.ts'
import { atLeast, forInformation, type Figure } from '../figure.ts'

/** Runs a script or the command in a folder. */
type RunNode = (script: string, args: readonly string[], cwd?: string) => string

const RUNS = 100
const POINTS = 1_000
const VERSION = '3.1.0'

const train = (library: string): string => `
import { init } from ${JSON.stringify(library)}
for (let index = 0; index < ${RUNS}; index += 1) {
  const run = init({ experiment: 'pushed', name: 'run ' + index, params: { index } })
  for (let step = 0; step < ${POINTS}; step += 1) run.log({ loss: step })
  await run.finish()
}`

/** The same by MLflow's own client, as fast as that goes: a request a run. */
const BY_CLIENT = `
import time
from mlflow.entities import Metric, Param
experiment = client.create_experiment('logged')
started = time.perf_counter()
for index in range(${RUNS}):
    run = client.create_run(experiment, run_name=f'run {index}').info.run_id
    metrics = [Metric('loss', step, int(time.time() * 1000), step) for step in range(${POINTS})]
    client.log_batch(run, metrics=metrics, params=[Param('index', str(index))])
    client.set_terminated(run)
print(json.dumps(time.perf_counter() - started))
`

const COUNT = `
experiment = client.get_experiment_by_name('pushed').experiment_id
runs = client.search_runs([experiment])
print(json.dumps([len(runs), sum(len(client.get_metric_history(run.info.run_id, 'loss')) for run in runs)]))
`

/** `kymo push mlflow` against MLflow's Python client with `log_batch`, to a server of its own over SQLite. Nothing where there is no Python. */
export async function pushSpeed(
  node: RunNode,
  folders: { library: string; command: string },
): Promise<Figure[]> {
  if (!canServe('sqlite')) return []
  const folder = mkdtempSync(join(tmpdir(), 'kymo-bench-'))
  const server = await startMlflow(VERSION, 'sqlite')
  try {
    const script = join(folder, 'train.mjs')
    writeFileSync(script, train(folders.library))
    node(script, [], folder)
    const startedAt = performance.now()
    node(folders.command, ['push', 'mlflow', server.url], folder)
    const pushed = (performance.now() - startedAt) / 1_000
    check(server)
    const logged = server.python<number>(BY_CLIENT)
    return [
      atLeast('node.push_vs_client', logged / pushed, 5, '×'),
      forInformation('node.push_s', pushed, 's'),
      forInformation('node.push_client_s', logged, 's'),
    ]
  } finally {
    server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

function check(server: MlflowServer): void {
  const [runs, points] = server.python<readonly [number, number]>(COUNT)
  if (runs !== RUNS || points !== RUNS * POINTS)
    throw new Error(`${runs} runs and ${points} points are there`)
}
