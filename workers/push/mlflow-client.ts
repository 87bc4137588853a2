import { parseJson } from '../../src/model/json.ts'
import { isRecord } from '../../src/model/raw-value.ts'

/**
 * `away`: nothing answers, or only what stands before the server. `denied`: nobody is let in with these credentials.
 * `refused`: it will be refused again. `failed`: the server broke at it, and may have done it.
 */
type PushFault = 'away' | 'denied' | 'refused' | 'failed'

/** Thrown for what the server refuses, or does not answer: a sentence. */
export class PushError extends Error {
  override readonly name = 'PushError'
  readonly fault: PushFault
  /** MLflow's own, as `RESOURCE_DOES_NOT_EXIST`; empty where it did not say one. */
  readonly code: string

  constructor(fault: PushFault, message: string, code = '') {
    super(message)
    this.fault = fault
    this.code = code
  }
}

/** Whether it is about what was sent, and not about the server. */
export function isAboutContent(cause: unknown): cause is PushError {
  return (isRefusal(cause) && !isDeleted(cause)) || (cause instanceof PushError && cause.fault === 'failed')
}

export function isRefusal(cause: unknown): cause is PushError {
  return cause instanceof PushError && cause.fault === 'refused'
}

/** Whether it is refused because somebody deleted the run on the server. */
export function isDeleted(cause: unknown): boolean {
  return (
    isRefusal(cause) && (cause.code === 'RESOURCE_DOES_NOT_EXIST' || /'active' state/.test(cause.message))
  )
}

/** Whether nothing more of anything can be sent. */
export function endsPush(cause: unknown): boolean {
  return cause instanceof PushError && (cause.fault === 'away' || cause.fault === 'denied')
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
  /** Does with `once` what must not be done twice: where nobody knows whether it was, `find` looks first. Errors: as those. */
  doOnce<T>(act: () => Promise<T>, find: () => Promise<T | undefined>): Promise<T>
}

export interface ClientOptions {
  /** With a user and password where it needs them. Errors: throws for what is no address. */
  readonly url: string
  readonly environment?: Readonly<Record<string, string | undefined>>
  readonly firstRetryMs?: number
  /** How long a server may be away: one that is restarted is back by then. */
  readonly giveUpMs?: number
}

const FIRST_RETRY_MS = 250
const GIVE_UP_MS = 30_000
const CALL_DEADLINE_MS = 60_000
/** Slower roads than this are given up. Unit: bytes per millisecond. */
const SLOWEST = 100
const MAX_DONE_TRIES = 6
/** A stack of a server is nothing to read. Unit: characters. */
const MAX_WORDS = 400

export function makeMlflowClient({
  url,
  environment = process.env,
  firstRetryMs = FIRST_RETRY_MS,
  giveUpMs = GIVE_UP_MS,
}: ClientOptions): MlflowClient {
  const address = new URL(url.endsWith('/') ? url : `${url}/`)
  const headers = authorisationOf(address, environment)
  address.username = ''
  address.password = ''

  const pauseMs = (attempt: number): number => firstRetryMs * 2 ** (attempt - 1)
  const pause = (attempt: number): Promise<void> =>
    new Promise((settle) => setTimeout(settle, pauseMs(attempt)))

  async function send(
    path: string,
    init: RequestInit,
    how?: 'once',
  ): Promise<Readonly<Record<string, unknown>>> {
    const giveUpAt = how === 'once' ? 0 : Date.now() + giveUpMs
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await tryOnce(new URL(path, address), init)
      } catch (cause) {
        if (!mayPass(cause) || Date.now() + pauseMs(attempt) > giveUpAt) throw cause
        await pause(attempt)
      }
    }
  }

  async function tryOnce(to: URL, init: RequestInit): Promise<Readonly<Record<string, unknown>>> {
    const deadline = CALL_DEADLINE_MS + (init.body instanceof Blob ? Math.ceil(init.body.size / SLOWEST) : 0)
    let status, text
    try {
      const signal = AbortSignal.timeout(deadline)
      const response = await fetch(to, { ...init, headers: { ...headers, ...init.headers }, signal })
      status = response.status
      text = await response.text()
    } catch (cause) {
      const reason: unknown = cause instanceof Error ? (cause.cause ?? cause) : cause
      const words = reason instanceof Error ? reason.message : String(reason)
      throw new PushError('away', `${address.host} does not answer: ${words}.`)
    }
    return readAnswer(address.host, status, text)
  }

  return {
    call(method, path, asked, how) {
      const isGet = method === 'GET'
      const query = isGet ? `?${new URLSearchParams(asked as Record<string, string>)}` : ''
      const headers = { 'content-type': 'application/json' }
      const init = isGet ? { method, headers } : { method, headers, body: JSON.stringify(asked) }
      return send(`api/2.0/mlflow/${path}${query}`, init, how)
    },
    async put(path, file) {
      const escaped = path.split('/').map(encodeURIComponent).join('/')
      await send(`api/2.0/mlflow-artifacts/artifacts/${escaped}`, { method: 'PUT', body: file })
    },
    async doOnce(act, find) {
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await act()
        } catch (cause) {
          if (!mayPass(cause) || attempt === MAX_DONE_TRIES) throw cause
          await pause(attempt)
        }
        const done = await find()
        if (done !== undefined) return done
      }
    },
  }
}

function mayPass(cause: unknown): boolean {
  return cause instanceof PushError && (cause.fault === 'away' || cause.fault === 'failed')
}

/** Too many requests, and what proxies say while a server starts. */
const BUSY = new Set([408, 425, 429, 502, 503, 504])

function readAnswer(host: string, status: number, text: string): Readonly<Record<string, unknown>> {
  const said: unknown = text === '' ? {} : parseJson(text)
  const answer = isRecord(said) ? said : {}
  if (status < 300) {
    if (isRecord(said)) return said
    throw new PushError('denied', `${host} is no MLflow server: what it answers is no JSON.`)
  }
  const words = typeof answer['message'] === 'string' ? `: ${answer['message'].slice(0, MAX_WORDS)}` : ''
  if (status === 401)
    throw new PushError(
      'denied',
      `${host} lets nobody in with these credentials, which are those of the address, or of MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, or of MLFLOW_TRACKING_TOKEN.`,
    )
  const fault = BUSY.has(status) ? 'away' : status >= 500 ? 'failed' : 'refused'
  throw new PushError(fault, `${host} answers ${status}${words}.`.replace(/\.+$/, '.'), codeOf(answer))
}

function codeOf({ error_code: code }: Readonly<Record<string, unknown>>): string {
  return typeof code === 'string' ? code : ''
}

/** Those of the address, then a user's, then a token, as MLflow's own clients take them. */
function authorisationOf(
  { username, password }: URL,
  environment: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string>> {
  const user = decodeURIComponent(username) || environment['MLFLOW_TRACKING_USERNAME']
  if (user !== undefined && user !== '') {
    const secret = decodeURIComponent(password) || (environment['MLFLOW_TRACKING_PASSWORD'] ?? '')
    return { authorization: `Basic ${Buffer.from(`${user}:${secret}`).toString('base64')}` }
  }
  const { MLFLOW_TRACKING_TOKEN: token } = environment
  return token === undefined || token === '' ? {} : { authorization: `Bearer ${token}` }
}
