import { err, ok, type Result } from '../result.ts'

/** UTF-8 as text. Errors: bytes that are none. */
export function decode(bytes: Uint8Array): Result<string, string> {
  try {
    return ok(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    return err('its bytes are no UTF-8')
  }
}
