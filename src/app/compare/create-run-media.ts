import { createEffect, createSignal, on, onCleanup, untrack, type Accessor } from 'solid-js'
import type { Result } from '../../model/result.ts'
import type { RunId } from '../../model/units.ts'
import type { MediaAddress, MediaReader, ReadMedia } from '../media/media-reader.ts'
import { makeCoalesced } from '../tracker/coalesce.ts'

export type MediaByRun = ReadonlyMap<RunId, Result<ReadMedia, string>>

/** Reads one array of each of some runs, and tells of all of them at once: their scales are those of all. */
export function createRunMedia(
  reader: MediaReader,
  addresses: Accessor<ReadonlyMap<RunId, MediaAddress>>,
): Accessor<MediaByRun> {
  const [shown, setShown] = createSignal<MediaByRun>(new Map())
  let disposed = false
  onCleanup(() => (disposed = true))

  const refresh = makeCoalesced(async () => {
    const asked = untrack(addresses)
    const isWanted = (): boolean => !disposed && untrack(addresses) === asked
    const found = new Map<RunId, Result<ReadMedia, string>>()
    for (const [runId, address] of asked) {
      const read = await reader.read(address, isWanted)
      if (!isWanted()) return
      if (read !== undefined) found.set(runId, read)
    }
    setShown(found)
  })
  createEffect(on(addresses, refresh))
  return shown
}
