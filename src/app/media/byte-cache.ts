/** Things that were read, the ones used last as far as they fit. */
export interface ByteCache<K, V> {
  get(key: K): V | undefined
  /** What is larger than all the room is not kept. Unit: bytes. */
  set(key: K, value: V, bytes: number): void
  /** Unit: bytes. */
  readonly size: number
}

/** Unit of `limit`: bytes. */
export function createByteCache<K, V>(limit: number): ByteCache<K, V> {
  const kept = new Map<K, { readonly value: V; readonly bytes: number }>()
  let size = 0

  function drop(key: K): void {
    size -= kept.get(key)?.bytes ?? 0
    kept.delete(key)
  }

  return {
    get(key) {
      const found = kept.get(key)
      if (found === undefined) return undefined
      // A map keeps the order in which keys came: the one used last goes to the end.
      kept.delete(key)
      kept.set(key, found)
      return found.value
    },
    set(key, value, bytes) {
      drop(key)
      if (bytes > limit) return
      kept.set(key, { value, bytes })
      size += bytes
      for (const oldest of kept.keys()) {
        if (size <= limit) break
        drop(oldest)
      }
    },
    get size() {
      return size
    },
  }
}
