import { MEDIA_KINDS } from './media-content/kinds.ts'

export type MediaKind = (typeof MEDIA_KINDS)[number]

/** What an array says of itself beside its numbers: `meta` is the JSON of the type its kind has in `MediaMeta`. */
export interface MediaNote {
  readonly kind: MediaKind
  readonly meta: string
}

/** Labels of a million points fit; what is longer belongs in a table or an artifact. Unit: UTF-16 code units. */
export const MAX_META_LENGTH = 2 ** 23

export function isMediaKind(value: unknown): value is MediaKind {
  return (MEDIA_KINDS as readonly unknown[]).includes(value)
}
