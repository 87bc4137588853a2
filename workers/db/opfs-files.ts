import { CHUNKS } from './points/chunk-layout.ts'
import { openConnection } from './connection.ts'
import { gatherWrites } from './gather-writes.ts'
import { watchForRefusals } from './room-refusals.ts'
import { makeSql } from './sql.ts'
import type { Engine, FilePool } from './sqlite.ts'
import type { LogFile, StoreFiles } from './store-files.ts'
import { openSyncHandle } from './sync-handle.ts'
import type { SyncHandle } from './sync-handle.ts'

const DIRECTORY = '/kymo'
const VFS_NAME = 'kymo'

/** Beside the pool: the engine takes every file in its own directory for one of its slots. */
const LOG_DIRECTORY = 'kymo-log'
const LOG_NAME = 'commits'

/** Slots of a fresh pool: the own database, one opened file and one temporary, each with its journal. */
const INITIAL_CAPACITY = 6

/** Free slots kept before a file is opened: itself, its journal, and the same for a neighbour opening meanwhile. */
const SPARE_SLOTS = 4

/**
 * Takes hold of the origin's database files.
 *
 * Errors: throws a DOMException while another thread holds them, or when the browser denies storage. Nothing is ever
 * deleted by a failure: without `preserveOnInitFailure` the engine empties the directory it could not open.
 */
export async function openOpfsFiles(engine: Engine): Promise<StoreFiles> {
  prepareHandles()
  const pool = await engine.installOpfsSAHPoolVfs({
    name: VFS_NAME,
    directory: DIRECTORY,
    initialCapacity: INITIAL_CAPACITY,
    preserveOnInitFailure: true,
    forceReinitIfPreviouslyFailed: true,
    verbosity: 0,
  })
  // A pool let go of in this thread comes back from the engine as it was left.
  if (pool.isPaused()) await pool.unpauseVfs()
  try {
    return poolToFiles(engine, pool, await openSyncHandle(LOG_DIRECTORY, LOG_NAME))
  } catch (cause) {
    pool.pauseVfs()
    throw cause
  }
}

/** Of this thread; once, however often the pool is opened. */
let isPrepared = false

function prepareHandles(): void {
  const constructor = Reflect.get(globalThis, 'FileSystemSyncAccessHandle') as
    | { readonly prototype: SyncHandle }
    | undefined
  if (constructor === undefined || isPrepared) return
  isPrepared = true
  watchForRefusals(constructor.prototype)
  gatherWrites(constructor.prototype)
}

function poolToFiles(engine: Engine, pool: FilePool, log: SyncHandle): StoreFiles {
  return {
    kind: 'opfs',
    layout: CHUNKS,
    reason: '',
    names: () => pool.getFileNames().flatMap((path) => pathToName(path) ?? []),
    async open(name) {
      await pool.reserveMinimumCapacity(pool.getFileNames().length + SPARE_SLOTS)
      return makeSql(engine, openConnection(engine, nameToPath(name), VFS_NAME))
    },
    remove(name) {
      pool.unlink(nameToPath(name))
      pool.unlink(`${nameToPath(name)}-journal`)
    },
    async importParts(name, parts) {
      await pool.reserveMinimumCapacity(pool.getFileNames().length + SPARE_SLOTS)
      const iterator =
        Symbol.asyncIterator in parts ? parts[Symbol.asyncIterator]() : parts[Symbol.iterator]()
      return pool.importDb(nameToPath(name), async () => {
        const next = await iterator.next()
        return next.done === true ? undefined : next.value
      })
    },
    log: handleToLog(log),
    release() {
      log.close()
      pool.pauseVfs()
    },
  }
}

function nameToPath(name: string): string {
  return `/${name}.db`
}

/** undefined for journals. */
function pathToName(path: string): string | undefined {
  return path.endsWith('.db') ? path.slice(1, -'.db'.length) : undefined
}

function handleToLog(handle: SyncHandle): LogFile {
  return {
    size: () => handle.getSize(),
    read: (into, at) => handle.read(into, { at }),
    write: (bytes, at) => void handle.write(bytes, { at }),
    truncate: (size) => handle.truncate(size),
    flush: () => handle.flush(),
  }
}
