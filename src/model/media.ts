import { KIND_WORDS } from './media-content/kinds.ts'

/** The words say which kinds there are. */
export type MediaKind = keyof typeof KIND_WORDS

/** What an array says of itself beside its numbers: `meta` is the JSON of the type its kind has in `MediaMeta`. */
export interface MediaNote {
  readonly kind: MediaKind
  readonly meta: string
}

/** Labels of a million points fit; what is longer belongs in a table or an artifact. Unit: UTF-16 code units. */
export const MAX_META_LENGTH = 2 ** 23

export function isMediaKind(value: unknown): value is MediaKind {
  return typeof value === 'string' && Object.hasOwn(KIND_WORDS, value)
}
