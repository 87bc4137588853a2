import type { Refusal } from '../../model/log-batch.ts'
import { whyRefused } from '../../model/refusal-words.ts'
import { formatCount } from '../../widgets/number-format.ts'

/** `3 values of acc were refused: a text that is no number, for example string "high". Write …` */
export function refusalWords(refusal: Refusal): string {
  const values = refusal.count === 1 ? '1 value' : `${formatCount(refusal.count)} values`
  const verb = refusal.count === 1 ? 'was' : 'were'
  return `${values} of ${refusal.key} ${verb} refused: ${whyRefused(refusal)}`
}
