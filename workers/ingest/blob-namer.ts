import { letExit } from '../../src/model/event-loop.ts'
/** A training that logs arrays without a pause is not disturbed. */
const AFTER_MS = 500

/** Names blobs when arrays have not been logged for a moment. */
export interface BlobNamer {
  nameSoon(): void
  nameNow(): Promise<void>
  stop(): void
}

/** `name` names all there are, in a while; `inBackground` is handed what nobody waits for. */
export function makeBlobNamer(
  name: () => Promise<void>,
  inBackground: (work: Promise<unknown>) => void,
): BlobNamer {
  let timer: ReturnType<typeof setTimeout> | undefined
  let running: Promise<void> | null = null

  function nameNow(): Promise<void> {
    running ??= name().finally(() => {
      running = null
    })
    return running
  }

  return {
    nameSoon() {
      clearTimeout(timer)
      // What fails is tried again after the next array.
      timer = setTimeout(() => inBackground(nameNow()), AFTER_MS)
      letExit(timer)
    },
    nameNow,
    stop: () => clearTimeout(timer),
  }
}
