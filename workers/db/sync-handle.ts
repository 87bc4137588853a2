/** What Kymo uses of a `FileSystemSyncAccessHandle`, whose types only workers know; this is read by those of pages too. */
export interface SyncHandle {
  getSize(): number
  read(into: AllowSharedBufferSource, options: { readonly at: number }): number
  /** Answers how many bytes were written. */
  write(bytes: AllowSharedBufferSource, options?: { readonly at?: number }): number
  truncate(size: number): void
  flush(): void
  close(): void
}

/**
 * Opens a file of the origin's private file system, creating it when it is missing.
 *
 * Errors: a DOMException while another thread has it open.
 */
export async function openSyncHandle(directoryName: string, name: string): Promise<SyncHandle> {
  const root = await navigator.storage.getDirectory()
  const directory = await root.getDirectoryHandle(directoryName, { create: true })
  const file = await directory.getFileHandle(name, { create: true })
  const opener = file as unknown as { createSyncAccessHandle(): Promise<SyncHandle> }
  return opener.createSyncAccessHandle()
}
