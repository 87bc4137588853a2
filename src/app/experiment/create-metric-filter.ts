import { createEffect, createSignal, on, type Accessor } from 'solid-js'
import { busyWhile } from '../tracker/idle.ts'

export interface MetricFilterState {
  /** Whether a metric is asked for. */
  readonly test: Accessor<(key: string) => boolean>
  /** What is wrong with the pattern, as a sentence; then the last one that was right holds. */
  readonly problem: Accessor<string | null>
}

const loadPatterns = () => import('../../filter/patterns.ts')

/** Finds metrics by a regular expression that fits anywhere in their name, in any case. `isAnyAtFirst`: until it is known what it finds. */
export function createMetricFilter(pattern: Accessor<string>, isAnyAtFirst = true): MetricFilterState {
  const [test, setTest] = createSignal<(key: string) => boolean>(() => isAnyAtFirst)
  const [problem, setProblem] = createSignal<string | null>(null)
  const use = (found: (key: string) => boolean): void => {
    setProblem(null)
    setTest(() => found)
  }

  createEffect(
    on(pattern, async (asked) => {
      if (isPlain(asked)) {
        const wanted = asked.toLowerCase()
        use((key) => key.toLowerCase().includes(wanted))
        return
      }
      const { makePatternTest, patternProblem } = await busyWhile(loadPatterns())
      if (asked !== pattern()) return
      const wrong = patternProblem(asked)
      if (wrong === null) use(makePatternTest('matches', `(?i)${asked}`))
      else setProblem(wrong)
    }),
  )
  return { test, problem }
}

/** Whether a pattern is only the text it looks for; then nothing has to be loaded to find it. */
function isPlain(pattern: string): boolean {
  return !/[\\^$.*+?()[\]{}|]/.test(pattern)
}
