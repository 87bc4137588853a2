import { createMemo, onCleanup, type Accessor } from 'solid-js'

/** What was just taken off the screen may still be loading. Unit: milliseconds. */
const REVOKE_AFTER_MS = 10_000

/** The URL of some bytes as a file of a type, for as long as whoever asks shows them. */
export function createObjectUrl(
  file: Accessor<{ readonly bytes: Uint8Array<ArrayBuffer>; readonly type: string }>,
): Accessor<string> {
  return createMemo(() => {
    const { bytes, type } = file()
    const url = URL.createObjectURL(new Blob([bytes], { type }))
    onCleanup(() => setTimeout(() => URL.revokeObjectURL(url), REVOKE_AFTER_MS))
    return url
  })
}
