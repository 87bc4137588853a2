import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rawLine } from './chart-line.fixture.ts'
import { countNonFinite, entriesInRange, lineSegments, type ChartLine } from './chart-line.ts'
import { lowerBound } from '../../model/sorted.ts'

/** A raw line as text: a digit is a value, `n` a NaN, `i` a +∞, at x 0, 1, 2, … */
function drawLine(text: string): ChartLine {
  const places = [...text].map((sign, x) => ({ sign, x }))
  const finite = places.filter(({ sign }) => /\d/.test(sign))
  const marks = places.filter(({ sign }) => sign === 'n' || sign === 'i')
  return {
    ...rawLine(
      finite.map(({ sign }) => Number(sign)),
      finite.map(({ x }) => x),
    ),
    points: text.length,
    nonFinite: {
      x: Float64Array.from(marks, ({ x }) => x),
      nan: Uint32Array.from(marks, ({ sign }) => Number(sign === 'n')),
      posInf: Uint32Array.from(marks, ({ sign }) => Number(sign === 'i')),
      negInf: new Uint32Array(marks.length),
    },
  }
}

function segmentsOf(text: string): readonly number[] {
  const line = drawLine(text)
  return lineSegments(line, 0, line.x.length)
}

describe('lineSegments', () => {
  it('draws one line where every value is a number', () => {
    expect(segmentsOf('12345')).toEqual([0, 5])
    expect(segmentsOf('')).toEqual([])
  })

  it('never draws over a NaN or an infinity', () => {
    expect(segmentsOf('12n34i5')).toEqual([0, 2, 2, 4, 4, 5])
    expect(segmentsOf('nn1nn2nn')).toEqual([0, 1, 1, 2])
  })

  it('keeps a point alone between two NaN as a segment of its own', () => {
    expect(segmentsOf('1n2n3')).toEqual([0, 1, 1, 2, 2, 3])
  })

  it('covers every entry exactly once', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('1', '2', 'n', 'i') }), (text) => {
        const line = drawLine(text)
        const segments = lineSegments(line, 0, line.x.length)
        const covered = segments.flatMap((end, index) =>
          index % 2 === 0
            ? []
            : Array.from(
                { length: end - (segments[index - 1] ?? 0) },
                (_, at) => (segments[index - 1] ?? 0) + at,
              ),
        )
        expect(covered).toEqual(Array.from(line.x, (_, index) => index))
      }),
    )
  })
})

describe('lowerBound', () => {
  it('finds the first entry at or after a place', () => {
    const x = Float64Array.of(1, 3, 3, 5)
    expect([0, 1, 2, 3, 4, 5, 6].map((place) => lowerBound(x, place))).toEqual([0, 0, 1, 1, 3, 3, 4])
  })
})

describe('entriesInRange', () => {
  it('takes one neighbour on either side, so that lines run to the edge', () => {
    const line = drawLine('0123456789')
    expect(entriesInRange(line, { from: 3.5, to: 5.5 })).toEqual({ from: 3, to: 8 })
    expect(entriesInRange(line, { from: -5, to: 50 })).toEqual({ from: 0, to: 10 })
  })
})

describe('countNonFinite', () => {
  it('counts what lies inside the range', () => {
    const counts = countNonFinite([drawLine('n1i2n'), drawLine('nnnnn')], { from: 1, to: 4 })
    expect(counts).toEqual({ nan: 5, posInf: 1, negInf: 0 })
  })
})
