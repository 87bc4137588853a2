import { openStoreFiles } from '../../workers/db/open-files.ts'
import type { SyncHandle } from '../../workers/db/sync-handle.ts'
import { runOnFailingDisk } from '../../workers/store-suite/failing-disk.ts'
import type { FailingDisk } from '../../workers/store-suite/failing-disk.ts'
import type { FailingDiskReport } from './failing-disk.ts'

/** Calls in a row that fail: one, and enough for undoing to fail as well; then one write that answers nonsense. */
const BURSTS = [
  { count: 1, writes: 'throw' },
  { count: 6, writes: 'throw' },
  { count: 1, writes: 'lie' },
] as const

/** A disk under everything that this thread opens: the engine's files and the commit log. */
function openFailingDisk(): FailingDisk {
  let calls = 0
  let [from, to] = [0, 0]
  let lies = false
  const { prototype } = Reflect.get(globalThis, 'FileSystemSyncAccessHandle') as {
    readonly prototype: SyncHandle
  }
  function isFailing(): boolean {
    calls += 1
    return calls >= from && calls < to
  }
  function fail(): void {
    if (isFailing()) throw new DOMException('The disk failed.', 'UnknownError')
  }
  const { read, write, flush, truncate } = prototype
  prototype.read = function (into, options) {
    fail()
    return read.call(this, into, options)
  }
  prototype.write = function (bytes, options) {
    if (!isFailing()) return write.call(this, bytes, options)
    // As Chromium does at the quota: −8 as an unsigned number.
    if (lies) return 4_294_967_288
    throw new DOMException('The disk failed.', 'UnknownError')
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
    failAt(first, count, howWrites = 'throw') {
      calls = 0
      lies = howWrites === 'lie'
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
  const { calls } = await runOnFailingDisk(openStoreFiles, disk, { from: 0, count: 0 })
  const losses: string[] = []
  let failed = 0
  for (const [burst, { count, writes }] of BURSTS.entries()) {
    for (let from = 1 + (burst % stride); from <= calls; from += stride) {
      try {
        failed += (await runOnFailingDisk(openStoreFiles, disk, { from, count, writes })).failures
      } catch (cause) {
        disk.failAt(0, 0)
        losses.push(
          `${count} from call ${from} on (writes ${writes}): ${cause instanceof Error ? cause.message : String(cause)}`,
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
