import type { AuditReport } from '../torture/outcome.ts'

/** More sentences than these tell nothing new. */
const MAX_PROBLEMS = 12

/** What an audit finds, counted; in words only the first few. */
export interface Findings {
  lost(count: number, problem: string): void
  duplicated(count: number, problem: string): void
  corrupt(count: number, problem: string): void
  report(points: number): AuditReport
}

export function makeFindings(): Findings {
  const sums = { lost: 0, duplicated: 0, corrupt: 0 }
  const problems: string[] = []
  const add =
    (kind: keyof typeof sums) =>
    (count: number, problem: string): void => {
      sums[kind] += count
      if (problems.length < MAX_PROBLEMS) problems.push(`${kind}: ${problem}`)
    }
  return {
    lost: add('lost'),
    duplicated: add('duplicated'),
    corrupt: add('corrupt'),
    report: (points) => ({ points, ...sums, problems }),
  }
}
