import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareNatural, inNaturalOrder } from './natural-order.ts'

describe('natural order', () => {
  it('takes digits for the numbers they are', () => {
    expect(inNaturalOrder(['run 10', 'run 2', 'run 02', 'b', 'a9z', 'a10', 'run 1.5', 'run 1.10'])).toEqual([
      'a9z',
      'a10',
      'b',
      'run 1.5',
      'run 1.10',
      'run 02',
      'run 2',
      'run 10',
    ])
  })

  it('is that of code points where there are no digits, and the same however it is asked', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (texts) => {
        expect(inNaturalOrder(texts)).toEqual(texts.toSorted(compareNatural))
        const letters = texts.map((text) => text.replace(/\d/g, 'd'))
        expect(inNaturalOrder(letters)).toEqual(letters.toSorted())
      }),
    )
  })
})
