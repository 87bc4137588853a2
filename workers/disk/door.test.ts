import { createServer, request, type IncomingHttpHeaders, type Server } from 'node:http'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { encodeMessage, TOKEN_HEADER } from '../../src/protocol/wire.ts'
import { MAX_BODY_BYTES, type DiskGreeting } from '../mirror/messages.ts'
import { openDisk } from './disk.ts'
import { makeDoor, type Door } from './door.ts'

let root = ''
let server: Server
let door: Door
let port = 0

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'kymo-door-'))
  door = makeDoor({
    open: () => openDisk(join(root, '.kymo'), () => undefined),
    hosts: ['my.dev', '.inner.dev'],
  })
  server = createServer((asked, response) => {
    void door.answer(asked, response, (asked.url ?? '').slice('/kymo/disk/'.length))
  })
  await new Promise<void>((settle) => server.listen(0, '127.0.0.1', settle))
  const address = server.address()
  port = typeof address === 'object' && address !== null ? address.port : 0
})
afterEach(() => {
  door.close()
  server.close()
  rmSync(root, { recursive: true, force: true })
})

interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly text: string
}

/** Asks with these headers and no others: what no page could send, a program can. */
function ask(
  name: string,
  headers: Readonly<Record<string, string>>,
  body?: Uint8Array | string,
): Promise<Answer> {
  return new Promise((settle, refuse) => {
    const asked = request(
      {
        host: '127.0.0.1',
        port,
        path: `/kymo/disk/${name}`,
        method: body === undefined ? 'GET' : 'POST',
        headers,
        setHost: false,
      },
      (response) => {
        let text = ''
        response.setEncoding('utf8')
        response.on('data', (part: string) => (text += part))
        response.on('end', () =>
          settle({ status: response.statusCode ?? 0, headers: response.headers, text }),
        )
      },
    )
    asked.on('error', refuse)
    asked.end(body)
  })
}

const own = (): string => `localhost:${port}`
const origin = (): string => `http://${own()}`

async function greet(): Promise<string> {
  const { text } = await ask('', { host: own(), 'sec-fetch-site': 'same-origin' })
  return (JSON.parse(text) as DiskGreeting).token
}

it('greets pages of its origin with a token, and answers calls that bring it', async () => {
  const token = await greet()
  expect(token).toMatch(/^[0-9a-f]{64}$/)
  const list = await ask(
    'list',
    { host: own(), origin: origin(), [TOKEN_HEADER]: token },
    encodeMessage(null),
  )
  expect(list.status).toBe(200)
  expect(list.headers).toMatchObject({
    'cache-control': 'no-store',
    'cross-origin-resource-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
  })
  expect(list.headers['access-control-allow-origin']).toBeUndefined()
})

it.each(['127.0.0.1', '[::1]', '192.168.1.5', 'app.localhost', 'my.dev', 'a.inner.dev', 'inner.dev'])(
  'is reached as %s',
  async (host) => {
    expect((await ask('', { host: `${host}:${port}` })).status).toBe(200)
  },
)

it.each([
  'evil.example',
  'localhost.evil.example',
  'my.dev.evil.example',
  'notinner.dev',
  '127.0.0.1.evil.example',
  '',
])('gives nothing to a name that was led here: %s', async (host) => {
  const token = await greet()
  const greeting = await ask('', { host })
  expect(greeting.status).toBe(403)
  expect(greeting.text).not.toContain(token)
  const headers = { host, origin: `http://${host}`, [TOKEN_HEADER]: token }
  expect((await ask('list', headers, encodeMessage(null))).status).toBe(403)
})

it('says why nothing is kept, without a token', async () => {
  const closed = makeDoor({ open: () => 'Node has no SQLite.', hosts: [] })
  server.removeAllListeners('request')
  server.on('request', (asked, response) => void closed.answer(asked, response, ''))
  const { status, text } = await ask('', { host: own() })
  expect([status, JSON.parse(text)]).toEqual([
    200,
    { token: '', folder: '.kymo', problem: 'Node has no SQLite.' },
  ])
})

