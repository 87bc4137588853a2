import type { Captions } from '../model/media-content/drawing.ts'
import { err, ok } from '../model/result.ts'
import type { Words } from './later.ts'

/** Names of things, of which everything has one: numbers will do too. */
export type Labels = ArrayLike<unknown>

/** Names as texts, copied; undefined when there are none. */
export function toLabels(value: unknown): readonly string[] | undefined {
  if (!isListLike(value)) return undefined
  return Array.from(value, toLabel)
}

function toLabel(value: unknown): string {
  if (typeof value === 'string') return value
  return typeof value === 'object' || typeof value === 'function' ? '' : String(value ?? '')
}

function isListLike(value: unknown): value is ArrayLike<unknown> {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView))
}

/** Names for exactly `count` things, by their number where there are none. Errors: another number of names. */
export function labelsFor(value: unknown, count: number, what: string): Words<readonly string[]> {
  const labels = toLabels(value) ?? Array.from({ length: count }, (_, index) => String(index))
  return labels.length === count ? ok(labels) : err(`${labels.length} labels for ${count} ${what}`)
}

/** Title and names of axes, where they are texts. */
export function toCaptions(value: unknown): Captions {
  if (typeof value !== 'object' || value === null) return {}
  const captions: Record<string, string> = {}
  for (const name of ['title', 'xLabel', 'yLabel'] as const) {
    const text: unknown = Reflect.get(value, name)
    if (typeof text === 'string' && text !== '') captions[name] = text
  }
  return captions
}

/** A field of options that may be anything, as a text; an empty one is none. */
export function toText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}
