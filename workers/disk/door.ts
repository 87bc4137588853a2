import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream } from 'node:stream/web'
import { decodeMessage, encodeMessage } from '../../src/protocol/wire.ts'
import { HEADERS, makeGate, readBody, Refusal, refuse, send, sendJson } from '../door/gate.ts'
import {
  MAX_BODY_BYTES,
  READ_CALL,
  type DiskCall,
  type DiskGreeting,
  type ReadAsked,
} from '../mirror/messages.ts'
import { PROJECT_FOLDER } from '../native/project-folder.ts'
import type { Disk } from './disk.ts'

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
    if (typeof opened === 'string') throw nothingThere(opened)
    return opened
  }

  async function handle(request: IncomingMessage, response: ServerResponse, name: string): Promise<void> {
    gate.greet(request)
    if (name === '' && request.method === 'GET') return greet(response)
    gate.enter(request)
    const asked = decodeMessage(await readBody(request, MAX_BODY_BYTES))
    if (name === READ_CALL) return sendFile(response, await disk().read((asked as ReadAsked).file))
    const { calls } = disk()
    if (!Object.hasOwn(calls, name)) throw nothingThere('There is no such call.')
    const answer = await calls[name as DiskCall](asked as never)
    send(response, 200, 'application/octet-stream', encodeMessage(answer))
  }

  function greet(response: ServerResponse): void {
    opened ??= open()
    const greeting: DiskGreeting =
      typeof opened === 'string'
        ? { token: '', folder: PROJECT_FOLDER, problem: opened }
        : { token: gate.token, folder: opened.name, problem: '' }
    sendJson(response, greeting)
  }

  return {
    async answer(request, response, name) {
      try {
        await handle(request, response, name)
      } catch (cause) {
        refuse(response, cause)
      }
    },
    close() {
      if (opened !== null && typeof opened !== 'string') opened.close()
      opened = 'The server is closed.'
    },
  }
}

function nothingThere(words: string): Refusal {
  return new Refusal(404, words)
}

async function sendFile(response: ServerResponse, file: Blob): Promise<void> {
  response.writeHead(200, { ...HEADERS, 'content-type': 'application/octet-stream' })
  await pipeline(Readable.fromWeb(file.stream() as ReadableStream), response)
}
