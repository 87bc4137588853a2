import { connectTracker } from '../../src/client/connect.ts'
import { init } from '../../src/client/index.ts'
import { OWN_DATABASE } from '../../src/protocol/database-id.ts'

/** What of an array came back, compared with what was logged. */
export interface ArrayCheck {
  readonly key: string
  readonly dtype: string
  readonly shape: readonly number[]
  readonly same: boolean
}

const SAMPLES = {
  Int8Array: Int8Array.of(-128, 0, 127),
  Uint8Array: Uint8Array.of(0, 128, 255),
  Uint8ClampedArray: Uint8ClampedArray.of(0, 128, 255),
  Int16Array: Int16Array.of(-32_768, 32_767),
  Uint16Array: Uint16Array.of(0, 65_535),
  Int32Array: Int32Array.of(-(2 ** 31), 2 ** 31 - 1),
  Uint32Array: Uint32Array.of(0, 2 ** 32 - 1),
  BigInt64Array: BigInt64Array.of(-(2n ** 63n), 2n ** 63n - 1n),
  BigUint64Array: BigUint64Array.of(0n, 2n ** 64n - 1n),
  Float32Array: Float32Array.of(Number.NaN, -0, Infinity, 1.5),
  Float64Array: Float64Array.of(Number.NaN, -0, -Infinity, Number.MIN_VALUE),
}

/** Logs an array of every type, one with a shape and one that is taken rather than copied. */
export async function logSamples(experiment: string): Promise<{ runId: string; taken: number }> {
  const run = init({ experiment, name: 'arrays' })
  run.log({ loss: 1, ...SAMPLES })
  run.log({ grid: { data: Float32Array.of(1, 2, 3, 4, 5, 6), shape: [2, 3] } }, { step: 7 })
  const taken = pattern(3_000_000)
  run.log({ taken }, { transfer: true })
  await run.flush()
  return { runId: run.id, taken: taken.length }
}

/** Logs one value of `bytes` bytes, taken rather than copied; resolves when it is durable. */
export async function logLarge(experiment: string, bytes: number): Promise<string> {
  const run = init({ experiment, name: 'large' })
  run.log({ large: pattern(bytes) }, { transfer: true })
  const outcome = await run.finish()
  if (!outcome.ok) throw new Error(outcome.error.message)
  return run.id
}

/** Reads everything back that `logSamples` logged. */
export async function checkSamples(runId: string): Promise<readonly ArrayCheck[]> {
  const expected: Record<string, ArrayBufferView> = {
    ...SAMPLES,
    grid: Float32Array.of(1, 2, 3, 4, 5, 6),
    taken: pattern(3_000_000),
  }
  const checks: ArrayCheck[] = []
  for (const [key, view] of Object.entries(expected)) {
    const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength)
    checks.push(await check(runId, key, (at) => bytes[at]))
  }
  return checks
}

export const checkLarge = (runId: string): Promise<ArrayCheck> => check(runId, 'large', patternAt)

/** Compares part by part, so that an array of a gigabyte is never whole in memory. */
async function check(
  runId: string,
  key: string,
  expectedAt: (at: number) => number | undefined,
): Promise<ArrayCheck> {
  const { api } = connectTracker()
  const found = await api.readArrays({ database: OWN_DATABASE, runId, key, from: 0, limit: 2 })
  if (!found.ok) throw new Error(found.error.message)
  const { total, id, bytes } = found.value
  const array = await api.readArray({ database: OWN_DATABASE, id: id[0] ?? 0 })
  if (!array.ok) throw new Error(array.error.message)
  const { dtype, shape } = array.value
  let same = total === 1
  let offset = 0
  const length = bytes[0] ?? 0
  while (same && offset < length) {
    const part = await api.readArrayBytes({ database: OWN_DATABASE, id: id[0] ?? 0, offset, length })
    if (!part.ok) throw new Error(part.error.message)
    for (let index = 0; index < part.value.length; index++) {
      if (part.value[index] !== expectedAt(offset + index)) same = false
    }
    offset += part.value.length
  }
  return {
    key,
    dtype,
    shape,
    same: same && expectedAt(length - 1) !== undefined,
  }
}

function patternAt(at: number): number {
  return (at * 31 + (at >>> 8)) & 0xff
}

function pattern(length: number): Uint8Array {
  const bytes = new Uint8Array(length)
  for (let at = 0; at < length; at++) bytes[at] = patternAt(at)
  return bytes
}
