import { openStoreFiles } from '../../workers/db/open-files.ts'
import type { SyncHandle } from '../../workers/db/sync-handle.ts'
import { runOnFailingDisk } from '../../workers/store-suite/failing-disk.ts'
import type { FailingDisk } from '../../workers/store-suite/failing-disk.ts'
import type { FailingDiskReport } from './failing-disk.ts'

/** Calls in a row that fail: one, and enough for undoing to fail as well. */
const BURSTS = [1, 6]

/** A disk under everything that this thread opens: the engine's files and the commit log. */
function openFailingDisk(): FailingDisk {
  let calls = 0
  let [from, to] = [0, 0]
  const { prototype } = Reflect.get(globalThis, 'FileSystemSyncAccessHandle') as {
    readonly prototype: SyncHandle
  }
  function fail(): void {
    calls += 1
    if (calls >= from && calls < to) throw new DOMException('The disk failed.', 'UnknownError')
  }
  const { read, write, flush, truncate } = prototype
  prototype.read = function (into, options) {
    fail()
    return read.call(this, into, options)
  }
  prototype.write = function (bytes, options) {
    fail()
    return write.call(this, bytes, options)
  }
  prototype.flush = function () {
    fail()
    flush.call(this)
  }
  prototype.truncate = function (size) {
    fail()
    truncate.call(this, size)
  }
  return {
    failAt(first, count) {
      calls = 0
      from = first
      to = first === 0 ? 0 : first + count
    },
    get calls() {
      return calls
    },
  }
}

async function runAll(stride: number): Promise<FailingDiskReport> {
  const disk = openFailingDisk()
  const { calls } = await runOnFailingDisk(openStoreFiles, disk, 0, 0)
  const losses: string[] = []
  let failed = 0
  for (const count of BURSTS) {
    for (let from = 1 + (count % stride); from <= calls; from += stride) {
      try {
        failed += (await runOnFailingDisk(openStoreFiles, disk, from, count)).failures
      } catch (cause) {
        disk.failAt(0, 0)
        losses.push(
          `${count} from call ${from} on: ${cause instanceof Error ? cause.message : String(cause)}`,
        )
        break
      }
    }
  }
  return { calls, failed, losses }
}

self.addEventListener('message', async ({ data }: MessageEvent<number>) => {
  self.postMessage(await runAll(data))
})
