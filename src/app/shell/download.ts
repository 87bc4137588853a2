import { BYTE_ORDER_MARK, CSV_TYPE } from '../../model/csv.ts'

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

/** Which CSV leaves: for programs, or for spreadsheets, which take it for Unicode only with a mark before it. */
export type CsvFor = 'programs' | 'spreadsheets'

/** The same of a table. */
export function downloadCsv(csv: Blob, title: string, readBy: CsvFor): void {
  const parts = readBy === 'spreadsheets' ? [BYTE_ORDER_MARK, csv] : [csv]
  downloadFile(new Blob(parts, { type: CSV_TYPE }), `${title}.csv`)
}

/** A name every file system takes; `otherwise` when nothing of it is left. */
export function safeName(title: string, otherwise: string): string {
  return title.replaceAll(/[^\p{L}\p{N}._-]+/gu, '-').slice(0, 80) || otherwise
}
