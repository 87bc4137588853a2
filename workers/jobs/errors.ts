import type { DatabaseId } from '../../src/protocol/database-id.ts'
import { trackerError, type TrackerError } from '../../src/protocol/tracker-error.ts'

/** Thrown out of a job that was cancelled, after which nothing of it may remain. */
export class Cancelled extends Error {
  override readonly name = 'Cancelled'
}

/** Thrown by a reader that meets a file it cannot take: a sentence for the user. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable'
  readonly code: 'file-corrupt' | 'file-newer' | 'file-not-recognised' | 'file-truncated'

  constructor(code: Unreadable['code'], message: string) {
    super(message)
    this.code = code
  }
}

export function unknownDatabase(id: DatabaseId): TrackerError {
  return trackerError('unknown-database', `The file ${id} is not open here any more. Open it again.`)
}

export function beingReplaced(): TrackerError {
  return trackerError(
    'interrupted',
    'The database on this device is damaged. Kymo begins a new one and recovers what can be read; try again in a moment.',
  )
}

export function notLoaded(): TrackerError {
  return trackerError(
    'interrupted',
    'A part of Kymo could not be loaded. It was updated, or its server cannot be reached; reload the page.',
  )
}
