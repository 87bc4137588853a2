import type { Artifact, ArtifactFile } from '../../model/artifact.ts'
import type { JsonValue } from '../../model/json.ts'

/** A file of either of two versions; null where a version has none under the path. */
export interface FileDifference {
  readonly path: string
  readonly state: 'added' | 'removed' | 'changed' | 'same'
  readonly before: ArtifactFile | null
  readonly after: ArtifactFile | null
}

/** A value of the metadata of either; undefined where a version has none under the name. */
export interface ValueDifference {
  readonly name: string
  readonly before: JsonValue | undefined
  readonly after: JsonValue | undefined
}

/** The files of two versions in order of path. */
export function diffFiles(before: Artifact, after: Artifact): readonly FileDifference[] {
  const olds = new Map(before.files.map((file) => [file.path, file]))
  const news = new Map(after.files.map((file) => [file.path, file]))
  return [...new Set([...olds.keys(), ...news.keys()])]
    .toSorted()
    .map((path) => diffFile(path, olds.get(path) ?? null, news.get(path) ?? null))
}

function diffFile(path: string, before: ArtifactFile | null, after: ArtifactFile | null): FileDifference {
  if (before === null) return { path, state: 'added', before, after }
  if (after === null) return { path, state: 'removed', before, after }
  return { path, state: before.digest === after.digest ? 'same' : 'changed', before, after }
}

/** What of the metadata differs, nested names with dots, in order of name. */
export function diffMetadata(before: Artifact, after: Artifact): readonly ValueDifference[] {
  const olds = new Map(flatten(before.metadata, ''))
  const news = new Map(flatten(after.metadata, ''))
  return [...new Set([...olds.keys(), ...news.keys()])]
    .toSorted()
    .map((name) => ({ name, before: olds.get(name), after: news.get(name) }))
    .filter((value) => JSON.stringify(value.before) !== JSON.stringify(value.after))
}

function flatten(value: JsonValue, prefix: string): readonly (readonly [string, JsonValue])[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [[prefix, value]]
  return Object.entries(value).flatMap(([name, inner]) =>
    flatten(inner, prefix === '' ? name : `${prefix}.${name}`),
  )
}
