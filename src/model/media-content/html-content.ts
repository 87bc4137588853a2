import { ok, type Result } from '../result.ts'
import { decode } from './decode.ts'
import { parseMeta, textOf } from './meta-fields.ts'
import type { StoredArray } from './numbers.ts'

/** Shape: uint8, UTF-8. */
export interface HtmlMeta {
  readonly title?: string
}

export interface HtmlContent {
  readonly kind: 'html'
  readonly title: string
  readonly html: string
}

export function parseHtml({ bytes }: StoredArray, metaText: string): Result<HtmlContent, string> {
  const meta = parseMeta(metaText)
  if (!meta.ok) return meta
  const html = decode(bytes)
  return html.ok ? ok({ kind: 'html', title: textOf(meta.value['title']), html: html.value }) : html
}
