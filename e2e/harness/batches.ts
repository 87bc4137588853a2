/** What `model.fit` would report of a batch: a loss that falls and an accuracy that rises, both noisy. */
export function batchLogs(batch: number): { batch: number; size: number; loss: number; acc: number } {
  const noise = Math.sin(batch * 12.9898) * 0.1
  return {
    batch,
    size: 32,
    loss: 2 * Math.exp(-batch / 800) + 0.1 + noise,
    acc: 1 - Math.exp(-batch / 900) + noise,
  }
}

/** Lets the page handle everything that waits, as the end of a training step does. */
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
