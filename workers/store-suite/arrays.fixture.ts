import type { ArrayDtype, ArrayShape } from '../../src/model/array.ts'
import type { ArraySection } from '../../src/model/log-batch.ts'
import { createRandom } from '../../src/model/seeded-random.ts'
import { OWN_DATABASE } from '../../src/protocol/database-id.ts'
import type { MediaNote } from '../../src/model/media.ts'
import { valueOf } from './assert.ts'
import { STARTED_AT } from './store.fixture.ts'
import type { Store } from './store.fixture.ts'

export function randomBytes(length: number, seed: number): Uint8Array {
  const random = createRandom(seed)
  return Uint8Array.from({ length }, () => random() * 256)
}

/** Arrays of run `a`. */
export function arraySectionOf(
  key: string,
  dtype: ArrayDtype,
  shape: ArrayShape,
  steps: readonly number[],
  bytes: Uint8Array,
): ArraySection {
  const times = Float64Array.from(steps, (step) => STARTED_AT + step)
  return { runId: 'a', key, dtype, shape, steps: Float64Array.from(steps), times, bytes }
}

export interface FoundArray {
  readonly step: number
  readonly dtype: ArrayDtype
  readonly shape: ArrayShape
  readonly media: MediaNote | null
  readonly bytes: Uint8Array
}

/** All arrays of a key of run `a`. */
export async function readArrays(
  { service }: Store,
  key: string,
  database = OWN_DATABASE,
): Promise<readonly FoundArray[]> {
  const request = { database, runId: 'a', key, from: 0, limit: 1000 }
  const columns = valueOf(await service.readArrays(request))
  const found: FoundArray[] = []
  for (const [index, id] of columns.id.entries()) {
    const { start, ...array } = valueOf(await service.readArray({ database, id }))
    const bytes = new Uint8Array(columns.bytes[index] ?? 0)
    bytes.set(start)
    for (let offset = start.length; offset < bytes.length;) {
      const part = valueOf(
        await service.readArrayBytes({ database, id, offset, length: bytes.length - offset }),
      )
      bytes.set(part, offset)
      offset += part.length
    }
    found.push({ step: columns.step[index] ?? 0, ...array, bytes })
  }
  return found
}

export function isSameBytes(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, index) => byte === other[index])
}
