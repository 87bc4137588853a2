import { createSignal, onCleanup, type Accessor } from 'solid-js'
import type { Result } from '../../model/result.ts'
import type { SqlFile } from '../../protocol/console-api.ts'
import { FIRST_SQL_ROWS, MAX_SQL_ROWS, type SqlFormat } from '../../protocol/sql-api.ts'
import type { DatabaseId } from '../../protocol/database-id.ts'
import type { TrackerError } from '../../protocol/tracker-error.ts'
import { joinAnswers, MAX_HELD_ROWS, type SqlResult } from './sql-result.ts'
import { makeSqlRunner, type RanQuery } from './sql-runner.ts'
import type { Tracker } from '../tracker/tracker.ts'

/** What is under way: since when, and what for. Unit: `startedAt` UnixMs. */
export interface SqlWork {
  readonly startedAt: number
  readonly what: 'query' | 'rows' | 'file'
}

/** The last query that went wrong, and how. */
export interface SqlProblem {
  readonly sql: string
  readonly error: TrackerError
}

export interface SqlConsole {
  readonly work: Accessor<SqlWork | null>
  /** The last good result; stays while another query runs or fails. */
  readonly result: Accessor<SqlResult | null>
  readonly problem: Accessor<SqlProblem | null>
  /** Whether the last one was cancelled, and nothing was done since. */
  readonly cancelled: Accessor<boolean>
  run(sql: string): Promise<void>
  /** Answers at once; what the engine still does is not waited for. */
  cancel(): void
  loadMore(): Promise<void>
  /** Runs the query of the result again without showing that; answers whether that went well. */
  refresh(): Promise<boolean>
  /** Null when it was cancelled or failed, which is then the problem. */
  write(format: SqlFormat): Promise<SqlFile | null>
}

/** Queries of one database, one at a time. Leaving cancels. */
export function createSqlConsole(tracker: Tracker, database: DatabaseId): SqlConsole {
  const runner = makeSqlRunner(tracker, database)
  const [work, setWork] = createSignal<SqlWork | null>(null)
  const [result, setResult] = createSignal<SqlResult | null>(null)
  const [problem, setProblem] = createSignal<SqlProblem | null>(null)
  const [cancelled, setCancelled] = createSignal(false)
  /** Counts what was begun; an answer to what came before is dropped. */
  let turn = 0
  /** The last query that took longer than the owner waits. */
  let longSql: string | null = null

  function stop(): void {
    turn += 1
    if (work() === null) return
    setWork(null)
    runner.end()
  }
  onCleanup(() => {
    stop()
    runner.end()
  })

  /** Does something about a query, unless another one takes its place. Null when it came to nothing. */
  async function doing<T>(
    what: SqlWork['what'],
    sql: string,
    ask: () => Promise<Result<T, TrackerError>>,
  ): Promise<T | null> {
    stop()
    const mine = turn
    setCancelled(false)
    setProblem(null)
    setWork({ startedAt: Date.now(), what })
    const outcome = await ask()
    if (turn !== mine) return null
    setWork(null)
    if (outcome.ok) return outcome.value
    setProblem({ sql, error: outcome.error })
    return null
  }

  function show(sql: string, { answer, isOfCopy }: RanQuery): void {
    if (isOfCopy) longSql = sql
    setResult({ ...answer, sql, isOfCopy })
  }

  return {
    work,
    result,
    problem,
    cancelled,
    async run(sql) {
      const ran = await doing('query', sql, () => runner.run(sql, 0, FIRST_SQL_ROWS, sql === longSql))
      if (ran !== null) show(sql, ran)
    },
    cancel() {
      if (work() === null) return
      stop()
      setCancelled(true)
    },
    async loadMore() {
      const shown = result()
      if (shown === null) return
      const limit = Math.min(MAX_SQL_ROWS, MAX_HELD_ROWS - shown.rows)
      const ran = await doing('rows', shown.sql, () => runner.runOn(shown, limit))
      if (ran !== null) setResult({ ...joinAnswers(shown, ran.answer), isOfCopy: ran.isOfCopy })
    },
    async refresh() {
      const shown = result()
      if (shown === null || work() !== null || shown.isOfCopy) return false
      const mine = turn
      const limit = Math.min(MAX_SQL_ROWS, Math.max(FIRST_SQL_ROWS, shown.rows))
      const answered = await tracker.api.querySql({ database, sql: shown.sql, offset: 0, limit })
      if (turn !== mine) return true
      if (answered.ok) show(shown.sql, { answer: answered.value, isOfCopy: false })
      else setProblem({ sql: shown.sql, error: answered.error })
      return answered.ok
    },
    async write(format) {
      const shown = result()
      return shown === null ? null : doing('file', shown.sql, () => runner.write(shown, format))
    },
  }
}
