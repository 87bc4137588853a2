import { expose, type Endpoint } from 'comlink'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { err, ok } from '../model/result.ts'
import { CALL_DEADLINE_MS } from '../protocol/calls.ts'
import type { TrackerApi } from '../protocol/tracker-api.ts'
import { trackerError } from '../protocol/tracker-error.ts'
import type { TrackerEvent } from '../protocol/tracker-event.ts'
import type { OwnerState, WorkerApi } from '../protocol/worker-api.ts'
import { createConnection } from './connection.ts'

const welcome = ok({ protocolVersion: 1, storage: 'opfs' as const })
const storage = ok({
  kind: 'opfs' as const,
  reason: '',
  databaseBytes: 1,
  full: false,
  binRuns: 0,
  files: [],
  damaged: [],
})
const never = new Promise<never>(() => {})

/** A tracker over a real message channel that answers only what it is given. */
function fakeProcess(api: Partial<WorkerApi>) {
  const { port1, port2 } = new MessageChannel()
  const own = { joined: () => Promise.resolve('worker'), failed: () => never, ownerState: () => never }
  expose({ hello: () => Promise.resolve(welcome), ...own, ...api }, port2 as unknown as Endpoint)
  const listeners = new Set<(reason: string) => void>()
  const terminate = vi.fn<() => void>(() => {
    port1.close()
    port2.close()
  })
  return {
    endpoint: port1 as unknown as Endpoint,
    terminate,
    onDeath: (listener: (reason: string) => void) => void listeners.add(listener),
    die(reason: string) {
      for (const listener of listeners) listener(reason)
    },
  }
}

type FakeProcess = ReturnType<typeof fakeProcess>

function connect(...apis: Partial<WorkerApi>[]) {
  const started: FakeProcess[] = []
  const open = (): FakeProcess => {
    const api = apis[Math.min(started.length, apis.length - 1)]
    if (api === undefined) throw new Error('Worker is not defined')
    started.push(fakeProcess(api))
    return started.at(-1) ?? fakeProcess({})
  }
  const connection = createConnection([open])
  return { connection, started }
}

/** A way on which nothing lives; notes what it is told. */
const refuse =
  (said: string, reasons: string[] = []) =>
  (reason: string): never => {
    reasons.push(reason)
    throw new Error(said)
  }

