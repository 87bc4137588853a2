import { wrap } from 'comlink'
import { err, type Result } from '../model/result.ts'
import { CALL_DEADLINE_MS, callByName, isLongJob, makeApi } from '../protocol/calls.ts'
import type { Outcome } from '../protocol/outcome.ts'
import type { Welcome } from '../protocol/store-api.ts'
import type { TrackerApi } from '../protocol/tracker-api.ts'
import { trackerError, type TrackerError } from '../protocol/tracker-error.ts'
import type { TrackerEvent } from '../protocol/tracker-event.ts'
import { PROTOCOL_VERSION } from '../protocol/version.ts'
import type { OwnerState, WorkerApi } from '../protocol/worker-api.ts'
import { sendBatch } from './batch-message.ts'
import { lastingMethods } from './lasting-methods.ts'
import type { StandInFactory, TrackerProcess } from './tracker-process.ts'

/** How a page or worker reaches the tracker. */
export interface TrackerConnection {
  readonly api: TrackerApi
  /** Why the tracker cannot be reached, as a sentence for the user; null while it can be, or may be. */
  readonly failure: string | null
  /** The handshake of the current worker, which is started if there is none. */
  ready(): Outcome<Welcome>
  /** How the worker here stands to the owner of the database. */
  readonly owner: OwnerState
  /** Calls back whenever `owner` changes; returns how to stop. */
  onOwner(listener: (owner: OwnerState) => void): () => void
  /** Takes the database from an owner that does not answer; `owner` tells how it goes. */
  takeOver(): void
}

/** After a deadline, time for answers that came while the machine slept to be read. */
const GRACE_MS = 1_000

/** While another tab takes over: a worker that is well answers in far less, and one that is not has to make room. */
const TAKEOVER_PATIENCE_MS = 500

/** One bad start may be an accident, two are not: the next way is tried by the same call. */
const EARLY_DEATHS_OF_A_WAY = 2

/** How often the last way is tried at once: see `RESPAWN_AFTER_MS`. */
const EARLY_DEATHS_OF_THE_LAST = 3

/** How long to wait then: long enough not to burn a core, short enough to notice that a reload of the server helped. */
const RESPAWN_AFTER_MS = 10_000

const NO_STORE = trackerError(
  'no-store',
  'Kymo keeps nothing in Node: it stores in the browser. What is logged here is not kept; run the training in a page.',
)

type Answer<T> = { readonly answered: true; readonly value: T } | { readonly answered: false }

/** One worker from its start to its death. `remote` is pinned here: a collected proxy would hang its calls. */
interface Session {
  readonly process: TrackerProcess
  readonly remote: WorkerApi
  /** What to call when it dies, one for each call under way: a dead worker never rejects by itself. */
  readonly pending: Set<() => void>
  welcome: Result<Welcome, TrackerError> | null
  handshake: Promise<unknown> | null
  workerId: string | null
  owner: OwnerState
  stopWatching: (() => void) | null
  dead: boolean
}

/**
 * Reaches a tracker that may die at any time.
 *
 * A worker that misses a deadline or reports an error is terminated and replaced, and calls that are safe to repeat
 * are repeated once. What still has no answer comes back as `interrupted`, or as itself when the tracker threw. Where
 * none that is opened one way ever lives, the next way of `ways` takes its place, and is told why; without any nothing is kept. A worker that waits for
 * an owner in another tab is well, and is left alone.
 */
