import { wrap } from 'comlink'
import { holdForLife } from '../../src/model/web-lock.ts'
import type { StorageKind } from '../../src/protocol/store-api.ts'
import type { TrackerApi } from '../../src/protocol/tracker-api.ts'
import type { TrackerError } from '../../src/protocol/tracker-error.ts'
import type { TrackerEvent } from '../../src/protocol/tracker-event.ts'
import type { OwnerState, WorkerApi } from '../../src/protocol/worker-api.ts'
import { workerLock, WORKERS_MEETING, type KymoVersion, type Meeting } from '../../src/protocol/version.ts'
import { openRelayChannel, type RelayChannel } from './channel.ts'
import { makeDeferred } from './deferred.ts'
import { FILES_HELD, logOnly, OLDER_OWNER, OUTDATED, refuseAll, SILENT_OWNER } from './gates.ts'
import { isNewer } from './lobby-message.ts'
import { openLobby, type OwnerCard } from './lobby.ts'
import { awaitOwnership, type Seat } from './own.ts'
import { makeRouter } from './router.ts'
import { makeServing } from './serving.ts'
import { makeStanding } from './standing.ts'
import { makeWatchdog } from './watchdog.ts'

/** The database of this origin, in the worker that owns it. */
export interface OwnedService {
  readonly api: TrackerApi
  readonly storage: StorageKind
  /** Lets go of the files at once; nothing of the service answers any more. */
  close(): void
}

/**
 * Opens the database for the holder of the lock. `onBlocked` is called when somebody else still holds its files.
 *
 * Errors: lost when `lost` was aborted meanwhile; outdated when the database is of a newer Kymo.
 */
export type OpenOwned = (
  lost: AbortSignal,
  onBlocked: () => void,
) => Promise<OwnedService | 'lost' | 'outdated'>

export interface Joining {
  readonly ownId: string
  readonly version: KymoVersion
  /** Called only in the worker that becomes the owner. */
  readonly open: OpenOwned
  /** Called in a worker that waits, when it has been served for a while: it may be the next owner at any moment. */
  readonly standBy?: () => void
  readonly notify: (event: TrackerEvent) => void
  readonly meeting?: Meeting
}

/** By then a page has drawn its first screen, and what `standBy` loads delays nobody. */
const STAND_BY_AFTER_MS = 500

/**
 * Joins the workers of this origin and answers with a TrackerApi that reaches the one owner of the database, wherever
 * it lives and whenever it changes.
 */
export function joinOwner({
  ownId,
  version,
  open,
  standBy,
  notify,
  meeting = WORKERS_MEETING,
}: Joining): WorkerApi {
  const standing = makeStanding()
  const failed = makeDeferred<string>()
  const router = makeRouter(() => {
    if (!isOwner && navigator.locks !== undefined) watchdog.watch()
  })
  const lobby = openLobby(meeting.lobbyChannel, ownId, version, {
    onOwner: meet,
    onPong(phase) {
      if (isOwner) return
      watchdog.heard()
      if (phase === 'blocked') stall('held', FILES_HELD)
      else recover()
    },
  })
  const watchdog = makeWatchdog({
    ping: lobby.ping,
    isNeeded: () => !isOwner && router.waiting > 0,
    onSilent: () => stall('silent', SILENT_OWNER),
  })
  /** From the lock on, so also while the files are being opened. */
  let isOwner = false
  let servedBy: string | undefined
  let toOwner: RelayChannel | undefined
  let seat: Seat | undefined
  /** The state when the owner answers. */
  let kinship: OwnerState = 'reached'

  /** Nothing can be stored for now: whoever logs keeps it and is told, whoever reads waits. */
  function stall(state: OwnerState, error: TrackerError): void {
    standing.set(state)
    router.refuseBatches(error)
  }

  function recover(): void {
    router.refuseBatches(null)
    const wasStalled = standing.state === 'silent' || standing.state === 'held'
    standing.set(kinship)
    if (wasStalled) notify({ type: 'storageChanged' })
  }

  function routeTo(api: TrackerApi, relation: OwnerState): void {
    kinship = relation
    router.routeTo(api)
    recover()
  }

  function leaveOwner(): void {
    servedBy = undefined
    toOwner?.[Symbol.dispose]()
    toOwner = undefined
  }

  function meet(owner: OwnerCard): void {
    watchdog.heard()
    if (owner.ownerId === servedBy) return
    leaveOwner()
    servedBy = owner.ownerId
    if (isNewer(version, owner.version)) {
      // It closes the database before we can open it. What it keeps in memory would be lost, so that is left alone.
      if (owner.storage === 'opfs') seat?.take()
      else routeTo(refuseAll(OLDER_OWNER), 'older')
      return
    }
    toOwner = openRelayChannel(ownId)
    const api = wrap<TrackerApi>(toOwner.endpoint) as unknown as TrackerApi
    if (owner.version.protocol === version.protocol) routeTo(api, 'reached')
    else routeTo(logOnly(api), 'newer')
    seat?.queue()
    if (standBy !== undefined) setTimeout(standBy, STAND_BY_AFTER_MS)
  }

  async function openOrFail(lost: AbortSignal): Promise<Awaited<ReturnType<OpenOwned>>> {
    try {
      return await open(lost, () => {
        lobby.hold('blocked')
        stall('held', FILES_HELD)
      })
    } catch (cause) {
      // Its page is told, and replaces this worker; the lock is free for others by then.
      failed.resolve(cause instanceof Error ? cause.message : String(cause))
      throw cause
    }
  }

  /** The lock is held. Answers false to give it back. */
  async function become(lost: AbortSignal): Promise<boolean> {
    isOwner = true
    lobby.hold('opening')
    const opened = await openOrFail(lost)
    if (opened === 'lost' || opened === 'outdated') {
      isOwner = false
      lobby.leave()
      if (opened === 'outdated') routeTo(refuseAll(OUTDATED), 'outdated')
      lobby.join()
      return false
    }
    leaveOwner()
    const serving = makeServing(opened.api)
    routeTo(opened.api, 'reached')
    lobby.own(opened.storage, serving.serve)
    lost.addEventListener('abort', () => {
      serving[Symbol.dispose]()
      lobby.leave()
      router.leave()
      isOwner = false
      opened.close()
      lobby.join()
    })
    return true
  }

  const joined = new Promise<void>((resolve) => holdForLife(workerLock(ownId), resolve)).then(() => {
    lobby.join()
    seat = awaitOwnership(meeting.ownerLock, become, () => servedBy !== undefined)
    return ownId
  })

  return {
    ...router.api,
    joined: () => joined,
    failed: () => failed.promise,
    ownerState: (seen) => standing.next(seen),
    takeOver() {
      notify({ type: 'takeoverAsked', workerId: ownId })
      if (standing.state === 'silent') seat?.take()
      return Promise.resolve()
    },
  }
}
