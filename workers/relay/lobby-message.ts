import type { StorageKind } from '../../src/protocol/store-api.ts'
import type { KymoVersion } from '../../src/protocol/version.ts'

/** How far the holder of the owner lock is. blocked: it waits for files that a dying or stuck tab still holds. */
export type OwnerPhase = 'opening' | 'blocked' | 'serving'

/**
 * What tracker workers of one origin tell each other, of whatever version they are: fields are only ever added.
 *
 * join: a worker looks for the owner. owns: somebody owns the database now. serving: the owner listens on the relay
 * channel of that worker. ping, pong: a sign of life of whoever holds the lock.
 */
export type LobbyMessage =
  | { readonly type: 'join'; readonly workerId: string }
  | { readonly type: 'owns'; readonly ownerId: string }
  | {
      readonly type: 'serving'
      readonly ownerId: string
      readonly workerId: string
      readonly version: KymoVersion
      readonly storage: StorageKind
    }
  | { readonly type: 'ping'; readonly workerId: string }
  | { readonly type: 'pong'; readonly workerId: string; readonly phase: OwnerPhase }

/** undefined for what no Kymo of ours would say. */
export function parseLobbyMessage(message: unknown): LobbyMessage | undefined {
  if (typeof message !== 'object' || message === null) return undefined
  const { type, workerId, ownerId, version, storage, phase } = message as Record<string, unknown>
  if (type === 'owns' && typeof ownerId === 'string') return { type, ownerId }
  if (typeof workerId !== 'string') return undefined
  if (type === 'join' || type === 'ping') return { type, workerId }
  if (type === 'pong' && isPhase(phase)) return { type, workerId, phase }
  if (type === 'serving' && typeof ownerId === 'string' && isStorage(storage) && isVersion(version)) {
    return { type, ownerId, workerId, version, storage }
  }
  return undefined
}

/** True for what is to own the database before the other: who knows the newer schema, then the newer protocol. */
export function isNewer(version: KymoVersion, than: KymoVersion): boolean {
  if (version.schema !== than.schema) return version.schema > than.schema
  return version.protocol > than.protocol
}

function isVersion(value: unknown): value is KymoVersion {
  if (typeof value !== 'object' || value === null) return false
  const { schema, protocol } = value as Record<string, unknown>
  return typeof schema === 'number' && typeof protocol === 'number'
}

function isStorage(value: unknown): value is StorageKind {
  return value === 'opfs' || value === 'memory'
}

function isPhase(value: unknown): value is OwnerPhase {
  return value === 'opening' || value === 'blocked' || value === 'serving'
}
