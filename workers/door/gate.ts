import { randomBytes, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { isIP } from 'node:net'
import { TOKEN_HEADER } from '../../src/protocol/wire.ts'

/** Thrown for what is not done: a sentence, and the status of HTTP that it is answered with. */
export class Refusal extends Error {
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

/** Whoever is not of this origin, or does not know the token, is told nothing more. */
function foreign(): Refusal {
  return new Refusal(403, 'This is for pages of this origin.')
}

function tooLarge(): Refusal {
  return new Refusal(413, 'That is too much at once.')
}

/** Lets pages of one origin in. */
export interface Gate {
  /** Of this start: only this origin can read it. */
  readonly token: string
  /** Errors: throws a `Refusal` for whoever may not even be greeted. */
  greet(request: IncomingMessage): void
  /** Errors: throws a `Refusal` for whoever may not call. */
  enter(request: IncomingMessage): void
}

/**
 * The gate from a page into the disk of whoever started a server: for pages of the same origin alone.
 *
 * A foreign page is known by its `Origin`, or lacks the token; a name that was led here (DNS rebinding) is known by `Host`. `hosts`:
 * names besides numeric ones and `localhost` that lead to this server.
 */
export function makeGate(hosts: readonly string[]): Gate {
  const token = randomBytes(32).toString('hex')
  const greet = (request: IncomingMessage): void => {
    if (!isFromHere(request, hosts)) throw foreign()
  }
  return {
    token,
    greet,
    enter(request) {
      greet(request)
      if (request.method !== 'POST' || request.headers.origin === undefined) throw foreign()
      if (!isToken(request.headers[TOKEN_HEADER], token)) throw foreign()
    },
  }
}

/** Whether the page that asks is of this origin, and was reached by a name that is this server's own. */
function isFromHere({ headers }: IncomingMessage, hosts: readonly string[]): boolean {
  const { host, origin } = headers
  if (host === undefined || !isOwnHost(host, hosts)) return false
  const site = headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin') return false
  return origin === undefined || origin === `http://${host}` || origin === `https://${host}`
}

/** Nobody can lead a number elsewhere, and `localhost` leads nowhere else. */
function isOwnHost(host: string, hosts: readonly string[]): boolean {
  const name = host.replace(/:\d+$/, '').toLowerCase()
  if (isIP(name.replaceAll(/^\[|\]$/g, '')) !== 0) return true
  if (name === 'localhost' || name.endsWith('.localhost')) return true
  return hosts.some((each) => (each.startsWith('.') ? `.${name}`.endsWith(each) : each === name))
}

function isToken(said: string | readonly string[] | undefined, token: string): boolean {
  if (typeof said !== 'string' || said.length !== token.length) return false
  return timingSafeEqual(Buffer.from(said, 'latin1'), Buffer.from(token, 'latin1'))
}

/** Errors: throws a `Refusal` for more than `maxBytes`. */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<Uint8Array> {
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) throw tooLarge()
  const parts: Buffer[] = []
  let bytes = 0
  for await (const part of request as AsyncIterable<Buffer>) {
    bytes += part.length
    if (bytes > maxBytes) throw tooLarge()
    parts.push(part)
  }
  return Buffer.concat(parts)
}

/** Nothing of it is kept, sniffed, framed, or read by another origin. */
export const HEADERS = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'cross-origin-resource-policy': 'same-origin',
}

export function send(response: ServerResponse, status: number, type: string, body: Uint8Array): void {
  response.writeHead(status, { ...HEADERS, 'content-type': type, 'content-length': body.length }).end(body)
}

/** Answers in JSON, as whoever comes is greeted. */
export function sendJson(response: ServerResponse, said: object): void {
  send(response, 200, 'application/json', Buffer.from(JSON.stringify(said)))
}

/** Answers what went wrong, in words; whatever is no `Refusal` was asked wrongly. */
export function refuse(response: ServerResponse, cause: unknown): void {
  if (response.headersSent) {
    response.destroy()
    return
  }
  // What is left of a body that was refused is not waited for.
  response.setHeader('connection', 'close')
  const status = cause instanceof Refusal ? cause.status : 400
  const words = cause instanceof Error ? cause.message : 'That is no message.'
  send(response, status, 'text/plain; charset=utf-8', Buffer.from(words))
}
