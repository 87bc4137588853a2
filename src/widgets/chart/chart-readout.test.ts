import { describe, expect, it } from 'vitest'
import type { ChartLine } from './chart-line.ts'
import { rawLine } from './chart-line.fixture.ts'
import { nonFiniteWords, readingsAround, readLine, readLines } from './chart-readout.ts'

function line(
  id: string,
  x: readonly number[],
  values: readonly number[],
  nanAt: readonly number[] = [],
): ChartLine {
  return {
    ...rawLine(values, x),
    id,
    name: id,
    nonFinite: {
      x: Float64Array.from(nanAt),
      nan: Uint32Array.from(nanAt, () => 2),
      posInf: new Uint32Array(nanAt.length),
      negInf: new Uint32Array(nanAt.length),
    },
  }
}

describe('readLine', () => {
  const curve = line('a', [0, 10, 20], [1, 2, 3])

  it('reads the nearest entry', () => {
    expect([0, 4, 6, 14, 16].map((x) => readLine(curve, x, 1)?.mean)).toEqual([1, 1, 2, 2, 3])
  })

  it('says nothing where the line does not reach', () => {
    expect(readLine(curve, 25, 1)).toBeNull()
    expect(readLine(curve, 25, 6)?.mean).toBe(3)
    expect(readLine(line('b', [], []), 5, 1)).toBeNull()
  })

  it('names the NaN under the cursor', () => {
    const holed = line('a', [0, 20], [1, 3], [10])
    expect(readLine(holed, 10, 2)?.nonFinite).toBe('2 NaN')
    expect(readLine(holed, 3, 2)?.nonFinite).toBe('')
  })
})

describe('readLines', () => {
  it('lists the values as they lie on the screen, highest first', () => {
    const lines = [line('low', [0], [1]), line('high', [0], [9]), line('middle', [0], [5])]
    const readings = readLines(lines, 0, 1)
    expect(readings.map((reading) => reading.line.id)).toEqual(['high', 'middle', 'low'])
    expect(readingsAround(readings, 2, 2).map((reading) => reading.line.id)).toEqual(['middle', 'low'])
  })
})

describe('nonFiniteWords', () => {
  it('names only what there is', () => {
    expect(nonFiniteWords(1204, 0, 1)).toBe('1,204 NaN, 1 −∞')
    expect(nonFiniteWords(0, 0, 0)).toBe('')
  })
})
