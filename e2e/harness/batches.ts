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
