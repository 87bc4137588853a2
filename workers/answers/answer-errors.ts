import type { StorageKind } from '../../src/protocol/store-api.ts'
import { trackerError, type TrackerError } from '../../src/protocol/tracker-error.ts'
import { PROTOCOL_VERSION } from '../../src/protocol/version.ts'
import type { StoreFiles } from '../db/store-files.ts'

/** What the service says when it cannot do what it is asked. */

export function versionMismatch(protocolVersion: number): TrackerError {
  const isOlder = protocolVersion < PROTOCOL_VERSION
  return trackerError(
    'version-mismatch',
    isOlder
      ? `This page is older than the Kymo that owns the database (protocol ${protocolVersion}, the owner speaks ${PROTOCOL_VERSION}). Reload this page.`
      : `Another tab with an older Kymo owns the database (it speaks protocol ${PROTOCOL_VERSION}, this page ${protocolVersion}). Reload the other tabs.`,
  )
}

export function storageFull(files: StoreFiles): TrackerError {
  return trackerError('storage-full', FULL_WORDS[files.kind])
}

const FULL_WORDS: Readonly<Record<StorageKind, string>> = {
  opfs: 'The browser has no more room for this site, so the last values are not written yet. Close opened files or free disk space; logging goes on by itself when there is room.',
  disk: 'The disk is full, so the last values are not written yet. Free disk space; logging goes on by itself when there is room.',
  memory:
    'The memory database is full, so the last values are not kept yet. Export your runs and close opened files.',
}

export function unknownArray(): TrackerError {
  return trackerError('unknown-array', 'This array is not here any more; its run may have been deleted.')
}
