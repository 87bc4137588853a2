import type { Direction } from '../../model/experiment.ts'

const SMALLER_IS_BETTER =
  /(^|[^a-z])(loss|err|error|errors|perplexity|ppl|mse|mae|rmse|mape|nll|bpc|wer|cer|fid|kl|divergence|latency|regret)([^a-z]|$)|(loss|error)$/i

const LARGER_IS_BETTER =
  /(^|[^a-z])(acc|accuracy|auc|auroc|f1|precision|recall|reward|return|score|map|iou|dice|bleu|rouge|r2|psnr|ssim|top[15])([^a-z0-9]|$)|(accuracy|reward|score)$/i

/** Which way a metric improves, as far as its name tells; of a learning rate there is no best. */
export function guessDirection(key: string): Direction {
  if (SMALLER_IS_BETTER.test(key)) return 'min'
  return LARGER_IS_BETTER.test(key) ? 'max' : 'none'
}

/** Which value of a metric a run is judged by: its best, or the last where "best" means nothing. */
export function bestAggregate(direction: Direction): 'min' | 'max' | 'last' {
  return direction === 'none' ? 'last' : direction
}

/** The best of some ranked values, or the largest; null when none is a number. */
export function bestOf(values: Iterable<number | null>, direction: Direction): number | null {
  let best: number | null = null
  for (const value of values) {
    if (value === null || Number.isNaN(value)) continue
    if (best === null || (direction === 'min' ? value < best : value > best)) best = value
  }
  return best
}

/** The metric a newcomer wants to rank runs by: validation before training, a score before a loss. */
export function defaultMetric(keys: readonly string[]): string | null {
  return (
    keys.find((key) => isValidation(key) && LARGER_IS_BETTER.test(key)) ??
    keys.find((key) => LARGER_IS_BETTER.test(key)) ??
    keys.find((key) => isValidation(key) && SMALLER_IS_BETTER.test(key)) ??
    keys.find((key) => SMALLER_IS_BETTER.test(key)) ??
    keys[0] ??
    null
  )
}

function isValidation(key: string): boolean {
  return /(^|[^a-z])(val|valid|validation|test|eval)([^a-z]|$)/i.test(key)
}
