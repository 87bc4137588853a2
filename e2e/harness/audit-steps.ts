import { LIFE_STEPS } from '../torture/truth.ts'
import type { Findings } from './findings.ts'

/** Holds the steps of one series or key against what logs them: each life from its first step on, one by one. */
export interface StepAudit {
  /** Answers whether the step is one that was to come, so that what it holds is worth looking at. */
  visit(step: number): boolean
  /** How many steps there are of each life. */
  counts(): readonly number[]
}

export function auditSteps(where: string, findings: Findings): StepAudit {
  const counts: number[] = []
  let life = 0
  let next = 0

  return {
    visit(step) {
      const itsLife = Math.floor(step / LIFE_STEPS)
      const index = step - itsLife * LIFE_STEPS
      if (itsLife < life) {
        findings.corrupt(1, `step ${step} after life ${life} began, in ${where}`)
        return false
      }
      if (itsLife > life) {
        life = itsLife
        next = 0
      }
      if (index < next) {
        findings.duplicated(1, `step ${step} comes again in ${where}`)
        return false
      }
      if (index > next) {
        findings.lost(index - next, `steps ${next} to ${index - 1} of life ${life} in ${where}`)
      }
      next = index + 1
      counts[life] = (counts[life] ?? 0) + 1
      return true
    },
    counts: () => Array.from(counts, (count) => count ?? 0),
  }
}