/** Messages of real ports arrive in their own time, which the fake clock does not move. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve))
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] })
})
let started: readonly FakeProcess[] = []
afterEach(() => {
  for (const each of started) each.terminate()
  started = []
  vi.useRealTimers()
})

describe('the connection', () => {
  it('starts no worker before the first call', async () => {
    const opened = connect({ readStorage: () => Promise.resolve(storage) })
    expect(opened.started).toHaveLength(0)
    expect(await opened.connection.api.readStorage()).toEqual(storage)
    expect(opened.started).toHaveLength(1)
    started = opened.started
  })

  it('replaces a worker that misses its deadline and asks the new one', async () => {
    const stuck = vi.fn<TrackerApi['readStorage']>(() => never)
    const opened = connect({ readStorage: stuck }, { readStorage: () => Promise.resolve(storage) })
    started = opened.started
    const answer = opened.connection.api.readStorage()
    await until(() => stuck.mock.calls.length === 1)
    vi.advanceTimersByTime(CALL_DEADLINE_MS)
    expect(opened.started[0]?.terminate).not.toHaveBeenCalled()
    vi.advanceTimersByTime(1_000)
    expect(await answer).toEqual(storage)
    expect(opened.started[0]?.terminate).toHaveBeenCalledTimes(1)
    expect(opened.connection.failure).toBeNull()
  })

  it('settles every call under way when the worker dies', async () => {
    const exportFile = vi.fn<TrackerApi['exportFile']>(() => never)
    const opened = connect(
      { readStorage: () => never, exportFile },
      { readStorage: () => Promise.resolve(storage) },
    )
    started = opened.started
    const read = opened.connection.api.readStorage()
    const exported = opened.connection.api.exportFile({
      jobId: 'j',
      database: 'own',
      experimentId: 'e',
      runIds: null,
      format: 'db',
    })
    await until(() => exportFile.mock.calls.length === 1)
    opened.started[0]?.die('out of memory')
    expect(await read).toEqual(storage)
    expect(await exported).toMatchObject({ ok: false, error: { code: 'interrupted' } })
  })

  it('hears at once that a worker is gone which told nobody', async () => {
    const crashed = fakeProcess({ readStorage: () => never })
    const next = fakeProcess({ readStorage: () => Promise.resolve(storage) })
    let goneAs: string | null = null
    const gone: (() => void)[] = []
    const processes = [
      {
        ...crashed,
        onGone(workerId: string, listener: () => void) {
          goneAs = workerId
          gone.push(listener)
          return () => {}
        },
      },
      next,
    ]
    const connection = createConnection([() => processes.shift() ?? next])
    const answer = connection.api.readStorage()
    await until(() => goneAs !== null)
    expect(goneAs).toBe('worker')
    gone[0]?.()
    expect(await answer).toEqual(storage)
    started = [crashed, next]
  })

  it('leaves a worker alone that waits for a silent owner', async () => {
    const say: ((state: OwnerState) => void)[] = []
    const readStorage = vi.fn<TrackerApi['readStorage']>(() => never)
    const opened = connect({
      readStorage,
      ownerState: (seen) =>
        seen === 'reached' ? new Promise<OwnerState>((resolve) => void say.push(resolve)) : never,
    })
    started = opened.started
    const heard: OwnerState[] = []
    opened.connection.onOwner((owner) => heard.push(owner))
    void opened.connection.api.readStorage()
    await until(() => readStorage.mock.calls.length === 1)
    say[0]?.('silent')
    await until(() => heard.length === 1)
    expect(opened.connection.owner).toBe('silent')
    for (let round = 0; round < 5; round += 1) vi.advanceTimersByTime(CALL_DEADLINE_MS + 1_000)
    expect(opened.started[0]?.terminate).not.toHaveBeenCalled()
  })

  it('ends its own worker when another tab takes over and it does not answer', async () => {
    const hear: ((event: TrackerEvent) => void)[] = []
    const joined = vi.fn<WorkerApi['joined']>(() => Promise.resolve('worker'))
    const stuck = fakeProcess({ joined, readStorage: () => never })
    const next = fakeProcess({ readStorage: () => Promise.resolve(storage) })
    const processes = [stuck, next]
    const connection = createConnection([() => processes.shift() ?? next], (listener) => {
      hear.push(listener)
      return () => {}
    })
    await connection.ready()
    const answer = connection.api.readStorage()
    hear[0]?.({ type: 'takeoverAsked', workerId: 'other' })
    await until(() => joined.mock.calls.length === 2)
    await new Promise((resolve) => setImmediate(resolve))
    vi.advanceTimersByTime(2_000)
    expect(stuck.terminate).not.toHaveBeenCalled()
    joined.mockImplementation(() => never)
    hear[0]?.({ type: 'takeoverAsked', workerId: 'other' })
    await until(() => joined.mock.calls.length === 3)
    vi.advanceTimersByTime(2_000)
    expect(stuck.terminate).toHaveBeenCalledTimes(1)
    expect(await answer).toEqual(storage)
    started = [stuck, next]
  })

  it('gives a long export all the time it needs', async () => {
    const exportFile = vi.fn<TrackerApi['exportFile']>(() => never)
    const opened = connect({ exportFile })
    started = opened.started
    void opened.connection.api.exportFile({
      jobId: 'j',
      database: 'own',
      experimentId: 'e',
      runIds: null,
      format: 'db',
    })
    await until(() => exportFile.mock.calls.length === 1)
    vi.advanceTimersByTime(100 * CALL_DEADLINE_MS)
    expect(opened.started[0]?.terminate).not.toHaveBeenCalled()
  })

  it('repeats a call once only', async () => {
    const stuck = vi.fn<TrackerApi['readStorage']>(() => never)
    const opened = connect({ readStorage: stuck })
    started = opened.started
    const answer = opened.connection.api.readStorage()
    for (const index of [0, 1]) {
      await until(() => stuck.mock.calls.length === index + 1)
      opened.started[index]?.die('poison')
    }
    expect(await answer).toMatchObject({ ok: false, error: { code: 'interrupted' } })
    expect(opened.started).toHaveLength(2)
  })

  it('passes on what the tracker throws', async () => {
    const opened = connect({ readStorage: () => Promise.reject(new Error('near "selec": syntax error')) })
    started = opened.started
    await expect(opened.connection.api.readStorage()).rejects.toThrow('syntax error')
  })

  it('says why when no worker can be made, and does not try again at once', async () => {
    const factory = vi.fn<() => never>(() => {
      throw new ReferenceError('Worker is not defined')
    })
    const connection = createConnection([factory])
    for (let call = 0; call < 10; call += 1) {
      expect(await connection.api.readStorage()).toMatchObject({ ok: false, error: { code: 'interrupted' } })
    }
    expect(connection.failure).toContain('Worker is not defined')
    expect(factory).toHaveBeenCalledTimes(3)
    vi.advanceTimersByTime(10_000)
    await connection.api.readStorage()
    expect(factory).toHaveBeenCalledTimes(4)
  })

  it('asks nothing of a tracker of another version', async () => {
    const mismatch = err(trackerError('version-mismatch', 'Reload this page.'))
    const readStorage = vi.fn<TrackerApi['readStorage']>()
    const opened = connect({ hello: () => Promise.resolve(mismatch), readStorage })
    started = opened.started
    expect(await opened.connection.ready()).toEqual(mismatch)
    expect(await opened.connection.api.readStorage()).toEqual(mismatch)
    expect(readStorage).not.toHaveBeenCalled()
    expect(opened.connection.failure).toBe('Reload this page.')
  })

  it('posts before it returns once it is connected', async () => {
    const opened = connect({ readStorage: () => Promise.resolve(storage) })
    started = opened.started
    await opened.connection.ready()
    const endpoint = opened.started[0]?.endpoint
    if (endpoint === undefined) throw new Error('not started')
    const posted = vi.spyOn(endpoint, 'postMessage')
    void opened.connection.api.readStorage()
    expect(posted).toHaveBeenCalledTimes(1)
  })

  it('puts the stand-in in the place of workers that never live, within the same call', async () => {
    const standIn = fakeProcess({ readStorage: () => Promise.resolve(storage) })
    const reasons: string[] = []
    const connection = createConnection([
      refuse('Worker is not defined', reasons),
      refuse('its script did not load', reasons),
      (reason) => {
        reasons.push(reason)
        return standIn
      },
    ])
    expect(await connection.api.readStorage()).toEqual(storage)
    const first = 'Worker is not defined'
    expect(reasons).toEqual(['', first, first, first, first])
    expect(connection.failure).toBeNull()
    started = [standIn]
  })

  it('goes on to the next way when a worker lives and can never open the database', async () => {
    const broken = () =>
      fakeProcess({ hello: () => never, failed: () => Promise.resolve('WebAssembly is forbidden') })
    const standIn = fakeProcess({ readStorage: () => Promise.resolve(storage) })
    const workers = [broken(), broken()]
    const reasons: string[] = []
    const connection = createConnection([
      () => workers.shift() ?? standIn,
      (reason) => {
        reasons.push(reason)
        return standIn
      },
    ])
    expect(await connection.api.readStorage()).toEqual(storage)
    expect(reasons).toEqual(['WebAssembly is forbidden'])
    started = [standIn]
  })

  it('answers with the reason of the first way, which is to be mended, when none lives', async () => {
    const connection = createConnection([refuse('add “worker-src blob:”'), refuse('no engine either')])
    const answer = await connection.api.readStorage()
    expect(answer).toMatchObject({ ok: false, error: { code: 'interrupted' } })
    expect(connection.failure).toContain('add “worker-src blob:”, and no engine either')
    started = []
  })
})
