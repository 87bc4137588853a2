/** Raised by every change of the protocol that an older or newer page would misread. */
export const PROTOCOL_VERSION = 9

/** Clients from this protocol on may log through an owner of ours: raised only when `LogBatch` or `ingest` cannot be kept. */
export const OLDEST_INGEST_PROTOCOL = 1

/** What a Kymo says of itself in the lobby. */
export interface KymoVersion {
  /** The newest database schema it knows. */
  readonly schema: number
  readonly protocol: number
}

/** Names shared by every page and worker of the origin. */
export interface Meeting {
  /** Held by the one that owns the database. */
  readonly ownerLock: string
  /** Where the others find it. */
  readonly lobbyChannel: string
}
export const WORKERS_MEETING: Meeting = { ownerLock: 'kymo:owner', lobbyChannel: 'kymo:lobby' }
/** Pages that may not start workers keep to themselves: nobody who can store shall end up with their memory. */
export const PAGES_MEETING: Meeting = { ownerLock: 'kymo:owner:pages', lobbyChannel: 'kymo:lobby:pages' }
export const NOTICE_CHANNEL = 'kymo:notices'

/** Held by a page or worker for as long as it lives; a free lock under a run of it that is running means the run died. */
export function clientLock(clientId: string): string {
  return `kymo:client:${clientId}`
}

/** The same for the one run, where whoever logs it speaks protocol 1. */
export function runLock(runId: string): string {
  return `kymo:run:${runId}`
}

/** The point-to-point channel between one tracker worker and the owner. */
export function relayChannel(workerId: string): string {
  return `kymo:relay:${workerId}`
}

/** Held by a tracker worker for as long as it lives. */
export function workerLock(workerId: string): string {
  return `kymo:worker:${workerId}`
}
