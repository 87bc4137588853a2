import { Show } from 'solid-js'
import type { SqlProblem } from './create-sql-console.ts'
import './sql-problem.css'

interface SqlProblemLineProps {
  readonly problem: SqlProblem | null
  /** Whether the place of the problem is still where it was. */
  readonly isFresh: boolean
  onFix(from: number, to: number, by: string): void
}

/** What is wrong with the last query, and what may have been meant. */
export function SqlProblemLine(props: SqlProblemLineProps) {
  return (
    <div role="alert">
      <Show when={props.problem}>
        {(problem) => (
          <p class="sql-problem">
            {problem().error.message}
            <Show when={props.isFresh && problem().error.at}>
              {(at) => (
                <Show when={at().fix}>
                  {(fix) => (
                    <button
                      type="button"
                      class="sql-problem-fix"
                      onClick={() => props.onFix(at().from, at().to, fix())}
                    >
                      Write {fix()}
                    </button>
                  )}
                </Show>
              )}
            </Show>
          </p>
        )}
      </Show>
    </div>
  )
}
