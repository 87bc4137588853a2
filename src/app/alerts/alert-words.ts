import type { AlertCondition, AlertRule } from '../../model/alert.ts'
import { nearestName } from '../../filter/nearest.ts'
import type { TriedAlert } from '../../protocol/runs-api.ts'
import { formatCount, formatPlural, formatStep } from '../../widgets/number-format.ts'

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

/** “Would have spoken in 2 of 60 runs, last in lr0.1-s3: loss is 3, above 2, at step 120.” */
export function triedWords(tried: TriedAlert | null): string {
  if (tried === null || tried.of === 0) return ''
  const { runs, of, speaking, first } = tried
  const looked =
    runs < of ? `the newest ${formatCount(runs)} of ${formatPlural(of, 'run')}` : formatPlural(of, 'run')
  if (first === null) return `Would not have spoken in ${looked} so far.`
  const where = `${first.runName}: ${first.text}, at step ${formatStep(first.step)}`
  return `Would have spoken in ${formatCount(speaking)} of ${looked}, last in ${where}.`
}

/** Said of a metric that nobody has logged; null once somebody has. */
export function unknownWords(metric: string, known: readonly string[]): string | null {
  if (known.includes(metric)) return null
  const near = nearestName(metric, known)
  return `No run has logged ${metric} yet.${near === null ? '' : ` Did you mean ${near}?`}`
}
