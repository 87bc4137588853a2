import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { callByName, type CallName } from '../../src/protocol/calls.ts'
import type { TrackerApi } from '../../src/protocol/tracker-api.ts'
import type { TrackerEvent } from '../../src/protocol/tracker-event.ts'
import { decodeMessage, encodeMessage, landFiles, liftFiles, type Greeting } from '../../src/protocol/wire.ts'
import { HEADERS, makeGate, readBody, Refusal, refuse, send, sendJson } from '../door/gate.ts'
import { openProject } from '../native/project.ts'
import { openProjectStore } from '../native/project-store.ts'
import { makeProjectTracker } from './project-tracker.ts'
import { watchProject } from './watch-project.ts'

export interface ServeOptions {
  readonly folder: string
  /** Files that are opened beside it. */
  readonly files: readonly File[]
  readonly canWrite: boolean
  readonly port: number
  /** Answers for files of the dashboard. */
  readonly app: (request: IncomingMessage, response: ServerResponse, next: () => void) => void
  readonly warn: (sentence: string) => void
}

export interface Served {
  readonly url: string
  close(): void
}

/** Below it are the calls of the tracker, beside the files of the dashboard. */
export const API_PATH = '/api/'

/** The call that is answered by a line of JSON for everything that happens. */
const EVENTS = 'events'
/** An empty one, so that whoever is gone is found out. */
const BEAT_MS = 15_000

/** A file that a page opens is read into memory on its way. */
const MAX_BODY_BYTES = 2 ** 30

/** Serves the dashboard of a project on this machine alone. Errors: rejects when the port is taken. */
export async function serveProject(options: ServeOptions): Promise<Served> {
  const { folder, files, canWrite, port, app, warn } = options
  // Before anything is opened: where the port is taken there is nothing to close.
  const server = createServer()
  await listenOn(server, port)
  const listeners = new Set<ServerResponse>()
  const notify = (event: TrackerEvent): void => {
    for (const response of listeners) response.write(`${JSON.stringify(event)}\n`)
  }
  const project = openProject(folder, { onUnreadable: warn, notify })
  const scratchFolder = mkdtempSync(join(tmpdir(), 'kymo-open-'))
  const scratch = openProjectStore(join(scratchFolder, 'opened.db'), notify)
  for (const file of files) {
    const opened = await scratch.service.openFile({ jobId: file.name, fileName: file.name, file })
    if (!opened.ok) warn(`${file.name}: ${opened.error.message}`)
  }
  const tracker = makeProjectTracker({ folder, project, scratch, canWrite, notify })
  const gate = makeGate([])
  const stopWatching = watchProject(project, notify)
  const beat = setInterval(() => {
    for (const response of listeners) response.write('\n')
  }, BEAT_MS)

  async function answer(request: IncomingMessage, response: ServerResponse, name: string): Promise<void> {
    gate.greet(request)
    if (name === '' && request.method === 'GET') {
      return sendJson(response, { token: gate.token } satisfies Greeting)
    }
    gate.enter(request)
    if (name === EVENTS) return listen(response)
    const asked = landFiles(decodeMessage(await readBody(request, MAX_BODY_BYTES)))
    if (!isCall(tracker, name)) throw new Refusal(404, 'There is no such call.')
    const said = await liftFiles(await callByName(tracker, name, asked as never))
    send(response, 200, 'application/octet-stream', encodeMessage(said))
  }

  function listen(response: ServerResponse): void {
    response.writeHead(200, { ...HEADERS, 'content-type': 'application/x-ndjson' })
    response.write('\n')
    listeners.add(response)
    response.on('close', () => listeners.delete(response))
  }

  server.on('request', (request, response) => {
    const path = (request.url ?? '/').split('?')[0] ?? '/'
    if (!path.startsWith(API_PATH)) {
      app(request, response, () => refuse(response, new Refusal(404, 'There is nothing here.')))
      return
    }
    answer(request, response, path.slice(API_PATH.length)).catch((cause: unknown) => refuse(response, cause))
  })
  const { port: listening } = server.address() as AddressInfo

  return {
    url: `http://127.0.0.1:${listening}/`,
    close() {
      clearInterval(beat)
      stopWatching()
      for (const response of listeners) response.end()
      server.close()
      server.closeAllConnections()
      scratch.close()
      project.close()
      rmSync(scratchFolder, { recursive: true, force: true })
    },
  }
}

function isCall(tracker: TrackerApi, name: string): name is CallName {
  return Object.hasOwn(tracker, name)
}

function listenOn(server: Server, port: number): Promise<void> {
  return new Promise((settle, fail) => {
    server.once('error', fail)
    server.listen(port, '127.0.0.1', settle)
  })
}
