import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { partitionFolder } from './partition.ts'

const folder = (value: string): string => partitionFolder('experiment', value)

it('escapes what Hive does, and leaves letters', () => {
  expect(folder('digits v1.2')).toBe('experiment=digits v1.2')
  expect(folder('lr=0.1/50%')).toBe('experiment=lr%3D0.1%2F50%25')
  expect(folder('../..\\x:\u0000')).toBe('experiment=..%2F..%5Cx%3A%00')
  expect(folder('grün 名前 🎉')).toBe('experiment=grün 名前 🎉')
  expect(folder('ends.')).toBe('experiment=ends%2E')
  expect(folder('')).toBe('experiment=__HIVE_DEFAULT_PARTITION__')
})

it('is one name of a file system, from which the value comes back', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1, maxLength: 40, unit: 'binary' }), (value) => {
      const name = folder(value)
      expect(name).not.toMatch(/[/\\]|[. ]$/)
      const wellFormed = value.replaceAll(/\p{Surrogate}/gu, '\u{FFFD}')
      expect(decodeURIComponent(name.slice('experiment='.length))).toBe(wellFormed)
    }),
  )
  fc.assert(
    fc.property(fc.string({ minLength: 200, maxLength: 400, unit: 'grapheme' }), (value) => {
      const name = folder(value)
      expect(new TextEncoder().encode(name).length).toBeLessThan(255)
      expect(value.startsWith(decodeURIComponent(name.slice('experiment='.length)))).toBe(true)
    }),
  )
})
