import { expose } from 'comlink'
import { isRecord } from '../model/raw-value.ts'
import { err } from '../model/result.ts'
import { makeApi, type Answers, type Arguments, type CallName } from '../protocol/calls.ts'
import type { Outcome } from '../protocol/outcome.ts'
import { trackerError } from '../protocol/tracker-error.ts'
import { NOTICE_CHANNEL } from '../protocol/version.ts'
import { decodeMessage, encodeMessage, landFiles, liftFiles, TOKEN_HEADER } from '../protocol/wire.ts'
import type { WorkerApi } from '../protocol/worker-api.ts'

const RECONNECT_MS = 2_000

/**
 * Serves the tracker of the server that this page is from, `url` being where it answers. What happens there is announced on the
 * notice channel.
 *
 * Errors: rejects when there is no such server.
 */
export async function serveRemote(port: MessagePort, url: string): Promise<void> {
  let token = await greet(url)

  function post(name: string, body: Uint8Array<ArrayBuffer>): Promise<Response> {
    return fetch(new URL(name, url), { method: 'POST', headers: { [TOKEN_HEADER]: token }, body })
  }

  async function ask(name: string, body: Uint8Array<ArrayBuffer>): Promise<Response> {
    const response = await post(name, body)
    if (response.status !== 403) return response
    // The server was started anew.
    token = await greet(url)
    return post(name, body)
  }

  async function pass<Name extends CallName>(name: Name, asked: Arguments[Name]): Outcome<Answers[Name]> {
    try {
      const response = await ask(name, encodeMessage(await liftFiles(asked ?? null)))
      const bytes = new Uint8Array(await response.arrayBuffer())
      if (response.ok) return landFiles(decodeMessage(bytes)) as Awaited<Outcome<Answers[Name]>>
      return err(trackerError('interrupted', new TextDecoder().decode(bytes)))
    } catch {
      return err(
        trackerError('interrupted', 'The server of this dashboard does not answer: start kymo open again.'),
      )
    }
  }

  const api: WorkerApi = {
    ...makeApi(pass),
    joined: never,
    failed: never,
    ownerState: never,
    takeOver: () => Promise.resolve(),
  }
  expose(api, port)
  void announce(() => ask('events', new Uint8Array(0)))
}

/** There is no worker that could die, and no other owner. */
function never<T>(): Promise<T> {
  return new Promise(() => undefined)
}

async function greet(url: string): Promise<string> {
  const response = await fetch(url)
  const said: unknown = response.ok ? await response.json() : null
  if (!isRecord(said) || typeof said['token'] !== 'string') throw new Error('its server does not answer')
  return said['token']
}

/** Announces what the server tells, for as long as the page lives. */
async function announce(connect: () => Promise<Response>): Promise<never> {
  const channel = new BroadcastChannel(NOTICE_CHANNEL)
  for (;;) {
    try {
      const { body } = await connect()
      // Nobody knows what happened meanwhile.
      channel.postMessage({ type: 'storageChanged' })
      for await (const line of linesOf(body)) channel.postMessage(JSON.parse(line))
    } catch {
      // It is asked again.
    }
    await new Promise((settle) => setTimeout(settle, RECONNECT_MS))
  }
}

async function* linesOf(body: ReadableStream<Uint8Array<ArrayBuffer>> | null): AsyncGenerator<string> {
  const reader = body?.pipeThrough(new TextDecoderStream()).getReader()
  let rest = ''
  for (;;) {
    const part = await reader?.read()
    if (part === undefined || part.done) return
    const lines = (rest + part.value).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) if (line !== '') yield line
  }
}
