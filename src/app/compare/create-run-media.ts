import { createEffect, createSignal, on, onCleanup, untrack, type Accessor } from 'solid-js'
import type { Result } from '../../model/result.ts'
import type { RunId } from '../../model/units.ts'
import type { MediaAddress, MediaReader, ReadMedia } from '../media/media-reader.ts'
import { makeCoalesced } from '../tracker/coalesce.ts'

/** Shape: in the order that was asked for. */
export type MediaByRun = ReadonlyMap<RunId, readonly Result<ReadMedia, string>[]>

/** Reads some arrays of each of some runs, and tells of all of them at once: their scales are those of all. */
export function createRunMedia(
  reader: MediaReader,
  addresses: Accessor<ReadonlyMap<RunId, readonly MediaAddress[]>>,
): Accessor<MediaByRun> {
  const [shown, setShown] = createSignal<MediaByRun>(new Map())
  let disposed = false
  onCleanup(() => (disposed = true))

  const refresh = makeCoalesced(async () => {
    const asked = untrack(addresses)
    const isWanted = (): boolean => !disposed && untrack(addresses) === asked
    const found = new Map<RunId, Result<ReadMedia, string>[]>()
    for (const [runId, ofRun] of asked) {
      const reads: Result<ReadMedia, string>[] = []
      for (const address of ofRun) {
        const read = await reader.read(address, isWanted)
        if (!isWanted() || read === undefined) return
        reads.push(read)
      }
      found.set(runId, reads)
    }
    setShown(found)
  })
  createEffect(on(addresses, refresh))
  return shown
}
