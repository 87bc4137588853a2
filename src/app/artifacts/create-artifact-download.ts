import { createSignal, onCleanup, type Accessor } from 'solid-js'
import { isArtifactPath, type Artifact } from '../../model/artifact.ts'
import { err, ok, type Result } from '../../model/result.ts'
import type { DatabaseId } from '../../protocol/database-id.ts'
import { trackerError, type TrackerError } from '../../protocol/tracker-error.ts'
import { holdBusy } from '../tracker/idle.ts'
import type { Tracker } from '../tracker/tracker.ts'
import type { ZippedFile } from './zip-files.ts'

export interface DownloadProgress {
  readonly name: string
  /** Unit: bytes. */
  readonly done: number
  readonly total: number
}

/** A file for the downloads of the browser. */
export interface ReadyFile {
  readonly file: Blob
  readonly fileName: string
  /** Files that could not be packed because of their paths. */
  readonly leftOut: number
}

export interface ArtifactDownload {
  /** What is being read; null when nothing is. */
  readonly working: Accessor<DownloadProgress | null>
  /** One file of a version as it is. Errors: `cancelled`; those of `readArtifactFile`. */
  one(artifact: Artifact, path: string): Promise<Result<ReadyFile, TrackerError>>
  /** A version: its only file, or all of them as one zip. */
  whole(artifact: Artifact): Promise<Result<ReadyFile, TrackerError>>
  cancel(): void
}

/** File systems take names of 255 bytes; this leaves room for what is put behind. Unit: UTF-16 code units. */
const MAX_STEM = 80

/** Reads artifacts for the downloads: one at a time, the next takes the place of the last. Leaving cancels it. */
export function createArtifactDownload(tracker: Tracker, database: DatabaseId): ArtifactDownload {
  const [working, setWorking] = createSignal<DownloadProgress | null>(null)
  let current = new AbortController()
  onCleanup(() => current.abort())

  /** Works with progress until it is done or another work takes its place. */
  async function run(
    name: string,
    total: number,
    work: (signal: AbortSignal, onBytes: (bytes: number) => void) => Promise<Result<ReadyFile, TrackerError>>,
  ): Promise<Result<ReadyFile, TrackerError>> {
    current.abort()
    const own = new AbortController()
    current = own
    const release = holdBusy()
    setWorking({ name, done: 0, total })
    try {
      const outcome = await work(own.signal, (bytes) => {
        if (current === own) setWorking((was) => was && { ...was, done: Math.min(total, was.done + bytes) })
      })
      return own.signal.aborted ? err(cancelled(name)) : outcome
    } finally {
      if (current === own) setWorking(null)
      release()
    }
  }

  const read = ({ id }: Artifact, path: string) =>
    tracker.api.readArtifactFile({ database, artifactId: id, path })

  async function one(artifact: Artifact, path: string): Promise<Result<ReadyFile, TrackerError>> {
    const bytes = artifact.files.find((file) => file.path === path)?.bytes ?? 0
    return run(path, bytes, async () => {
      const answer = await read(artifact, path)
      return answer.ok ? ok({ file: answer.value, fileName: lastPart(path), leftOut: 0 }) : answer
    })
  }

  async function zip(
    artifact: Artifact,
    signal: AbortSignal,
    onBytes: (bytes: number) => void,
  ): Promise<Result<ReadyFile, TrackerError>> {
    const files = artifact.files.filter(({ path }) => isArtifactPath(path))
    let refused: TrackerError | null = null
    async function* contents(): AsyncGenerator<ZippedFile> {
      for (const { path } of files) {
        const answer = await read(artifact, path)
        if (!answer.ok) {
          refused = answer.error
          throw new Error(answer.error.message)
        }
        yield { path, modifiedAt: artifact.createdAt, blob: answer.value }
      }
    }
    const { zipFiles } = await import('./zip-files.ts')
    try {
      const file = await zipFiles(contents(), signal, onBytes)
      return ok({
        file,
        fileName: `${stemOf(artifact.name)}-v${artifact.version}.zip`,
        leftOut: artifact.files.length - files.length,
      })
    } catch (cause) {
      if (refused !== null) return err(refused)
      if (signal.aborted) return err(cancelled(artifact.name))
      throw cause
    }
  }

  return {
    working,
    one,
    whole(artifact) {
      const [only] = artifact.files
      if (artifact.files.length === 1 && only !== undefined) return one(artifact, only.path)
      return run(`${artifact.name} v${artifact.version}`, artifact.bytes, (signal, onBytes) =>
        zip(artifact, signal, onBytes),
      )
    },
    cancel() {
      current.abort()
      setWorking(null)
    },
  }
}

function cancelled(name: string): TrackerError {
  return trackerError('cancelled', `The download of ${name} was cancelled.`)
}

function lastPart(path: string): string {
  return stemOf(path.split('/').at(-1) ?? path)
}

/** A name that every file system takes. */
function stemOf(name: string): string {
  const stem = name.replaceAll(/[^\p{L}\p{N}._ -]+/gu, '-').replace(/^[. -]+/, '')
  if (stem.length <= MAX_STEM) return stem === '' ? 'artifact' : stem
  const ending = /\.\w{1,8}$/.exec(stem)?.[0] ?? ''
  return stem.slice(0, MAX_STEM - ending.length) + ending
}
