/** What the browser says that this site keeps and may keep. Unit: bytes; null where it does not say, or says no number. */
export interface StorageEstimate {
  readonly used: number | null
  readonly quota: number | null
}

/** Never rejects: some private windows refuse to answer. */
export async function readEstimate(): Promise<StorageEstimate> {
  try {
    const { usage, quota } = await navigator.storage.estimate()
    return { used: toBytes(usage), quota: toBytes(quota) }
  } catch {
    return { used: null, quota: null }
  }
}

function toBytes(said: unknown): number | null {
  return typeof said === 'number' && said >= 0 && Number.isFinite(said) ? said : null
}
