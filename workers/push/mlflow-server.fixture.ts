import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { isRecord } from '../../src/model/raw-value.ts'

interface StoredRun {
  readonly id: string
  name: string
  status: string
  end: number | null
  readonly start: number
  readonly tags: Map<string, string>
  readonly params: Map<string, string>
  /** A set: what is said twice is there once, as in the stores of MLflow. */
  readonly metrics: Set<string>
}

/** What a tracking server of MLflow does with the calls that are used, with its limits. In memory. */
export interface FakeMlflow {
  readonly url: string
  readonly runs: readonly StoredRun[]
  readonly files: ReadonlyMap<string, Uint8Array>
  /** What happens to the next requests: `before`: it is dropped, `after`: it is done and its answer is lost. */
  faults: () => 'none' | 'before' | 'after'
  close(): void
}

class Refused extends Error {
  readonly code: string

  constructor(code: string, message = code) {
    super(message)
    this.code = code
  }
}

export async function startFakeMlflow(): Promise<FakeMlflow> {
  const experiments: string[] = []
  const runs: StoredRun[] = []
  const files = new Map<string, Uint8Array>()

  function find(id: unknown): StoredRun {
    const run = runs.find((each) => each.id === id)
    if (run === undefined) throw new Refused('RESOURCE_DOES_NOT_EXIST')
    return run
  }

  const calls: Readonly<Record<string, (asked: Readonly<Record<string, unknown>>) => unknown>> = {
    'experiments/get-by-name'({ experiment_name: name }) {
      const at = experiments.indexOf(String(name))
      if (at < 0) throw new Refused('RESOURCE_DOES_NOT_EXIST')
      return { experiment: { experiment_id: String(at), lifecycle_stage: 'active' } }
    },
    'experiments/create'({ name }) {
      if (experiments.includes(String(name))) throw new Refused('RESOURCE_ALREADY_EXISTS')
      return { experiment_id: String(experiments.push(String(name)) - 1) }
    },
    'runs/search'({ filter }) {
      const id = / = '(.+)'$/.exec(String(filter))?.[1]
      return { runs: runs.filter(({ tags }) => id === undefined || tags.get('kymo.run_id') === id).map(show) }
    },
    'runs/create'({ run_name: name, start_time: start, tags }) {
      const run: StoredRun = {
        id: `run${runs.length}`,
        name: String(name),
        status: 'RUNNING',
        start: Number(start),
        end: null,
        tags: new Map(pairsOf(tags)),
        params: new Map(),
        metrics: new Set(),
      }
      runs.push(run)
      return { run: show(run) }
    },
    'runs/get': ({ run_id: id }) => ({ run: show(find(id)) }),
    'runs/update'({ run_id: id, status, end_time: end, run_name: name }) {
      const run = find(id)
      run.status = String(status)
      if (end !== undefined) run.end = Number(end)
      if (name !== undefined) run.name = String(name)
      return {}
    },
    'runs/set-tag'({ run_id: id, key, value }) {
      find(id).tags.set(String(key), String(value))
      return {}
    },
    'runs/log-batch'({ run_id: id, metrics = [], params = [], tags = [] }) {
      if (listOf(metrics).length > 1_000 || listOf(params).length > 100 || listOf(tags).length > 100)
        throw new Refused('INVALID_PARAMETER_VALUE', 'A batch logging request is too large.')
      const run = find(id)
      for (const [key, value] of pairsOf(params)) {
        if (/[^\w\-. :/]/u.test(key) || value.length > 6_000)
          throw new Refused('INVALID_PARAMETER_VALUE', key)
        const known = run.params.get(key)
        if (known !== undefined && known !== value)
          throw new Refused('INVALID_PARAMETER_VALUE', 'Changing param values is not allowed.')
      }
      for (const [key, value] of pairsOf(params)) run.params.set(key, value)
      for (const { key, value, timestamp, step } of listOf(metrics).filter(isRecord)) {
        if (!Number.isInteger(step) || !Number.isInteger(timestamp))
          throw new Refused('INVALID_PARAMETER_VALUE')
        run.metrics.add(JSON.stringify([key, step, timestamp, value]))
      }
      for (const [key, value] of pairsOf(tags)) run.tags.set(key, value)
      return {}
    },
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const fault = fake.faults()
    const parts: Buffer[] = []
    for await (const part of request as AsyncIterable<Buffer>) parts.push(part)
    const body = Buffer.concat(parts)
    if (fault === 'before') {
      request.socket.destroy()
      return
    }
    const url = new URL(request.url ?? '/', 'http://localhost')
    const [status, answer] = answerTo(url, request.method ?? '', body)
    if (fault === 'after') request.socket.destroy()
    else response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer))
  }

  function answerTo(url: URL, method: string, body: Buffer): readonly [number, unknown] {
    const [, artifact] = url.pathname.split('/mlflow-artifacts/artifacts/')
    if (artifact !== undefined && method === 'PUT') {
      files.set(decodeURIComponent(artifact), new Uint8Array(body))
      return [200, {}]
    }
    const call = calls[url.pathname.replace('/api/2.0/mlflow/', '')]
    if (call === undefined) return [404, { error_code: 'ENDPOINT_NOT_FOUND', message: url.pathname }]
    if (body.length > 2 ** 20) return [400, { error_code: 'INVALID_PARAMETER_VALUE', message: 'too large' }]
    const asked: unknown =
      method === 'GET' ? Object.fromEntries(url.searchParams) : JSON.parse(body.toString())
    try {
      return [200, call(isRecord(asked) ? asked : {})]
    } catch (cause) {
      if (!(cause instanceof Refused)) throw cause
      const status = cause.code === 'RESOURCE_DOES_NOT_EXIST' ? 404 : 400
      return [status, { error_code: cause.code, message: cause.message }]
    }
  }

  const server: Server = createServer((request, response) => void handle(request, response))
  await new Promise<void>((settle) => server.listen(0, '127.0.0.1', settle))
  const fake: FakeMlflow = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    runs,
    files,
    faults: () => 'none',
    close() {
      server.close()
      server.closeAllConnections()
    },
  }
  return fake
}

function toPairs(map: Map<string, string>): unknown {
  return [...map].map(([key, value]) => ({ key, value }))
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

function pairsOf(list: unknown): (readonly [string, string])[] {
  return listOf(list)
    .filter(isRecord)
    .map(({ key, value }) => [String(key), String(value)] as const)
}

function show({ id, tags, params }: StoredRun): unknown {
  const info = { run_id: id, artifact_uri: `mlflow-artifacts:/0/${id}/artifacts` }
  return { info, data: { tags: toPairs(tags), params: toPairs(params) } }
}
