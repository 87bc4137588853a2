import { describe, expect, it } from 'vitest'
import { moved, showing, wholeTable, zoomed } from './cell-window.ts'

describe('what of a table is in view', () => {
  it('keeps the cell under the pointer where it is', () => {
    const near = zoomed(wholeTable(1_000), 0.5, [0.25, 0.9], 1_000)
    expect([near.left + 0.25 * near.side, near.top + 0.9 * near.side]).toEqual([250, 900])
    expect(near.side).toBe(500)
  })

  it('ends at the table, and where cells are large enough', () => {
    expect(zoomed({ left: 990, top: 0, side: 10 }, 1e-9, [1, 0], 1_000)).toEqual({
      left: 996,
      top: 0,
      side: 4,
    })
    expect(zoomed({ left: 900, top: 50, side: 100 }, 1e9, [0, 0], 1_000)).toEqual(wholeTable(1_000))
    expect(zoomed(wholeTable(2), 0.1, [0, 0], 2)).toEqual(wholeTable(2))
  })

  it('moves no further than the table', () => {
    expect(moved({ left: 0, top: 0, side: 100 }, 0.5, -1, 1_000)).toEqual({ left: 50, top: 0, side: 100 })
  })

  it('follows a cell that is out of view', () => {
    expect(showing({ left: 10, top: 10, side: 5 }, 12, 20, 1_000)).toEqual({ left: 16, top: 10, side: 5 })
    expect(showing({ left: 10, top: 10, side: 5 }, 3, 12, 1_000)).toEqual({ left: 10, top: 3, side: 5 })
  })
})
