/**
 * Resolves after the thread has handled every message that waits, so that logging goes on during long work.
 *
 * A message port, not a timer: nested timers are held back four milliseconds each.
 */
export function yieldThread(): Promise<void> {
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
