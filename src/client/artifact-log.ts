import type { ArtifactId, RankedAlias } from '../model/artifact.ts'
import { ok, type Result } from '../model/result.ts'
import { createId, type RunId, type Step } from '../model/units.ts'
import type { StoreArtifactRequest } from '../protocol/artifacts-api.ts'
import type { TrackerApi } from '../protocol/tracker-api.ts'
import type { TrackerError } from '../protocol/tracker-error.ts'
import { toParams, toText } from './run-options.ts'

/** Bytes under one path: a file, a buffer, or text. */
export type ArtifactSource = Blob | ArrayBuffer | ArrayBufferView<ArrayBuffer> | string

/** The bytes of an artifact: one file, or several by their paths. */
export type ArtifactContents = ArtifactSource | Readonly<Record<string, ArtifactSource>>

export interface ArtifactOptions {
  /** What it is: model, dataset, …; `file` when left out. */
  readonly type?: string
  /**
   * Names that move to this version: `best`, `baseline`, … `latest` is always the newest. One with a value moves only where
   * that is better: `{ alias: 'best', metric: 'val_loss', value: 0.2, direction: 'min' }`, among what the run made unless it
   * says `among: 'experiment'`.
   */
  readonly aliases?: readonly (string | RankedAlias)[]
  /** Anything that JSON can hold. */
  readonly metadata?: Readonly<Record<string, unknown>>
  /** The last logged one when left out. */
  readonly step?: Step
  /**
   * Keeps this many of the newest versions that this run made of the name, and all that have an alias, are registered, or
   * were used or forked from; all when never said. What other runs made is never given up.
   */
  readonly keep?: number
}

/** A version that is stored and durable. */
export interface LoggedArtifact {
  readonly id: ArtifactId
  readonly name: string
  readonly version: number
  /** Unit: bytes that were not stored before. */
  readonly newBytes: number
}

export interface ArtifactLog {
  /** Copies what is passed at once. Resolves when the version is durable; never rejects. */
  log(
    name: string,
    contents: ArtifactContents,
    options: ArtifactOptions,
  ): Promise<Result<LoggedArtifact, TrackerError>>
  /** Resolves when nothing is under way; null when nothing is. Never rejects. */
  readonly pending: Promise<unknown> | null
}

export interface ArtifactLogOptions {
  readonly runId: RunId
  readonly storeArtifact: TrackerApi['storeArtifact']
  readonly lastStep: () => Step | null
  /** Resolves when the store knows the run; says it again where it does not. */
  readonly declare: () => Promise<Result<null, TrackerError>>
}

/** An upload that was cut off by a takeover is begun again this often, each time a little later. */
const ATTEMPTS = 5
const RETRY_MS = 200

/** What the file of an artifact of one file is called. */
const ONLY_FILE = 'data'

/** The artifacts of a run: stored one after another, so that versions count up in the order they were logged. */
export function createArtifactLog(options: ArtifactLogOptions): ArtifactLog {
  let last: Promise<unknown> | null = null

  async function send(request: StoreArtifactRequest): Promise<Result<LoggedArtifact, TrackerError>> {
    for (let attempt = 1; ; attempt += 1) {
      const declared = await options.declare()
      const answer = declared.ok ? await options.storeArtifact(request) : declared
      if (answer.ok) return ok({ ...answer.value, name: request.name })
      const { code } = answer.error
      const mayPass = code === 'interrupted' || code === 'unknown-run'
      if (!mayPass || attempt === ATTEMPTS) return answer
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS * attempt))
    }
  }

  return {
    log(name, contents, { type, aliases = [], metadata, step, keep }) {
      const request: StoreArtifactRequest = {
        jobId: createId(),
        id: createId(),
        runId: options.runId,
        name: toText(name) ?? '',
        type: toText(type) ?? 'file',
        step: step ?? options.lastStep(),
        createdAt: Date.now(),
        metadata: toParams(metadata),
        aliases: [...aliases],
        files: toFiles(contents),
        keep,
      }
      const logged = (last ?? Promise.resolve()).then(() => send(request))
      void logged.then(() => {
        if (last === logged) last = null
      })
      last = logged
      return logged
    },
    get pending() {
      return last
    },
  }
}

function toFiles(contents: ArtifactContents): StoreArtifactRequest['files'] {
  const named = isSource(contents) ? { [nameOf(contents)]: contents } : contents
  return Object.entries(Object(named) as Record<string, unknown>).map(([path, source]) => {
    const blob = toBlob(source)
    return { path, mime: blob.type, blob }
  })
}

function isSource(contents: unknown): contents is ArtifactSource {
  return (
    typeof contents === 'string' ||
    contents instanceof Blob ||
    contents instanceof ArrayBuffer ||
    ArrayBuffer.isView(contents)
  )
}

function nameOf(source: ArtifactSource): string {
  return typeof File !== 'undefined' && source instanceof File && source.name !== '' ? source.name : ONLY_FILE
}

/** What is no bytes is stored as its JSON. */
function toBlob(source: unknown): Blob {
  if (source instanceof Blob) return source
  if (isSource(source)) return new Blob([source], typeof source === 'string' ? { type: 'text/plain' } : {})
  return new Blob([JSON.stringify(toParams({ source })['source'])], { type: 'application/json' })
}
