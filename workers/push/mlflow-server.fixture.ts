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
  isDeleted: boolean
  /** As JSON, in the order they came. */
  metrics: readonly string[]
}

/** Stores of MLflow: one over SQL has what is said twice once, one of files twice. */
type StoreKind = 'sql' | 'files'

/** What a tracking server of MLflow does with the calls that are used, with its limits. In memory. */
export interface FakeMlflow {
  readonly url: string
  readonly runs: readonly StoredRun[]
  readonly files: ReadonlyMap<string, Uint8Array>
  /** What happens to the next requests: `before`: dropped, `after`: done, and its answer lost, `half`: so with half of its metrics. */
  faults: () => 'none' | 'before' | 'half' | 'after'
  /** How many requests came. */
  requests: number
  close(): void
}

const STATUSES: Readonly<Record<string, number>> = { RESOURCE_DOES_NOT_EXIST: 404, INTERNAL_ERROR: 500 }

class Refused extends Error {
  readonly code: string

  constructor(code: string, message = code) {
    super(message)
    this.code = code
  }
}

const NAME = /^(?!\/)(?!.*\/\/)(?!(.*\/)?\.{1,2}(\/|$))[\p{L}\p{N}_\-. :/]{0,249}[\p{L}\p{N}_\-. :]$/u

function checkEntries(entries: readonly (readonly [string, string])[], longest: number): void {
  for (const [key, value] of entries) {
    if (!NAME.test(key) || value.length > longest) throw new Refused('INVALID_PARAMETER_VALUE', key)
    // A database over PostgreSQL breaks at it.
    if (/\0|\p{Cs}/u.test(value)) throw new Refused('INTERNAL_ERROR', 'A string literal cannot contain NUL')
  }
}

export async function startFakeMlflow(kind: StoreKind = 'sql'): Promise<FakeMlflow> {
  const experiments: string[] = []
  const runs: StoredRun[] = []
  const files = new Map<string, Uint8Array>()
  let fault: ReturnType<FakeMlflow['faults']> = 'none'
  /** Those of a store of files have many digits. */
  const idOf = (at: number): string => (kind === 'sql' ? String(at + 1) : `7000000000000000${at}`)

  function find(id: unknown): StoredRun {
    const run = runs.find((each) => each.id === id)
    if (run === undefined) throw new Refused('RESOURCE_DOES_NOT_EXIST')
    return run
  }

  function findActive(id: unknown): StoredRun {
    const run = find(id)
    if (run.isDeleted)
      throw new Refused('INVALID_PARAMETER_VALUE', `The run ${run.id} must be in the 'active' state.`)
    return run
  }

  function logMetrics(run: StoredRun, metrics: readonly unknown[]): void {
    const said = metrics.filter(isRecord).map(({ key, value, timestamp, step }) => {
      if (!Number.isInteger(step) || !Number.isInteger(timestamp) || !NAME.test(String(key)))
        throw new Refused('INVALID_PARAMETER_VALUE', String(key))
      // Its file would be a folder.
      if (kind === 'files' && run.metrics.some((each) => each.startsWith(`["${String(key)}/`)))
        throw new Refused('INTERNAL_ERROR', `${String(key)} is a folder`)
      return JSON.stringify([key, step, timestamp, value])
    })
    const all = [...run.metrics, ...said]
    run.metrics = kind === 'sql' ? [...new Set(all)] : all
  }

  const calls: Readonly<Record<string, (asked: Readonly<Record<string, unknown>>) => unknown>> = {
    'experiments/get-by-name'({ experiment_name: name }) {
      const at = experiments.indexOf(String(name))
      if (at < 0) throw new Refused('RESOURCE_DOES_NOT_EXIST')
      return { experiment: { experiment_id: idOf(at), lifecycle_stage: 'active' } }
    },
    'experiments/create'({ name }) {
      if (experiments.includes(String(name))) throw new Refused('RESOURCE_ALREADY_EXISTS')
      return { experiment_id: idOf(experiments.push(String(name)) - 1) }
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
        isDeleted: false,
        metrics: [],
      }
      runs.push(run)
      return { run: show(run) }
    },
    'runs/get': ({ run_id: id }) => ({ run: show(find(id)) }),
    'metrics/get-history'({ run_id: id, metric_key: key }) {
      const metrics = find(id).metrics.filter((each) => each.startsWith(`[${JSON.stringify(key)},`))
      return { metrics: metrics.map((each) => ({ key, point: each })) }
    },
    'runs/update'({ run_id: id, status, end_time: end, run_name: name }) {
      const run = findActive(id)
      run.status = String(status)
      if (end !== undefined) run.end = Number(end)
      if (name !== undefined) run.name = String(name)
      return {}
    },
    'runs/log-batch'({ run_id: id, metrics = [], params = [], tags = [] }) {
      const sizes = [metrics, params, tags].map((list) => listOf(list).length)
      const [points = 0, ...entries] = sizes
      if (points + entries.reduce((sum, size) => sum + size, 0) > 1_000 || entries.some((size) => size > 100))
        throw new Refused('INVALID_PARAMETER_VALUE', 'A batch logging request is too large.')
      const run = findActive(id)
      checkEntries(pairsOf(params), 6_000)
      checkEntries(pairsOf(tags), 5_000)
      for (const [key, value] of pairsOf(params)) {
        const known = run.params.get(key)
        if (known !== undefined && known !== value)
          throw new Refused('INVALID_PARAMETER_VALUE', 'Changing param values is not allowed.')
      }
      for (const [key, value] of pairsOf(params)) run.params.set(key, value)
      if (fault === 'half') {
        logMetrics(run, listOf(metrics).slice(0, Math.floor(points / 2)))
        return {}
      }
      logMetrics(run, listOf(metrics))
      for (const [key, value] of pairsOf(tags)) run.tags.set(key, value)
      return {}
    },
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    fake.requests += 1
    const next = fake.faults()
    const parts: Buffer[] = []
    for await (const part of request as AsyncIterable<Buffer>) parts.push(part)
    const body = Buffer.concat(parts)
    if (next === 'before') {
      request.socket.destroy()
      return
    }
    const url = new URL(request.url ?? '/', 'http://localhost')
    fault = next
    const [status, answer] = answerTo(url, request.method ?? '', body)
    if (next !== 'none') request.socket.destroy()
    else response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer))
  }

  function answerTo(url: URL, method: string, body: Buffer): readonly [number, unknown] {
    const [, artifact] = url.pathname.split('/mlflow-artifacts/artifacts/')
    if (artifact !== undefined && method === 'PUT') {
      const path = decodeURIComponent(artifact)
      if (/[#\\]|%23|(^|\/)\.\.?(\/|$)|^[a-z]:/i.test(path)) return [400, { message: 'Invalid path' }]
      files.set(path, new Uint8Array(body))
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
      const status = STATUSES[cause.code] ?? 400
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
    requests: 0,
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

function show({ id, tags, params, isDeleted }: StoredRun): unknown {
  const stage = isDeleted ? 'deleted' : 'active'
  const info = { run_id: id, lifecycle_stage: stage, artifact_uri: `mlflow-artifacts:/0/${id}/artifacts` }
  return { info, data: { tags: toPairs(tags), params: toPairs(params) } }
}
