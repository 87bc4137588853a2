/**
 * Resolves in a task of its own, after messages that wait have been heard.
 *
 * Neither throttled in hidden tabs like timers, nor stopped there like `requestAnimationFrame`.
 */
export function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port1.addEventListener('message', () => {
      port1.close()
      resolve()
    })
    port1.start()
    port2.postMessage(null)
  })
}

/** Lets Node end while a timer or a channel is open that is of no use then; nothing elsewhere. */
export function letExit(handle: unknown): void {
  if (typeof handle !== 'object' || handle === null || !('unref' in handle)) return
  if (typeof handle.unref === 'function') handle.unref()
}
