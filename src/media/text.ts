import { ok } from '../model/result.ts'
import { err } from '../model/result.ts'
import { describeValue } from '../client/refusals.ts'
import type { MediaValue } from '../client/media-value.ts'
import { toText } from './labels.ts'
import type { Words } from './later.ts'
import { mediaValue, showBytes } from './shown.ts'

/** A text, shown as it is: a generated sample, a prompt, a report. */
export function text(content: string): MediaValue {
  return mediaValue(() => textual(content, 'plain'))
}

/** A text in Markdown. */
export function markdown(content: string): MediaValue {
  return mediaValue(() => textual(content, 'markdown'))
}

/** A page of HTML, shown in a frame where its scripts do not run. */
export function html(content: string, options: { readonly title?: string } = {}): MediaValue {
  return mediaValue(() => {
    const bytes = toUtf8(content)
    if (!bytes.ok) return bytes
    const title = toText(options.title)
    return showBytes('html', title === undefined ? {} : { title }, bytes.value)
  })
}

function textual(content: unknown, format: 'plain' | 'markdown') {
  const bytes = toUtf8(content)
  return bytes.ok ? showBytes('text', { format }, bytes.value) : bytes
}

function toUtf8(content: unknown): Words<Uint8Array> {
  if (typeof content !== 'string') return err(`no text but ${describeValue(content)}`)
  return ok(new TextEncoder().encode(content))
}
