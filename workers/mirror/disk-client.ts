import { err, ok, type Result } from '../../src/model/result.ts'
import { isRecord } from '../../src/model/raw-value.ts'
import { decodeMessage, encodeMessage, TOKEN_HEADER } from '../../src/protocol/wire.ts'
import {
  READ_CALL,
  type Answered,
  type Asked,
  type DiskCall,
  type DiskGreeting,
  type ReadAsked,
} from './messages.ts'

/** Why a call was not done. none: there is no such server; behind: what was sent does not follow on what is there; stranger: it began anew. */
export interface DiskRefusal {
  readonly why: 'away' | 'none' | 'behind' | 'stranger' | 'refused'
  readonly message: string
}

/** Speaks to the server that keeps a folder. */
export interface DiskClient {
  greet(): Promise<Result<DiskGreeting, DiskRefusal>>
  call<Name extends DiskCall>(name: Name, asked: Asked<Name>): Promise<Result<Answered<Name>, DiskRefusal>>
  /** The runs of a file of the folder, as one to be opened. */
  read(asked: ReadAsked): Promise<Result<Blob, DiskRefusal>>
}

/** A server that is well answers within milliseconds. */
const DEADLINE_MS = 30_000
/** Many gigabytes are not written in less. */
const READ_DEADLINE_MS = 600_000

const MAX_MESSAGE = 1_000

/** Those of the door: see `workers/disk/door.ts`. */
const WHYS: Readonly<Record<number, DiskRefusal['why']>> = { 403: 'stranger', 404: 'none', 409: 'behind' }

export function makeDiskClient(url: string): DiskClient {
  let token = ''

  async function send(
    path: string,
    init: RequestInit,
    deadlineMs = DEADLINE_MS,
  ): Promise<Result<Blob, DiskRefusal>> {
    try {
      const response = await fetch(new URL(path, url), {
        ...init,
        credentials: 'same-origin',
        cache: 'no-store',
        redirect: 'error',
        signal: AbortSignal.timeout(deadlineMs),
      })
      if (response.ok) return ok(await response.blob())
      const message = (await response.text()).slice(0, MAX_MESSAGE)
      return err({ why: WHYS[response.status] ?? 'refused', message })
    } catch {
      return err({ why: 'away', message: 'The development server does not answer.' })
    }
  }

  function post(path: string, asked: unknown, deadlineMs?: number): Promise<Result<Blob, DiskRefusal>> {
    const headers = { [TOKEN_HEADER]: token, 'content-type': 'application/octet-stream' }
    return send(path, { method: 'POST', headers, body: encodeMessage(asked) }, deadlineMs)
  }

  return {
    async greet() {
      const answer = await send('.', { headers: { accept: 'application/json' } })
      if (!answer.ok) return answer
      const greeting = parseGreeting(await answer.value.text())
      if (greeting === null) return err({ why: 'none', message: 'The server keeps nothing.' })
      token = greeting.token
      return ok(greeting)
    },
    async call(name, asked) {
      const answer = await post(name, asked)
      if (!answer.ok) return answer
      try {
        // It is ours, of this origin, and proved to be the one that was greeted.
        return ok(decodeMessage(new Uint8Array(await answer.value.arrayBuffer())) as never)
      } catch {
        return err({ why: 'away', message: 'The development server answers something else.' })
      }
    },
    read: (asked) => post(READ_CALL, asked, READ_DEADLINE_MS),
  }
}

function parseGreeting(text: string): DiskGreeting | null {
  try {
    const said: unknown = JSON.parse(text)
    if (!isRecord(said)) return null
    const { token, folder, problem } = said
    const isOne = [token, folder, problem].every((text) => typeof text === 'string')
    return isOne ? { token: String(token), folder: String(folder), problem: String(problem) } : null
  } catch {
    return null
  }
}
