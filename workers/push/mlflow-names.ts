import { createHash } from 'node:crypto'
import { withoutZero } from '../../src/model/without-zero.ts'

/** What MLflow takes in names of metrics, params and tags. Source: mlflow/utils/validation.py. */
const NOT_TAKEN = /[^\p{L}\p{N}_\-. :/]/gu
/** What it takes in paths of artifacts and names of models on every system. Source: `validate_path_is_safe` there. */
const NOT_IN_PATHS = /[\p{Cc}\p{Cs}#%\\:?*"'<>|]/gu
const NOT_IN_MODELS = /[\p{Cc}\p{Cs}#%\\:?*"'<>|/.]/gu
export const MAX_KEY = 250

/**
 * By key what it is called there, each its own, whatever order they come in. A key that MLflow takes keeps its name; of several that
 * would become the same each gets letters of its own. `known`: what keys of before are called, which they stay.
 */
export function toNames(
  keys: readonly string[],
  known: ReadonlyMap<string, string> = new Map(),
): ReadonlyMap<string, string> {
  const users = new Map<string, number>()
  for (const key of keys) {
    const plain = toPlain(key)
    users.set(plain, (users.get(plain) ?? 0) + (plain === key ? 2 : 1))
  }
  const taken = new Set(known.values())
  return new Map(
    keys.map((key) => {
      const plain = toPlain(key)
      const isFree = (plain === key || users.get(plain) === 1) && !taken.has(plain)
      return [key, known.get(key) ?? (isFree ? plain : marked(plain, key))]
    }),
  )
}

export function renamedOf(names: ReadonlyMap<string, string>): readonly (readonly [string, string])[] {
  return [...names].filter(([key, name]) => key !== name)
}

function toPlain(key: string): string {
  const name = toPath(key.replaceAll(NOT_TAKEN, '_'))
  return name.length > MAX_KEY ? marked(name, key) : name
}

/** A path among the artifacts; one that had to become another has letters of its own before its extension. */
export function toArtifactPath(path: string): string {
  const plain = toPath(path.replaceAll(NOT_IN_PATHS, '_'))
  if (plain === path) return path
  const dot = plain.lastIndexOf('.')
  const hasExtension = dot > plain.lastIndexOf('/') + 1
  const [name, extension] = hasExtension ? [plain.slice(0, dot), plain.slice(dot)] : [plain, '']
  return `${name}-${markOf(path)}${extension}`
}

export function toModelName(name: string): string {
  const plain = name.replaceAll(NOT_IN_MODELS, '_')
  return plain === name && name.length <= MAX_KEY ? name : marked(plain, name)
}

/** The name of an experiment or a run, as every store of theirs holds it. */
export function toTitle(title: string): string {
  return title.length > MAX_KEY ? marked(toText(title), title) : toText(title)
}

/** Without what some databases refuse: the character zero, and halves of characters. */
export function toText(text: string): string {
  return withoutZero(text).replaceAll(/\p{Cs}/gu, '\uFFFD')
}

/** As much of a text as fits, of whole characters. Unit: UTF-16 code units. */
export function cutText(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most - 1).replace(/[\uD800-\uDBFF]$/, '')}…` : text
}

/** A name is a path there: not above its folder, not absolute, without empty parts. */
function toPath(name: string): string {
  const parts = name.split('/').map((part) => (part === '' || part === '.' || part === '..' ? '_' : part))
  return parts.join('/')
}

function marked(plain: string, key: string): string {
  return `${plain.slice(0, MAX_KEY - 9).replace(/[\uD800-\uDBFF]$/, '')}-${markOf(key)}`
}

function markOf(key: string): string {
  return createHash('sha256').update(key).digest('hex').slice(0, 8)
}
