import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { chownSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { freePort, untilAnswered } from '../servers.ts'

/** An MLflow tracking server of PyPI, and its own Python client. */
export interface MlflowServer {
  readonly url: string
  /** Runs a script with MLflow's client at hand as `client`; answers what it prints last, a line of JSON. */
  python<T>(script: string): T
  stop(): void
}

export type StoreKind = 'sqlite' | 'postgresql' | 'files'

/** Environments that were made, by version: they take minutes. Outside of the repository, and gone with the process. */
const environments = new Map<string, string>()

/** Whether this machine has what a server over such a store takes. */
export function canServe(kind: StoreKind): boolean {
  const needed = kind === 'postgresql' ? ['python3', 'initdb', 'pg_ctl'] : ['python3']
  return needed.every((command) => spawnSync('which', [command]).status === 0)
}

/** Starts a server of a version, over an empty store. Errors: throws what failed. */
export async function startMlflow(version: string, kind: StoreKind): Promise<MlflowServer> {
  const environment = makeEnvironment(version)
  const folder = mkdtempSync(join(tmpdir(), 'kymo-mlflow-'))
  const store = await startStore(kind, folder)
  const port = String(await freePort())
  const url = `http://127.0.0.1:${port}`
  const server = spawn(
    join(environment, 'bin', 'mlflow'),
    `server --host 127.0.0.1 --port ${port} --workers 2`
      .split(' ')
      .concat('--backend-store-uri', store.uri, '--artifacts-destination', join(folder, 'artifacts')),
    { stdio: 'ignore', detached: true },
  )
  await untilAnswered(`${url}/health`)
  return {
    url,
    python<T>(script: string): T {
      const whole = `import json, mlflow\nmlflow.set_tracking_uri(${JSON.stringify(url)})\nclient = mlflow.MlflowClient()\n${script}`
      const said = run(join(environment, 'bin', 'python'), ['-c', whole])
      // What its client says of runs comes before.
      return JSON.parse(said.trim().split('\n').at(-1) ?? '') as T
    },
    stop() {
      killGroup(server)
      store.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function startStore(kind: StoreKind, folder: string): Promise<Store> {
  if (kind === 'postgresql') return startPostgres(folder)
  const uri = kind === 'sqlite' ? `sqlite:///${join(folder, 'mlflow.db')}` : join(folder, 'mlruns')
  return { uri, stop: () => undefined }
}

interface Store {
  readonly uri: string
  stop(): void
}

function makeEnvironment(version: string): string {
  const known = environments.get(version)
  if (known !== undefined) return known
  const environment = mkdtempSync(join(tmpdir(), `kymo-mlflow-${version}-`))
  process.once('exit', () => rmSync(environment, { recursive: true, force: true }))
  run('python3', ['-m', 'venv', environment])
  // SQLAlchemy 2.1 has no pool any more that these import.
  const packages = [`mlflow==${version}`, 'sqlalchemy<2.1', 'psycopg2-binary', 'setuptools<81']
  run(join(environment, 'bin', 'pip'), ['install', '--quiet', ...packages])
  environments.set(version, environment)
  return environment
}

/** Over a socket of its own folder and loopback. PostgreSQL runs for nobody who may do everything, so for its own user then. */
async function startPostgres(folder: string): Promise<Store> {
  const data = join(folder, 'postgres')
  mkdirSync(data)
  const isRoot = userInfo().uid === 0
  const as = isRoot ? ['runuser', '-u', 'postgres', '--'] : []
  if (isRoot) {
    const uid = Number(run('id', ['-u', 'postgres']))
    chownSync(folder, uid, -1)
    chownSync(data, uid, -1)
  }
  const port = String(await freePort())
  const ask = (...words: readonly string[]): string => {
    const [command = '', ...rest] = [...as, ...words]
    return run(command, rest)
  }
  ask('initdb', '-D', data, '-U', 'mlflow', '--auth', 'trust')
  const options = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=${data}`
  ask('pg_ctl', '-D', data, '-w', '-l', join(data, 'log'), '-o', options, 'start')
  return {
    uri: `postgresql://mlflow@127.0.0.1:${port}/postgres`,
    stop: () => void ask('pg_ctl', '-D', data, '-m', 'immediate', 'stop'),
  }
}

function run(command: string, args: readonly string[]): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    encoding: 'utf8',
    cwd: tmpdir(),
    maxBuffer: 2 ** 29,
  })
  if (status !== 0) throw new Error(`${command} ${args[0] ?? ''} failed: ${error?.message ?? stderr}`)
  return stdout
}

function killGroup({ pid }: ChildProcess): void {
  if (pid !== undefined) process.kill(-pid, 'SIGKILL')
}
