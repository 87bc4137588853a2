import { withoutZero } from '../../src/model/without-zero.ts'
import type { RunRecord } from '../formats/contents.ts'

/**
 * Tells whether two databases know the same of a run: a text that is nearly always another where they do not.
 *
 * Which experiment it is of is left out, for that has an id of its own in each. Cost: one pass over its JSON.
 */
export function fingerprintOf({ run, ...rest }: RunRecord): string {
  return hash(JSON.stringify([{ ...run, experimentId: '' }, rest], inOrder))
}

/** Keys in one order, whoever wrote them; texts as a disk keeps them. */
function inOrder(_key: string, value: unknown): unknown {
  if (typeof value === 'string') return withoutZero(value)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  const entries = Object.entries(value).map(([key, each]) => [withoutZero(key), each] as const)
  return Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)))
}

/** Two FNV-1a hashes of different beginnings, over the units of UTF-16. Source: datatracker.ietf.org/doc/rfc9923. */
function hash(text: string): string {
  let [one, other] = [0x811c9dc5, 0x9747b28c]
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at)
    one = Math.imul(one ^ unit, 0x01000193)
    other = Math.imul(other ^ unit ^ (one >>> 16), 0x01000193)
  }
  return `${(one >>> 0).toString(36)}-${(other >>> 0).toString(36)}`
}
