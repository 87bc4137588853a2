import { describe, expect, it } from 'vitest'
import type { PlotAxis } from '../../widgets/plot/plot-axis.ts'
import { scatterWords } from './scatter-words.ts'

function axis(label: string, values: readonly number[], isLog = false): PlotAxis {
  return {
    id: label,
    label,
    values: Float64Array.from(values),
    categories: null,
    unit: 'number',
    isLog,
    isFlipped: false,
  }
}

describe('what is said of a scatter plot', () => {
  const powers = [1e-4, 1e-3, 1e-2, 1e-1]

  it('measures a log axis as it is drawn', () => {
    const y = axis('acc', [1, 2, 3, 4])
    expect(scatterWords(axis('lr', powers), y)).toBe('Pearson r 0.82, Spearman ρ 1.00, n = 4')
    expect(scatterWords(axis('lr', powers, true), y)).toBe('Pearson r 1.00 of log x, Spearman ρ 1.00, n = 4')
    expect(scatterWords(axis('lr', powers, true), axis('loss', powers.toReversed(), true))).toBe(
      'Pearson r −1.00 of log x and log y, Spearman ρ −1.00, n = 4',
    )
  })

  it('says how many runs are left out, and what they lack', () => {
    const x = axis('lr', [1, 2, Number.NaN, 4, 5])
    const y = axis('acc', [1, Number.NaN, Number.NaN, 2, 3])
    expect(scatterWords(x, y)).toContain(
      'n = 3. 2 runs left out: 1 without a finite lr, 2 without a finite acc',
    )
    expect(scatterWords(axis('lr', [1]), axis('acc', [Number.NaN]))).toContain(
      '1 run left out: 1 without a finite acc',
    )
  })
})
