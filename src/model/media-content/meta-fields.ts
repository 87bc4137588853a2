import { isRecord } from '../raw-value.ts'
import { err, ok, type Result } from '../result.ts'

/** The meta of an array as it was found: any JSON object. */
export type RawMeta = Readonly<Record<string, unknown>>

/** Longer texts of a meta are cut: they are read on a screen. Unit: UTF-16 code units. */
const MAX_TEXT = 2_000

/** Errors: the text is no JSON object. */
export function parseMeta(text: string): Result<RawMeta, string> {
  try {
    const raw: unknown = JSON.parse(text)
    if (isRecord(raw)) return ok(raw)
  } catch {
    // Said below.
  }
  return err('its description is no JSON object')
}

/** Empty for anything but a text. */
export function textOf(raw: unknown): string {
  return typeof raw === 'string' ? raw.slice(0, MAX_TEXT) : ''
}

/** Null for anything but a finite number. */
export function numberOf(raw: unknown): number | null {
  return typeof raw === 'number' && Number.isFinite(raw) ? raw : null
}

/** Null for anything but a whole number from 0 on. */
export function countOf(raw: unknown): number | null {
  return typeof raw === 'number' && Number.isSafeInteger(raw) && raw >= 0 ? raw : null
}

/** Null for anything but a list; what in it is no text is an empty one. */
export function textsOf(raw: unknown): readonly string[] | null {
  return Array.isArray(raw) ? raw.map(textOf) : null
}

/** What of a list says something, up to so many. */
export function listOf(raw: unknown, most: number): readonly RawMeta[] {
  return Array.isArray(raw) ? raw.slice(0, most).filter(isRecord) : []
}
