import type { ConfusionContent } from '../../model/media-content/confusion-matrix-content.ts'
import { formatCount, formatValue } from '../number-format.ts'

/** What a confusion matrix says of its cells, by row and column. */
export interface ConfusionCounts {
  at(row: number, column: number): number
  /** Of all of its row; 0 of an empty one. */
  share(row: number, column: number): number
  words(row: number, column: number): string
  readonly most: number
  /** How much of it is right, and how much is of no class. */
  readonly summary: string
}

/** Cost: linear. */
export function confusionCounts({ labels, values, other }: ConfusionContent): ConfusionCounts {
  const size = labels.length
  // What is no class is right nowhere.
  const classes = other > 0 ? size - 1 : size
  const totals = new Float64Array(size)
  let [most, hits, all] = [0, 0, 0]
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) {
      const value = values[row * size + column] ?? 0
      totals[row] = (totals[row] ?? 0) + value
      most = Math.max(most, value)
      if (row === column && row < classes) hits += value
    }
    all += totals[row] ?? 0
  }
  const at = (row: number, column: number): number => values[row * size + column] ?? 0
  const share = (row: number, column: number): number => at(row, column) / (totals[row] || 1)
  const outside = other > 0 ? `; ${formatCount(other)} in “${labels.at(-1) ?? ''}”: no class` : ''
  return {
    at,
    share,
    most,
    summary: all > 0 ? `${((100 * hits) / all).toFixed(1)} % of ${formatCount(all)} right${outside}` : '',
    words: (row, column) =>
      `actual ${labels[row] ?? ''}, predicted ${labels[column] ?? ''}: ${formatValue(at(row, column))}, ${(100 * share(row, column)).toFixed(1)} % of ${formatValue(totals[row] ?? 0)}`,
  }
}
