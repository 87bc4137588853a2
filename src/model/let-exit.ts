/** Lets Node end while a timer or a channel is open that is of no use then; nothing elsewhere. */
export function letExit(handle: unknown): void {
  if (typeof handle !== 'object' || handle === null || !('unref' in handle)) return
  if (typeof handle.unref === 'function') handle.unref()
}
