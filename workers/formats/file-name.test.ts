import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { makeFileNames, toFileName } from './file-name.ts'

const of = (name: string): string => toFileName(name, 'run')

it('keeps letters and digits, and what file systems take', () => {
  expect(of('Sober brook_89.v2')).toBe('Sober brook_89.v2')
  expect(of('../../etc/passwd')).toBe('etc-passwd')
  expect([of('..'), of(''), of(' / ')]).toEqual(['run', 'run', 'run'])
  expect([of('con'), of('LPT1.x'), of('console')]).toEqual(['_con', '_LPT1.x', 'console'])
  expect(of(`${'a'.repeat(71)} b`)).toBe('a'.repeat(71))
})

it('gives no two of them one name, not even where letters have no case', () => {
  const name = fc.oneof(fc.constantFrom('a', 'A', 'a-2', 'A-2', 'a-2-2', '', 'run', '..'), fc.string())
  fc.assert(
    fc.property(fc.array(name, { maxLength: 30 }), (list) => {
      const names = makeFileNames('run')
      const given = list.map((each) => names(each))
      expect(new Set(given.map((each) => each.toLowerCase())).size).toBe(list.length)
      for (const each of given) {
        expect(each).not.toMatch(/[/\\:*?"<>|]|^\.|[. ]$/)
        expect(new TextEncoder().encode(each).length).toBeLessThan(240)
      }
    }),
  )
})
