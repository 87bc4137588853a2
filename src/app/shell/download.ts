/** Browsers start the download a moment after the click; only then may the URL go. */
const REVOKE_AFTER_MS = 60_000

/** Hands a file to the browser's downloads. */
export function downloadFile(file: Blob, fileName: string): void {
  const url = URL.createObjectURL(file)
  const link = document.createElement('a')
  link.href = url
  link.download = fileName
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), REVOKE_AFTER_MS)
}

/** A name every file system takes; `otherwise` when nothing of it is left. */
export function safeName(title: string, otherwise: string): string {
  return title.replaceAll(/[^\p{L}\p{N}._-]+/gu, '-').slice(0, 80) || otherwise
}
