import type { TrackerError } from '../../protocol/tracker-error.ts'

/** The message of a failed open or keep, with the file's name in front unless the message names it already. */
export function formatFileError(fileName: string, error: TrackerError): string {
  return error.message.includes(fileName) ? error.message : `${fileName}: ${error.message}`
}