it('gives nothing to a page of another origin', async () => {
  const token = await greet()
  const body = encodeMessage(null)
  const foreign = ['http://evil.example', `http://localhost:${port + 1}`, 'null', `https://localhost`]
  for (const each of foreign) {
    expect((await ask('', { host: own(), origin: each })).status).toBe(403)
    const headers = { host: own(), origin: each, [TOKEN_HEADER]: token }
    expect((await ask('list', headers, body)).status).toBe(403)
  }
  for (const site of ['cross-site', 'same-site', 'none'])
    expect((await ask('', { host: own(), 'sec-fetch-site': site })).status).toBe(403)
})

it('gives nothing without the token, with that of an earlier start, and to a form', async () => {
  const body = encodeMessage(null)
  const headers = { host: own(), origin: origin() }
  expect((await ask('list', headers, body)).status).toBe(403)
  expect((await ask('list', { ...headers, [TOKEN_HEADER]: 'f'.repeat(64) }, body)).status).toBe(403)
  expect((await ask('list', { ...headers, [TOKEN_HEADER]: '' }, body)).status).toBe(403)
  const token = await greet()
  // A page that asks says where it is from; a form of another page could leave that out in old browsers.
  expect((await ask('list', { host: own(), [TOKEN_HEADER]: token }, body)).status).toBe(403)
  expect((await ask('list', { host: own(), [TOKEN_HEADER]: token })).status).toBe(403)
})

it('bounds what it reads', async () => {
  const headers = { host: own(), origin: origin(), [TOKEN_HEADER]: await greet() }
  const said = await ask('list', { ...headers, 'content-length': String(MAX_BODY_BYTES + 1) }, 'x').catch(
    () => null,
  )
  expect([413, undefined]).toContain(said?.status)
  const long = await ask(
    'list',
    { ...headers, 'transfer-encoding': 'chunked' },
    new Uint8Array(MAX_BODY_BYTES + 1),
  ).catch(() => null)
  // It may hang up before it is told everything.
  expect([413, undefined]).toContain(long?.status)
})

it('writes nowhere else, whatever a name contains', async () => {
  const headers = { host: own(), origin: origin(), [TOKEN_HEADER]: await greet() }
  const crafted = ['../../etc/passwd', '..', '/etc/passwd', 'a/../../b', '\0', 'C:\\x', 'x'.repeat(10_000)]
  for (const name of crafted) {
    const part = { artifactId: name, file: 0, offset: 0, bytes: new Uint8Array([1]) }
    expect((await ask('filePart', headers, encodeMessage(part))).status).toBe(200)
    expect((await ask('read', headers, encodeMessage({ file: name }))).status).toBe(507)
    const run = {
      id: `run ${name}`,
      experimentId: 'e',
      name,
      status: 'running',
      startedAt: 1,
      environment: {},
    }
    const taken = {
      runs: [{ experiment: { id: 'e', name, notes: '', createdAt: 1 }, record: { run } }],
      removed: [],
      points: { sections: [], columns: new Float64Array(0) },
      pointsFrom: [],
      arrays: [],
      arraysFrom: [],
      consoles: [],
    }
    const { status } = await ask('take', headers, encodeMessage(taken))
    expect(status).toBe(200)
  }
  expect(readdirSync(root)).toEqual(['.kymo'])
  const names = readdirSync(join(root, '.kymo')).filter((name) => !/\.db(-wal|-shm)?$/.test(name))
  expect(names.toSorted()).toEqual(['.gitignore', `.incoming-${process.pid}`])
})

it('answers noise with a refusal', async () => {
  const headers = { host: own(), origin: origin(), [TOKEN_HEADER]: await greet() }
  const noise = [
    new Uint8Array(0),
    new Uint8Array([0xc1]),
    encodeMessage({}),
    encodeMessage([1, 2]),
    encodeMessage('x'),
  ]
  for (const call of [
    'ask',
    'take',
    'alive',
    'arrange',
    'filePart',
    'artifact',
    'read',
    '__proto__',
    'constructor',
    '../list',
  ])
    for (const body of noise) {
      const { status } = await ask(call, headers, body)
      expect([400, 403, 404, 409, 507]).toContain(status)
    }
})
