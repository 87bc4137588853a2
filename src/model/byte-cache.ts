/** What was read or worked out, the entries used last as far as they fit. */
export interface ByteCache<K, V> {
  get(key: K): V | undefined
  put(key: K, value: V, bytes: number): void
  delete(key: K): void
  clear(): void
  /** Unit: bytes. */
  readonly size: number
}

interface ByteCacheOptions {
  /** Whether the newest entry stays though it alone is larger than all the room; else it is not kept. */
  readonly keepsNewest?: boolean
}

/** Unit of `maxBytes`: bytes. */
export function makeByteCache<K, V>(
  maxBytes: number,
  { keepsNewest = false }: ByteCacheOptions = {},
): ByteCache<K, V> {
  // A Map iterates in order of insertion; reinserting on use makes its first entry the one unused longest.
  const entries = new Map<K, { readonly value: V; readonly bytes: number }>()
  let size = 0

  function remove(key: K): void {
    size -= entries.get(key)?.bytes ?? 0
    entries.delete(key)
  }

  return {
    get(key) {
      const entry = entries.get(key)
      if (entry === undefined) return undefined
      entries.delete(key)
      entries.set(key, entry)
      return entry.value
    },
    put(key, value, bytes) {
      remove(key)
      if (bytes > maxBytes && !keepsNewest) return
      entries.set(key, { value, bytes })
      size += bytes
      for (const oldest of entries.keys()) {
        if (size <= maxBytes || oldest === key) break
        remove(oldest)
      }
    },
    delete: remove,
    clear() {
      entries.clear()
      size = 0
    },
    get size() {
      return size
    },
  }
}
