import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toTabSeparated } from './tab-separated.ts'

describe('rows that are copied', () => {
  it('have as many lines and cells as they are, whatever is in them', () => {
    const cell = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('a\tb', 'a\r\nb', '', '\n'))
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell, cell), { minLength: 1 }), (rows) => {
        const lines = toTabSeparated(rows).split('\n')
        expect(lines.length).toBe(rows.length)
        for (const line of lines) expect(line.split('\t').length).toBe(3)
      }),
    )
  })

  it('are never formulas, and numbers stay numbers', () => {
    expect(toTabSeparated([['=1+1', '＝1', '@x', '-cmd|x', '+a', '-0.5', '+3', '1e-7', 'lr = 1']])).toBe(
      "'=1+1\t'＝1\t'@x\t'-cmd|x\t'+a\t-0.5\t+3\t1e-7\tlr = 1",
    )
  })
})
