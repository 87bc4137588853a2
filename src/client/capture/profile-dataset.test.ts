import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { DatasetOptions, DatasetValue } from './capture-options.ts'
import { makeDigester } from './digest.ts'
import { profileDataset } from './profile-dataset.ts'

async function profileOf(value: unknown, options: DatasetOptions = {}) {
  const profile = await profileDataset(value as DatasetValue, options)
  if (!profile.ok) throw new Error(profile.error)
  return profile.value
}

async function problemOf(value: unknown, options: DatasetOptions = {}): Promise<string> {
  const profile = await profileDataset(value as DatasetValue, options)
  return profile.ok ? 'a profile' : profile.error
}

const cell = fc.oneof(
  fc.double(),
  fc.string({ maxLength: 6 }),
  fc.boolean(),
  fc.constantFrom(null, undefined, Number.NaN, -0),
)
const records = fc.array(fc.record({ a: cell, b: cell, long: cell }, { requiredKeys: [] }), { maxLength: 20 })

test('the order of keys does not change the fingerprint, and a value does', async () => {
  await fc.assert(
    fc.asyncProperty(records, async (rows) => {
      const turned = rows.map((row) => Object.fromEntries(Object.entries(row).toReversed()))
      const { fingerprint } = await profileOf(rows)
      expect(fingerprint).toMatch(/^[0-9a-f]{64}$/)
      expect((await profileOf(turned))['fingerprint']).toBe(fingerprint)
      const changed = [...rows, { a: 'one more' }]
      expect((await profileOf(changed))['fingerprint']).not.toBe(fingerprint)
    }),
  )
})

test('how bytes are cut does not change a digest', async () => {
  const bytes = Uint8Array.from({ length: 2_500_000 }, (_, index) => (index * 31) % 251)
  const digestIn = async (length: number): Promise<string | null> => {
    const digester = makeDigester()
    for (let at = 0; at < bytes.length; at += length) digester.add(bytes.subarray(at, at + length))
    return digester.finish()
  }
  const whole = await digestIn(bytes.length)
  expect(await digestIn(1_000)).toBe(whole)
  expect(await digestIn(2 ** 20)).toBe(whole)
  expect(await digestIn(999_983)).toBe(whole)
})

test('columns are what a look at every value finds', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 30 }), async (rows) => {
      const { columns, rows: count } = await profileOf(rows)
      expect(count).toBe(rows.length)
      const [first] = columns as unknown as readonly Record<string, unknown>[]
      const values: unknown[] = rows.map((row) => row[0])
      const present = values.filter((value) => value !== null && value !== undefined && value !== '')
      const numbers = present.filter((value) => typeof value === 'number')
      const finite = numbers.filter((value) => Number.isFinite(value))
      expect(first?.['missing'] ?? 0).toBe(values.length - present.length)
      expect(first?.['nan'] ?? 0).toBe(numbers.filter((value) => Number.isNaN(value)).length)
      expect(first?.['min']).toBe(finite.length === 0 ? undefined : finite.reduce((a, b) => Math.min(a, b)))
      expect(first?.['max']).toBe(finite.length === 0 ? undefined : finite.reduce((a, b) => Math.max(a, b)))
      const sum = finite.reduce((a, b) => a + b, 0)
      expect(first?.['mean']).toBe(finite.length === 0 ? undefined : sum / finite.length)
      const types = new Set(present.map((value) => typeof value))
      const [only = 'empty'] = types
      expect(first?.['type']).toBe(types.size > 1 ? 'mixed' : only === 'string' ? 'text' : only)
    }),
  )
})

test('the same numbers as rows, a flat array and a tensor have one fingerprint', async () => {
  const rows = [
    [1, 2.5],
    [3, Number.NaN],
    [-0, 5],
  ]
  const flat = Float64Array.from(rows.flat())
  const { fingerprint } = await profileOf(rows)
  expect((await profileOf(flat, { shape: [3, 2] }))['fingerprint']).toBe(fingerprint)
  expect((await profileOf({ shape: [3, 2], data: async () => flat }))['fingerprint']).toBe(fingerprint)
  expect((await profileOf(flat, { shape: [2, 3] }))['fingerprint']).not.toBe(fingerprint)
})

test('CSV is what its records are, quotes and line ends included', async () => {
  const csv = '\uFEFFname,size,note\r\n"Ann, ""A""",1.5,\r\nBob,NaN,"two\nlines"\r\n'
  const table = [
    { name: 'Ann, "A"', size: 1.5, note: null },
    { name: 'Bob', size: Number.NaN, note: 'two\nlines' },
  ]
  const { fingerprint } = await profileOf(table)
  expect((await profileOf(csv))['fingerprint']).toBe(fingerprint)
  expect((await profileOf(new Blob([csv.slice(0, 9), csv.slice(9)])))['fingerprint']).toBe(fingerprint)
  expect((await profileOf('a;b\n1;"never closed'))['columnCount']).toBe(2)
})

test('classes are counted by labels of their own, of a column, and of one column a class', async () => {
  const rows = [{ kind: 'a' }, { kind: 'b' }, { kind: 'a' }]
  expect((await profileOf(rows, { labels: 'kind' }))['classes']).toEqual({ a: 2, b: 1 })
  expect((await profileOf(rows, { labels: [7, 7, 7] }))['classes']).toEqual({ 7: 3 })
  const oneHot = { shape: [3, 2], data: async () => Float32Array.of(0, 1, 0, 1, 1, 0) }
  expect((await profileOf(rows, { labels: oneHot }))['classes']).toEqual({ 0: 1, 1: 2 })
  const many = await profileOf(rows.concat(rows), { labels: [1, 2, 3, 4, 5, 6] })
  expect(many['classCount']).toBe(6)
  const hundred = Array.from({ length: 100 }, (_, index) => index)
  expect((await profileOf(hundred, { labels: hundred }))['classes']).toMatchObject({ '(others)': 50 })
})

test('a wide dataset has one profile for all of its columns', async () => {
  const { columns } = await profileOf(new Float32Array(784 * 2).fill(0.5), { shape: [2, 28, 28] })
  expect(columns).toEqual([{ name: 'all 784', type: 'number', min: 0.5, max: 0.5, mean: 0.5 }])
})

test('what is odd is said in words, and nothing is thrown', async () => {
  const cyclic: Record<string, unknown> = { a: 1 }
  cyclic['self'] = cyclic
  expect((await profileOf([cyclic]))['columnCount']).toBe(2)
  expect((await profileOf([[1, 2], [3], []]))['ragged']).toBe(2)
  expect(await profileOf([])).toMatchObject({ rows: 0, columnCount: 1 })
  expect(await profileOf('')).toMatchObject({ rows: 0, columnCount: 0 })
  expect(await problemOf(null)).toContain('neither rows')
  expect(await problemOf(() => 1)).toContain('neither rows')
  expect(await problemOf(new DataView(new ArrayBuffer(8)))).toContain('no array of numbers')
  expect(await problemOf(Float32Array.of(1, 2, 3), { shape: [2, 2] })).toContain('shape [2, 2]')
  expect(await problemOf([[1]], { labels: [1, 2] })).toBe('2 labels for 1 rows')
  expect(await problemOf([{ a: 1 }], { labels: 'b' })).toBe('no column is called b')
  expect(await problemOf([Array.from({ length: 10_001 }, () => 0)])).toContain('columns')
})
