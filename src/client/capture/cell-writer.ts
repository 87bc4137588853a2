import { toJsonValue } from '../../model/json.ts'
import { canonicalText } from './canonical-text.ts'
import { isMissing } from './column-profile.ts'
import type { Digester } from './digest.ts'

const BUFFER_BYTES = 2 ** 16
/** What a cell is, before its bytes. */
const TAGS = { missing: 0, number: 1, text: 2, no: 3, yes: 4, other: 5 } as const
/** The most a tag with a number or a length takes. */
const ROOM = 16

/** Writes cells so that equal ones, and only those, are equal bytes: −0 is 0, and every NaN the same. */
export function makeCellWriter(digester: Digester): {
  cell(value: unknown): void
  text(words: string): void
  end(): void
} {
  const bytes = new Uint8Array(BUFFER_BYTES)
  const view = new DataView(bytes.buffer)
  const encoder = new TextEncoder()
  let at = 0

  function end(): void {
    digester.add(bytes.subarray(0, at))
    at = 0
  }
  function tag(kind: number): void {
    if (at + ROOM > BUFFER_BYTES) end()
    bytes[at] = kind
    at += 1
  }
  function words(kind: number, text: string): void {
    const encoded = encoder.encode(text)
    tag(kind)
    view.setUint32(at, encoded.length, true)
    at += 4
    end()
    digester.add(encoded)
  }

  return {
    end,
    text: (text) => words(TAGS.text, text),
    cell(value) {
      if (isMissing(value)) tag(TAGS.missing)
      else if (typeof value === 'number' || typeof value === 'bigint') {
        tag(TAGS.number)
        const number = Number(value)
        view.setFloat64(at, Number.isNaN(number) ? Number.NaN : number + 0, true)
        at += 8
      } else if (typeof value === 'string') words(TAGS.text, value)
      else if (typeof value === 'boolean') tag(value ? TAGS.yes : TAGS.no)
      else words(TAGS.other, canonicalText(toJsonValue(value)))
    },
  }
}
