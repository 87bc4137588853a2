import { ok, type Result } from '../result.ts'
import { decode } from './decode.ts'
import { parseMeta } from './meta-fields.ts'
import type { StoredArray } from './numbers.ts'

/** Shape: uint8, UTF-8. */
export interface TextMeta {
  readonly format: 'plain' | 'markdown'
}

export interface TextContent {
  readonly kind: 'text'
  readonly format: 'plain' | 'markdown'
  readonly text: string
}

/** Errors: bytes that are no UTF-8. */
export function parseText({ bytes }: StoredArray, metaText: string): Result<TextContent, string> {
  const meta = parseMeta(metaText)
  if (!meta.ok) return meta
  const text = decode(bytes)
  if (!text.ok) return text
  return ok({
    kind: 'text',
    format: meta.value['format'] === 'markdown' ? 'markdown' : 'plain',
    text: text.value,
  })
}
