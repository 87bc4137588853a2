/** Keeps the values used last, up to a number of bytes. */
export interface ByteCache<K, V> {
  get(key: K): V | undefined
  put(key: K, value: V, bytes: number): void
  delete(key: K): void
  clear(): void
}

export function makeByteCache<K, V>(maxBytes: number): ByteCache<K, V> {
  // A Map iterates in order of insertion; reinserting on use makes its first entry the one unused longest.
  const entries = new Map<K, { readonly value: V; readonly bytes: number }>()
  let total = 0

  function remove(key: K): void {
    const entry = entries.get(key)
    if (entry === undefined) return
    entries.delete(key)
    total -= entry.bytes
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
      entries.set(key, { value, bytes })
      total += bytes
      for (const oldest of entries.keys()) {
        if (total <= maxBytes || oldest === key) break
        remove(oldest)
      }
    },
    delete: remove,
    clear() {
      entries.clear()
      total = 0
    },
  }
}
