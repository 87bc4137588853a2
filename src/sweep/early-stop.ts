import { err, ok, type Result } from '../model/result.ts'
import type { EarlyStopper } from './early-stopper.ts'
import { createAsha, type AshaOptions } from './asha.ts'
import { createMedianRule, type MedianOptions } from './median-rule.ts'

/** Which rule ends trials that lag behind; with a text its options are as if left out. */
export type EarlyStop =
  | 'median'
  | 'asha'
  | ({ readonly rule: 'median' } & MedianOptions)
  | ({ readonly rule: 'asha' } & AshaOptions)

/** Reads what a sweep was asked for; null when nothing is stopped early. */
export function parseEarlyStop(value: unknown): Result<EarlyStopper | null, readonly string[]> {
  if (value === undefined || value === null || value === false) return ok(null)
  const options: Readonly<Record<string, unknown>> =
    typeof value === 'object' ? { ...value } : { rule: value }
  const problems: string[] = []
  const read = (name: string, smallest: number, otherwise: number): number => {
    const given = options[name]
    if (given === undefined) return otherwise
    if (typeof given === 'number' && Number.isFinite(given) && given >= smallest) return given
    problems.push(`earlyStop.${name} must be a number from ${smallest} on.`)
    return otherwise
  }
  let stopper: EarlyStopper
  if (options['rule'] === 'median')
    stopper = createMedianRule({ warmup: read('warmup', 0, 0), minTrials: read('minTrials', 1, 5) })
  else if (options['rule'] === 'asha')
    stopper = createAsha({ minStep: read('minStep', 1, 1), eta: read('eta', 2, 3) })
  else return err(["earlyStop must be 'median' or 'asha', or an object with one of them as its rule."])
  return problems.length === 0 ? ok(stopper) : err(problems)
}
