import { createEffect, createSignal, on, onCleanup, untrack, type Accessor } from 'solid-js'
import type { Result } from '../../model/result.ts'
import { makeCoalesced } from '../tracker/coalesce.ts'
import type { MediaAddress, MediaReader, ReadMedia } from './media-reader.ts'

/** What was read last, which stays until the next is there, and which entry it is. */
export interface ShownMedia {
  readonly id: number
  readonly read: Result<ReadMedia, string>
}

/** Reads what is asked for now; of what is asked for while something is read only the last. */
export function createShownMedia(
  reader: MediaReader,
  address: Accessor<MediaAddress | undefined>,
): Accessor<ShownMedia | undefined> {
  const [shown, setShown] = createSignal<ShownMedia>()
  let disposed = false
  onCleanup(() => (disposed = true))
  const wanted = (): number | undefined => untrack(address)?.entry.id

  const refresh = makeCoalesced(async () => {
    const asked = untrack(address)
    if (disposed || asked === undefined || untrack(shown)?.id === asked.entry.id) return
    const { id } = asked.entry
    const read = await reader.read(asked, () => !disposed && wanted() === id)
    if (read !== undefined && !disposed) setShown({ id, read })
  })
  createEffect(on(address, refresh))
  return shown
}

/** Reads several, in their order, and tells of all that are there by now. */
export function createShownSeries(
  reader: MediaReader,
  addresses: Accessor<readonly MediaAddress[]>,
): Accessor<readonly { readonly step: number; readonly read: ReadMedia }[]> {
  const [shown, setShown] = createSignal<readonly { readonly step: number; readonly read: ReadMedia }[]>([])
  let disposed = false
  onCleanup(() => (disposed = true))

  const refresh = makeCoalesced(async () => {
    const asked = untrack(addresses)
    const isWanted = (): boolean => !disposed && untrack(addresses) === asked
    const found: { readonly step: number; readonly read: ReadMedia }[] = []
    for (const address of asked) {
      const read = await reader.read(address, isWanted)
      if (!isWanted()) return
      if (read?.ok === true) found.push({ step: address.entry.step, read: read.value })
    }
    setShown(found)
  })
  createEffect(on(addresses, refresh))
  return shown
}
