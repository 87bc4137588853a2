import { isStep } from '../../src/model/units.ts'
import { isArtifactPath, LATEST, MAX_ARTIFACT_FILES } from '../../src/model/artifact.ts'
import { err, ok, type Result } from '../../src/model/result.ts'
import { isRecord } from '../../src/model/raw-value.ts'
import type { StoreArtifactRequest } from '../../src/protocol/artifacts-api.ts'
import { trackerError, type TrackerError } from '../../src/protocol/tracker-error.ts'

/** Takes a request as it came over the thread boundary. Errors: `artifact-malformed`, with the part that is wrong. */
export function parseStoreRequest(request: StoreArtifactRequest): Result<StoreArtifactRequest, TrackerError> {
  const wrong = whyNoArtifact(request)
  if (wrong === null) return ok(request)
  const name = typeof request?.name === 'string' ? request.name : ''
  return err(trackerError('artifact-malformed', `The artifact ${name} was not stored: ${wrong}.`))
}

function whyNoArtifact(request: Partial<Record<keyof StoreArtifactRequest, unknown>>): string | null {
  const { id, runId, name, type, step, createdAt, metadata, aliases, files, keep } = request
  for (const [what, value] of Object.entries({ id, run: runId, name, type }))
    if (typeof value !== 'string' || value.trim() === '') return `it has no ${what}`
  if (step !== null && !isStep(step)) return 'its step is no number up to 2^53'
  if (!Number.isFinite(createdAt)) return 'its time is not a number'
  if (typeof metadata !== 'object' || metadata === null) return 'its metadata is no object'
  if (!Array.isArray(aliases) || !aliases.every(isAliasAsked)) return `its aliases are not all names`
  if (keep !== undefined && !(Number.isSafeInteger(keep) && Number(keep) > 0))
    return 'it is to be kept less than once'
  if (!Array.isArray(files) || files.length === 0) return 'it holds no file'
  if (files.length > MAX_ARTIFACT_FILES) return `it holds more than ${MAX_ARTIFACT_FILES} files`
  return whyNoFiles(files)
}

function whyNoFiles(files: readonly unknown[]): string | null {
  const paths = new Set<string>()
  for (const file of files) {
    const { path, mime, blob } = Object(file) as { path?: unknown; mime?: unknown; blob?: unknown }
    if (!isArtifactPath(path)) return `${describe(path)} is no path of a file`
    if (paths.has(path)) return `it holds ${path} twice`
    paths.add(path)
    if (typeof mime !== 'string') return `the type of ${path} is no text`
    if (!(blob instanceof Blob)) return `${path} has no bytes`
  }
  return null
}

function describe(path: unknown): string {
  return typeof path === 'string' ? `“${path.slice(0, 80)}”` : typeof path
}

/** By its name, or with what it is given for: a number, which is ranked only where it is finite. */
function isAliasAsked(asked: unknown): boolean {
  if (!isRecord(asked)) return isAlias(asked)
  const { alias, metric, value, direction, among } = asked
  return (
    isAlias(alias) &&
    typeof metric === 'string' &&
    typeof value === 'number' &&
    (direction === 'min' || direction === 'max') &&
    (among === undefined || among === 'run' || among === 'experiment')
  )
}

/** `latest` is the newest version, and `v3` the third, whoever says otherwise. */
export function isAlias(alias: unknown): alias is string {
  return typeof alias === 'string' && alias.trim() !== '' && alias !== LATEST && !/^v\d+$/.test(alias)
}
