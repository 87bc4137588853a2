/** A file of this origin without anything between it and the disk. */
export interface RawFile {
  /** Appends and flushes. */
  append(bytes: Uint8Array): void
  /** Appends only. */
  write(bytes: Uint8Array): void
  flush(): void
  remove(): Promise<void>
}

interface SyncHandle {
  write(bytes: Uint8Array, options: { readonly at: number }): number
  flush(): void
  close(): void
}

export async function createRawFile(name: string): Promise<RawFile> {
  const directory = await navigator.storage.getDirectory()
  const file = await directory.getFileHandle(name, { create: true })
  const handle = await (
    file as unknown as { createSyncAccessHandle(): Promise<SyncHandle> }
  ).createSyncAccessHandle()
  let at = 0
  const write = (bytes: Uint8Array): void => {
    at += handle.write(bytes, { at })
  }
  return {
    write,
    flush: () => handle.flush(),
    append(bytes) {
      write(bytes)
      handle.flush()
    },
    async remove() {
      handle.close()
      await directory.removeEntry(name)
    },
  }
}
