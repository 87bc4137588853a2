import { createHash } from 'node:crypto'

/** What MLflow takes in names of metrics, params and tags. Source: mlflow/utils/validation.py. */
const NOT_TAKEN = /[^\p{L}\p{N}_\-. :/]/gu
export const MAX_KEY = 250

/** Names as MLflow takes them, each its own. */
export interface Names {
  of(key: string): string
  /** Those that are called otherwise there. */
  readonly renamed: Readonly<Record<string, string>>
}

export function makeNames(): Names {
  const known = new Map<string, string>()
  const taken = new Set<string>()
  const renamed: Record<string, string> = {}

  return {
    of(key) {
      const before = known.get(key)
      if (before !== undefined) return before
      const plain = toPath(key.replaceAll(NOT_TAKEN, '_'))
      const isFine = plain === key && key.length <= MAX_KEY && !taken.has(key)
      const name = isFine ? key : distinct(key, plain)
      known.set(key, name)
      taken.add(name)
      if (name !== key) renamed[key] = name
      return name
    },
    renamed,
  }

  /** With letters that tell it from others which became the same. */
  function distinct(key: string, plain: string): string {
    const short = plain.slice(0, MAX_KEY - 9)
    if (plain.length <= MAX_KEY && !taken.has(plain)) return plain
    return `${short}-${createHash('sha256').update(key).digest('hex').slice(0, 8)}`
  }
}

/** A name is a path there: not above its folder, not absolute, without empty parts. */
function toPath(name: string): string {
  const parts = name.split('/').map((part) => (part === '' || part === '.' || part === '..' ? '_' : part))
  return parts.join('/')
}
