import type { Result } from '../../src/model/result.ts'
import type { TrackerError, TrackerErrorCode } from '../../src/protocol/tracker-error.ts'

/** The few assertions of the store suite, which runs where there is no test framework. */
export function assertEqual(actual: unknown, expected: unknown, what: string): void {
  const said = describe(actual)
  const wanted = describe(expected)
  if (said !== wanted) throw new Error(`${what}: expected ${wanted.slice(0, 600)}, got ${said.slice(0, 600)}`)
}

export function assertClose(actual: number, expected: number, what: string): void {
  const tolerance = 1e-9 * Math.max(1, Math.abs(expected))
  if (!(Math.abs(actual - expected) <= tolerance)) {
    throw new Error(`${what}: expected about ${expected}, got ${actual}`)
  }
}

export function assertTrue(holds: boolean, what: string): void {
  if (!holds) throw new Error(what)
}

export function valueOf<T>(result: Result<T, TrackerError>): T {
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`)
  return result.value
}

export function assertRefused<T>(result: Result<T, TrackerError>, code: TrackerErrorCode): void {
  if (result.ok) throw new Error(`expected the refusal ${code}, got a success`)
  assertEqual(result.error.code, code, 'code of the refusal')
}

/** A text that is equal for equal values; tells −0, NaN and ±Infinity apart. */
function describe(value: unknown): string {
  if (typeof value === 'number') return Object.is(value, -0) ? '-0' : String(value)
  if (ArrayBuffer.isView(value)) return `[${Array.from(Object(value), describe).join(',')}]`
  if (Array.isArray(value)) return `[${value.map(describe).join(',')}]`
  if (typeof value === 'object' && value !== null) {
    const fields = Object.entries(value).map(([key, entry]) => `${key}:${describe(entry)}`)
    return `{${fields.toSorted().join(',')}}`
  }
  return JSON.stringify(value) ?? 'undefined'
}
