import { err } from '../../src/model/result.ts'
import { makeApi } from '../../src/protocol/calls.ts'
import type { TrackerApi } from '../../src/protocol/tracker-api.ts'
import { trackerError, type TrackerError } from '../../src/protocol/tracker-error.ts'

/** Why calls are not passed on, in words for the user. */
export const SILENT_OWNER = trackerError(
  'owner-silent',
  'Another tab holds the database and does not answer. What is logged waits in memory until it does, or until Kymo in another tab takes over.',
)
export const FILES_HELD = trackerError(
  'owner-silent',
  'A tab that does not answer still holds the database files. Close that tab; what is logged waits in memory until then.',
)
export const NEWER_OWNER = trackerError(
  'version-mismatch',
  'A newer Kymo is open in another tab. What is logged here is stored through it; reload this tab to see it here.',
)
export const OLDER_OWNER = trackerError(
  'version-mismatch',
  'Another tab with an older Kymo keeps its runs in memory only. Download there what should stay, then close that tab.',
)
export const OUTDATED = trackerError(
  'version-mismatch',
  'This tab runs an older Kymo than the one that wrote the database. Open Kymo in a new tab: what is logged here waits in memory and is stored through it.',
)

/** Answers every call with the same refusal. */
export function refuseAll(error: TrackerError): TrackerApi {
  return makeApi(async () => err(error))
}

/** An owner that speaks a newer protocol: batches are kept readable across versions, answers to reads are not. */
export function logOnly(owner: TrackerApi): TrackerApi {
  return {
    ...refuseAll(NEWER_OWNER),
    hello: (client) => owner.hello(client),
    ingest: (batch) => owner.ingest(batch),
  }
}
