import { isRecord } from '../../src/model/raw-value.ts'

/** Thrown for what the server refuses, or does not answer: a sentence. */
export class PushError extends Error {
  override readonly name = 'PushError'
  /** MLflow's own, as `RESOURCE_DOES_NOT_EXIST`; empty where it did not say one. */
  readonly code: string

  constructor(message: string, code = '') {
    super(message)
    this.code = code
  }
}

/** A tracking server of MLflow. Source: mlflow.org/docs/latest/rest-api.html. */
export interface MlflowClient {
  /** Errors: rejects with `PushError`, after it was tried again for a while unless it is to be asked only `once`. */
  call(
    method: 'GET' | 'POST',
    path: string,
    asked: object,
    how?: 'once',
  ): Promise<Readonly<Record<string, unknown>>>
  /** Puts a file where the server keeps artifacts, `path` being that of its proxy. Errors: as those. */
  put(path: string, file: Blob): Promise<void>
  /** Waits before it is tried again, for the n-th time (from 1). */
  pause(attempt: number): Promise<void>
}

export interface ClientOptions {
  /** With a user and password where it needs them. Errors: throws for what is no address. */
  readonly url: string
  readonly environment?: Readonly<Record<string, string | undefined>>
  readonly firstRetryMs?: number
}

const FIRST_RETRY_MS = 250
/** A server that is restarted is back by then. */
const GIVE_UP_MS = 30_000
const CALL_DEADLINE_MS = 60_000

export function makeMlflowClient({
  url,
  environment = process.env,
  firstRetryMs = FIRST_RETRY_MS,
}: ClientOptions): MlflowClient {
  const address = new URL(url.endsWith('/') ? url : `${url}/`)
  const headers = authorisationOf(address, environment)
  address.username = ''
  address.password = ''

  const pauseMs = (attempt: number): number => firstRetryMs * 2 ** (attempt - 1)
  const pause = (attempt: number): Promise<void> =>
    new Promise((settle) => setTimeout(settle, pauseMs(attempt)))

  async function send(path: string, init: RequestInit, how?: 'once'): Promise<Response> {
    const giveUpAt = how === 'once' ? 0 : Date.now() + GIVE_UP_MS
    for (let attempt = 1; ; attempt += 1) {
      const answer = await tryOnce(new URL(path, address), init)
      const mayPass = !(answer instanceof Response) || answer.status >= 500 || answer.status === 429
      if (answer instanceof Response && !mayPass) return answer
      if (Date.now() + pauseMs(attempt) > giveUpAt)
        throw new PushError(
          answer instanceof Response
            ? `${address.host} answers ${answer.status}.`
            : `${address.host} does not answer: ${answer}.`,
        )
      await pause(attempt)
    }
  }

  async function tryOnce(to: URL, init: RequestInit): Promise<Response | string> {
    try {
      const signal = AbortSignal.timeout(CALL_DEADLINE_MS)
      return await fetch(to, { ...init, headers: { ...headers, ...init.headers }, signal })
    } catch (cause) {
      const reason: unknown = cause instanceof Error ? (cause.cause ?? cause) : cause
      return reason instanceof Error ? reason.message : String(reason)
    }
  }

  return {
    pause,
    async call(method, path, asked, how) {
      const isGet = method === 'GET'
      const query = isGet ? `?${new URLSearchParams(asked as Record<string, string>)}` : ''
      const headers = { 'content-type': 'application/json' }
      const init = isGet ? { method, headers } : { method, headers, body: JSON.stringify(asked) }
      const response = await send(`api/2.0/mlflow/${path}${query}`, init, how)
      const said = parse(await response.text())
      if (response.ok) return said
      const code = String(said['error_code'] ?? '')
      throw new PushError(String(said['message'] ?? `${address.host} answers ${response.status}.`), code)
    },
    async put(path, file) {
      const response = await send(`api/2.0/mlflow-artifacts/artifacts/${path}`, { method: 'PUT', body: file })
      if (!response.ok)
        throw new PushError(`${address.host} keeps no artifact at ${path}: it answers ${response.status}.`)
    },
  }
}

function authorisationOf(
  { username, password }: URL,
  environment: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string>> {
  const { MLFLOW_TRACKING_TOKEN: token } = environment
  if (token !== undefined && token !== '') return { authorization: `Bearer ${token}` }
  const user = decodeURIComponent(username) || environment['MLFLOW_TRACKING_USERNAME']
  if (user === undefined || user === '') return {}
  const secret = decodeURIComponent(password) || (environment['MLFLOW_TRACKING_PASSWORD'] ?? '')
  return { authorization: `Basic ${Buffer.from(`${user}:${secret}`).toString('base64')}` }
}

function parse(text: string): Readonly<Record<string, unknown>> {
  try {
    const said: unknown = JSON.parse(text)
    return isRecord(said) ? said : {}
  } catch {
    return {}
  }
}
