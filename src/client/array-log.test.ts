import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ARRAY_PART_BYTES, MAX_BATCH_ARRAY_BYTES, type ArraySection } from '../model/log-batch.ts'
import { createArrayLog } from './array-log.ts'
import { parseArray } from './array-value.ts'

/** The arrays of sections, one by one, as [key, step, dtype, shape, bytes]. */
function unpack(sections: readonly ArraySection[]): unknown[][] {
  return sections.flatMap(({ key, dtype, shape, steps, bytes }) => {
    const length = bytes.length / Math.max(1, steps.length)
    return Array.from(steps, (step, index) => [
      key,
      step,
      dtype,
      shape,
      Array.from(bytes.subarray(index * length, (index + 1) * length)),
    ])
  })
}

function takeAll(log: ReturnType<typeof createArrayLog>, maxBytes: number): readonly ArraySection[][] {
  const batches: ArraySection[][] = []
  for (;;) {
    const taken = log.take('run', maxBytes)
    if (taken.length === 0) return batches
    batches.push([...taken])
  }
}

const values = fc.oneof(
  fc.uint8Array({ maxLength: 30 }),
  fc.float32Array({ maxLength: 5 }),
  fc.bigInt64Array({ maxLength: 3 }),
  fc.uint8ClampedArray({ minLength: 6, maxLength: 6 }).map((data) => ({ data, shape: [2, 3] })),
)

describe('array log', () => {
  it('hands over what was logged, in the order of each key, however it is cut', () => {
    const logged = fc.array(fc.tuple(fc.constantFrom('a', 'b'), values), { maxLength: 20 })
    fc.assert(
      fc.property(logged, fc.integer({ min: 1, max: 60 }), (arrays, maxBytes) => {
        const log = createArrayLog()
        const expected: unknown[][] = []
        for (const [step, [key, value]] of arrays.entries()) {
          const parsed = parseArray(value)
          if (!parsed.ok) throw new Error(parsed.error)
          const { data, dtype, shape } = parsed.value
          expected.push([
            key,
            step,
            dtype,
            shape,
            [...new Uint8Array(data.buffer, data.byteOffset, data.byteLength)],
          ])
          log.add(key, parsed.value, step, 0, false)
          // What the caller does with its array afterwards is its own affair.
          new Uint8Array(data.buffer).fill(0)
        }
        const found = unpack(takeAll(log, maxBytes).flat())
        for (const key of ['a', 'b']) {
          expect(found.filter(([name]) => name === key)).toEqual(expected.filter(([name]) => name === key))
        }
      }),
    )
  })

  it('cuts an array that is larger than a batch into parts that follow each other', () => {
    const log = createArrayLog()
    const bytes = new Uint8Array(MAX_BATCH_ARRAY_BYTES + 5).map((_, index) => index % 251)
    const parsed = parseArray(bytes)
    if (!parsed.ok) throw new Error(parsed.error)
    log.add('weights', parsed.value, 1, 0, true)
    expect(bytes.length).toBe(0)
    const batches = takeAll(log, MAX_BATCH_ARRAY_BYTES)
    let offset = 0
    for (const [section, ...others] of batches) {
      expect(others).toEqual([])
      expect(section?.part?.offset).toBe(offset)
      expect(section?.bytes[0]).toBe(offset % 251)
      offset += section?.bytes.length ?? 0
      expect(offset % ARRAY_PART_BYTES === 0 || offset === MAX_BATCH_ARRAY_BYTES + 5).toBe(true)
    }
    expect(offset).toBe(MAX_BATCH_ARRAY_BYTES + 5)
    expect(new Set(batches.map(([section]) => section?.part?.id)).size).toBe(1)
  })
})

describe('an array', () => {
  it('is a typed array or one with a shape that fits', () => {
    const data = new Int16Array(6)
    expect(parseArray(data)).toMatchObject({ ok: true, value: { dtype: 'int16', shape: [6] } })
    expect(parseArray({ data, shape: [2, 3] })).toMatchObject({ ok: true, value: { shape: [2, 3] } })
    expect(parseArray({ data, shape: [2, 4] })).toEqual({ ok: false, error: 'array-shape-does-not-fit' })
    expect(parseArray({ data })).toEqual({ ok: false, error: 'array-shape-does-not-fit' })
    for (const none of [[1, 2], 'x', null, undefined, new DataView(new ArrayBuffer(2)), { shape: [1] }, 5n]) {
      expect(parseArray(none)).toEqual({ ok: false, error: 'value-not-a-number' })
    }
  })
})
