import type { AlertCondition, AlertRule } from '../../model/alert.ts'
import { nearestName } from '../../filter/nearest.ts'

export const CONDITION_TEXTS: Readonly<Record<AlertCondition['type'], string>> = {
  'not-finite': 'is not a number',
  above: 'is above',
  below: 'is below',
  plateau: 'does not improve for',
  divergence: 'is worse than its best by a factor of',
}

/** “val/acc does not improve for 50 points”. */
export function ruleWords({ metric, condition }: AlertRule): string {
  const says = `${metric} ${CONDITION_TEXTS[condition.type]}`
  switch (condition.type) {
    case 'not-finite':
      return says
    case 'above':
    case 'below':
      return `${says} ${condition.limit}`
    case 'plateau':
      return `${says} ${condition.points} points${condition.delta === 0 ? '' : `, by more than ${condition.delta}`}`
    case 'divergence':
      return `${says} ${condition.factor}`
  }
}

/** Said of a metric that nobody has logged; null once somebody has. */
export function unknownWords(metric: string, known: readonly string[]): string | null {
  if (known.includes(metric)) return null
  const near = nearestName(metric, known)
  return `No run has logged ${metric} yet.${near === null ? '' : ` Did you mean ${near}?`}`
}
