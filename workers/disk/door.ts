import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream } from 'node:stream/web'
import { decodeMessage, encodeMessage } from '../../src/protocol/wire.ts'
import { Foreign, HEADERS, makeGate, readBody, send, TooLarge } from '../door/gate.ts'
import {
  MAX_BODY_BYTES,
  READ_CALL,
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

/** The door from a page into the disk of whoever develops it. Bodies are bounded, and what they name is no path. */
export function makeDoor({ open, hosts }: DoorOptions): Door {
  const gate = makeGate(hosts)
  let opened: Disk | string | null = null

  function disk(): Disk {
    opened ??= open()
    if (typeof opened === 'string') throw new Closed(opened)
    return opened
  }

  async function handle(request: IncomingMessage, response: ServerResponse, name: string): Promise<void> {
    gate.greet(request)
    if (name === '' && request.method === 'GET') return greet(response)
    gate.enter(request)
    const asked = decodeMessage(await readBody(request, MAX_BODY_BYTES))
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
        : { token: gate.token, folder: opened.name, problem: '' }
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

/** Thrown where nothing is kept. */
class Closed extends Error {}

function refusalOf(cause: unknown): Refusal {
  if (cause instanceof Foreign) return { status: 403, words: 'This is for pages of this origin.' }
  if (cause instanceof Closed) return { status: 404, words: cause.message }
  if (cause instanceof Behind) return { status: 409, words: cause.message }
  if (cause instanceof TooLarge) return { status: 413, words: 'That is too much at once.' }
  if (cause instanceof Refused) return { status: 507, words: cause.message }
  return { status: 400, words: cause instanceof Error ? cause.message : 'That is no message.' }
}

async function sendFile(response: ServerResponse, file: Blob): Promise<void> {
  response.writeHead(200, { ...HEADERS, 'content-type': 'application/octet-stream' })
  await pipeline(Readable.fromWeb(file.stream() as ReadableStream), response)
}
