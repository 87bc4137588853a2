import papa from 'papaparse'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { csvField, csvLine, withoutFormula } from './csv.ts'

const RFC = { delimiter: ',', newline: '\r\n' } as const

describe('a field of CSV', () => {
  it.each([
    '=1+1',
    '+a',
    '-a',
    '@sum',
    '\t=1',
    '\r=1',
    '\n=1',
    '＝1+1',
    '＋1a',
    '－a',
    '＠a',
    '-1+cmd|x',
    '=-1.5',
  ])('is no formula: %j', (text) =>
    expect(papa.parse<string[]>(csvField(text), RFC).data).toEqual([[`'${text}`]]),
  )

  it.each(['-1.5', '+2', '-1e-3', '-.5', '-Infinity', '1=2', 'a-b', "'=1"])('is left alone: %s', (text) =>
    expect(csvField(text)).toBe(text),
  )

  it('tells an empty text, a missing value and every number apart', () => {
    expect(csvLine(['', null, undefined, -0, -1.5, Number.NaN, 2n ** 63n, true])).toBe(
      '"",,,-0,-1.5,NaN,9223372036854775808,true\r\n',
    )
  })

  it('brings back any text that is no formula', () => {
    const anyText = fc.string({ unit: 'binary' }).filter((text) => withoutFormula(text) === text)
    fc.assert(
      fc.property(fc.array(anyText, { minLength: 1 }), (row) => {
        expect(papa.parse(csvLine(row).slice(0, -2), RFC).data).toEqual([row])
      }),
    )
  })
})