export function createConnection(
  ways: readonly StandInFactory[],
  onTrackerEvent?: (listener: (event: TrackerEvent) => void) => () => void,
): TrackerConnection {
  let way = 0
  /** Why the first way does not work, which is what is to be mended. */
  let whyNot = ''
  let session: Session | null = null
  let failure: string | null = null
  let earlyDeaths = 0
  let openNotBefore = 0
  const ownerListeners = new Set<(owner: OwnerState) => void>()

  onTrackerEvent?.((event) => {
    if (event.type !== 'takeoverAsked' || session === null || event.workerId === session.workerId) return
    void ask(session, (api) => api.joined(), TAKEOVER_PATIENCE_MS)
  })

  function fail(reason: string): void {
    earlyDeaths += 1
    if (whyNot === '') whyNot = reason
    failure = `Kymo stores nothing on this page: ${reason === whyNot ? reason : `${whyNot}, and ${reason}`}. Training goes on, and what it logs waits in the memory of the page.`
    const isLast = way >= ways.length - 1
    if (isLast && earlyDeaths >= EARLY_DEATHS_OF_THE_LAST) openNotBefore = Date.now() + RESPAWN_AFTER_MS
    if (isLast || earlyDeaths < EARLY_DEATHS_OF_A_WAY) return
    way += 1
    earlyDeaths = 0
  }

  function open(): Session | null {
    if (session !== null) return session
    if (Date.now() < openNotBefore) return null
    try {
      const process = ways[way]?.(whyNot)
      if (process === undefined) return null
      const opened: Session = {
        process,
        remote: lastingMethods(wrap<WorkerApi>(process.endpoint) as unknown as WorkerApi),
        pending: new Set(),
        welcome: null,
        handshake: null,
        workerId: null,
        owner: 'reached',
        stopWatching: null,
        dead: false,
      }
      process.onDeath?.((reason) => kill(opened, reason))
      session = opened
      void watchLife(opened)
      void watchFailure(opened)
      void followOwner(opened)
      return opened
    } catch (thrown) {
      fail(thrown instanceof Error ? thrown.message : String(thrown))
      return null
    }
  }

  /** A worker that crashes tells nobody, and a dead one never answers: its lock becomes free within milliseconds. */
  async function watchLife(of: Session): Promise<void> {
    const joined = await ask(of, (api) => api.joined(), null)
    if (!joined.answered || of.dead) return
    of.workerId = joined.value
    of.stopWatching = of.process.onGone?.(joined.value, () => kill(of, 'it stopped')) ?? null
  }

  /** A worker that should open the database and cannot would let every call wait. */
  async function watchFailure(of: Session): Promise<void> {
    const failed = await ask(of, (api) => api.failed(), null)
    if (failed.answered) kill(of, failed.value)
  }

  async function followOwner(of: Session): Promise<void> {
    for (;;) {
      const next = await ask(of, (api) => api.ownerState(of.owner), null)
      if (!next.answered) return
      setOwner(of, next.value)
    }
  }

  function setOwner(of: Session, owner: OwnerState): void {
    if (of.owner === owner) return
    of.owner = owner
    for (const listener of ownerListeners) listener(owner)
  }

  function kill(dying: Session, reason: string): void {
    if (dying.dead) return
    dying.dead = true
    if (session === dying) session = null
    if (dying.welcome === null) fail(reason)
    dying.stopWatching?.()
    dying.process.terminate()
    setOwner(dying, 'reached')
    for (const settle of dying.pending) settle()
  }

  /** Sends one call and waits for the answer, the deadline or the death of the worker. Posts before it returns. */
  function ask<T>(
    to: Session,
    send: (api: WorkerApi) => Promise<T>,
    deadlineMs: number | null,
  ): Promise<Answer<T>> {
    return new Promise((resolve, reject) => {
      let timer: ReturnType<typeof setTimeout> | undefined
      const settle = () => {
        to.pending.delete(died)
        clearTimeout(timer)
      }
      const died = () => {
        settle()
        resolve({ answered: false })
      }
      const awaitDeadline = (ms: number) => {
        timer = setTimeout(() => {
          timer = setTimeout(() => {
            if (ms === CALL_DEADLINE_MS && isStalled(to)) awaitDeadline(ms)
            else kill(to, 'it did not answer in time')
          }, GRACE_MS)
        }, ms)
      }
      if (deadlineMs !== null) awaitDeadline(deadlineMs)
      to.pending.add(died)
      send(to.remote)
        .then((value) => resolve({ answered: true, value }), reject)
        .finally(settle)
    })
  }

  async function greet(to: Session): Promise<void> {
    const answer = await ask(
      to,
      (api) => api.hello({ protocolVersion: PROTOCOL_VERSION }),
      CALL_DEADLINE_MS,
    ).finally(() => {
      to.handshake = null
    })
    if (!answer.answered) return
    const welcome = answer.value
    if (!welcome.ok && welcome.error.code !== 'version-mismatch') return
    to.welcome = welcome
    earlyDeaths = 0
    if (way === 0) whyNot = ''
    failure = welcome.ok ? null : welcome.error.message
  }

  /** How often a call is sent, and how long each answer may take. */
  interface Patience {
    readonly attempts: number
    readonly deadlineMs: number | null
  }
  const LONG: Patience = { attempts: 1, deadlineMs: null }
  const USUAL: Patience = { attempts: 2, deadlineMs: CALL_DEADLINE_MS }
  /** Every way is tried by the same call, and a worker that died may be replaced once. */
  const mostStarts = EARLY_DEATHS_OF_A_WAY * (ways.length - 1) + 2

  function unreachable(): TrackerError {
    if (ways.length === 0) return NO_STORE
    return trackerError('interrupted', failure ?? 'The tracker worker stopped before it answered. Try again.')
  }

  /** Once the handshake is done the message is posted before this returns, so it leaves even a loop that never yields. */
  async function call<T>(
    send: (api: TrackerApi) => Promise<Result<T, TrackerError>>,
    { attempts, deadlineMs }: Patience = USUAL,
  ): Promise<Result<T, TrackerError>> {
    let sent = 0
    for (let start = 0; start < mostStarts && sent < attempts; start += 1) {
      const to = open()
      if (to === null) continue
      if (to.welcome?.ok !== true) {
        // Another version owns the database; by now it may be another one.
        to.handshake ??= greet(to)
        await to.handshake
      }
      if (to.welcome === null || to.dead) continue
      if (!to.welcome.ok) return to.welcome
      sent += 1
      const answer = await ask(to, send, deadlineMs)
      if (answer.answered) return answer.value
    }
    return err(unreachable())
  }

  async function ready(): Outcome<Welcome> {
    const known = session?.welcome
    return known?.ok === true ? known : call((api) => api.hello({ protocolVersion: PROTOCOL_VERSION }))
  }

  const api: TrackerApi = {
    ...makeApi((name, argument) =>
      call((remote) => callByName(remote, name, argument), isLongJob(name) ? LONG : USUAL),
    ),
    ingest: (batch) => call((remote) => sendBatch(batch, remote.ingest)),
  }

  return {
    api,
    ready,
    get failure() {
      return failure
    },
    get owner() {
      return session?.owner ?? 'reached'
    },
    onOwner(listener) {
      ownerListeners.add(listener)
      return () => void ownerListeners.delete(listener)
    },
    takeOver() {
      const to = open()
      if (to !== null) void ask(to, (api) => api.takeOver(), CALL_DEADLINE_MS)
    },
  }
}

/** The worker is well, and said that it waits for an owner that does not answer. */
function isStalled({ owner }: Session): boolean {
  return owner === 'silent' || owner === 'held'
}
