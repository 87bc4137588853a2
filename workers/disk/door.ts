import { randomBytes, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { isIP } from 'node:net'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream } from 'node:stream/web'
import {
  decodeMessage,
  encodeMessage,
  MAX_BODY_BYTES,
  READ_CALL,
  TOKEN_HEADER,
  type DiskCall,
  type Greeting,
  type ReadAsked,
} from '../mirror/messages.ts'
import { PROJECT_FOLDER } from '../native/project-folder.ts'
import { Refused, type Disk } from './disk.ts'
import { Behind } from './take-runs.ts'

/** What is answered, and how: every other answer than these is a refusal in words. */
interface Refusal {
  readonly status: number
  readonly words: string
}

export interface DoorOptions {
  /** The disk behind it; a sentence where there is none. Opened when somebody first asks. */
  readonly open: () => Disk | string
  /** Names of hosts besides numeric ones and `localhost` that lead to this server. */
  readonly hosts: readonly string[]
}

/** Answers what is asked below the path of the door, whose name begins after it. */
export interface Door {
  answer(request: IncomingMessage, response: ServerResponse, name: string): Promise<void>
  close(): void
}

/**
 * The door from a page into the disk of whoever develops it: for pages of the same origin alone.
 *
 * A foreign page is known by its `Origin`, or lacks the token, which only this origin can read; a name that was led here (DNS
 * rebinding) is known by `Host`. Bodies are bounded, and what they name is no path.
 */
export function makeDoor({ open, hosts }: DoorOptions): Door {
  const token = randomBytes(32).toString('hex')
  let opened: Disk | string | null = null

  function disk(): Disk {
    opened ??= open()
    if (typeof opened === 'string') throw new Closed(opened)
    return opened
  }

  async function handle(request: IncomingMessage, response: ServerResponse, name: string): Promise<void> {
    if (!isFromHere(request, hosts)) throw new Foreign()
    if (name === '' && request.method === 'GET') return greet(response)
    if (request.method !== 'POST' || request.headers.origin === undefined) throw new Foreign()
    if (!isToken(request.headers[TOKEN_HEADER], token)) throw new Foreign()
    const asked = decodeMessage(await readBody(request))
    if (name === READ_CALL) return sendFile(response, await disk().read((asked as ReadAsked).file))
    const { calls } = disk()
    if (!Object.hasOwn(calls, name)) throw new Closed('There is no such call.')
    const answer = await calls[name as DiskCall](asked as never)
    send(response, 200, 'application/octet-stream', encodeMessage(answer))
  }

  function greet(response: ServerResponse): void {
    opened ??= open()
    const greeting: Greeting =
      typeof opened === 'string'
        ? { token: '', folder: PROJECT_FOLDER, problem: opened }
        : { token, folder: opened.name, problem: '' }
    send(response, 200, 'application/json', Buffer.from(JSON.stringify(greeting)))
  }

  return {
    async answer(request, response, name) {
      try {
        await handle(request, response, name)
      } catch (cause) {
        if (response.headersSent) response.destroy()
        else {
          const { status, words } = refusalOf(cause)
          // What is left of a body that was refused is not waited for.
          response.setHeader('connection', 'close')
          send(response, status, 'text/plain; charset=utf-8', Buffer.from(words))
        }
      }
    },
    close() {
      if (opened !== null && typeof opened !== 'string') opened.close()
      opened = 'The server is closed.'
    },
  }
}

/** Thrown for whoever is not of this origin, or does not know the token: nobody is told more. */
class Foreign extends Error {}
/** Thrown where nothing is kept. */
class Closed extends Error {}
/** Thrown for a body beyond the bound. */
class TooLarge extends Error {}

function refusalOf(cause: unknown): Refusal {
  if (cause instanceof Foreign) return { status: 403, words: 'This is for pages of this origin.' }
  if (cause instanceof Closed) return { status: 404, words: cause.message }
  if (cause instanceof Behind) return { status: 409, words: cause.message }
  if (cause instanceof TooLarge) return { status: 413, words: 'That is too much at once.' }
  if (cause instanceof Refused) return { status: 507, words: cause.message }
  return { status: 400, words: cause instanceof Error ? cause.message : 'That is no message.' }
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

async function readBody(request: IncomingMessage): Promise<Uint8Array> {
  if (Number(request.headers['content-length'] ?? 0) > MAX_BODY_BYTES) throw new TooLarge()
  const parts: Buffer[] = []
  let bytes = 0
  for await (const part of request as AsyncIterable<Buffer>) {
    bytes += part.length
    if (bytes > MAX_BODY_BYTES) throw new TooLarge()
    parts.push(part)
  }
  return Buffer.concat(parts)
}

/** Nothing of it is kept, sniffed, framed, or read by another origin. */
const HEADERS = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'cross-origin-resource-policy': 'same-origin',
}

function send(response: ServerResponse, status: number, type: string, body: Uint8Array): void {
  response.writeHead(status, { ...HEADERS, 'content-type': type, 'content-length': body.length }).end(body)
}

async function sendFile(response: ServerResponse, file: Blob): Promise<void> {
  response.writeHead(200, { ...HEADERS, 'content-type': 'application/octet-stream' })
  await pipeline(Readable.fromWeb(file.stream() as ReadableStream), response)
}
