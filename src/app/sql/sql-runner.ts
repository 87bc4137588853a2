import { ConsoleEnded, startConsole, type ConsoleProcess } from '../../client/connect-console.ts'
import { err, type Result } from '../../model/result.ts'
import type { SqlAnswer, SqlFormat } from '../../protocol/sql-api.ts'
import type { SqlFile } from '../../protocol/console-api.ts'
import type { DatabaseId } from '../../protocol/database-id.ts'
import { trackerError, type TrackerError } from '../../protocol/tracker-error.ts'
import { busyWhile } from '../tracker/idle.ts'
import { reportBug } from '../tracker/report-bug.ts'
import type { SqlResult } from './sql-result.ts'
import type { Tracker } from '../tracker/tracker.ts'

export interface RanQuery {
  readonly answer: SqlAnswer
  readonly isOfCopy: boolean
}

type Ran = Result<RanQuery, TrackerError>

/** Runs queries where they can run: with the owner of the database for a moment, else over a copy in a worker. */
export interface SqlRunner {
  /** `isLong`: known to take long, so it is not tried with the owner. */
  run(sql: string, offset: number, limit: number, isLong: boolean): Promise<Ran>
  /** The rows after those of the last answer. */
  runOn(result: SqlResult, limit: number): Promise<Ran>
  write(result: SqlResult, format: SqlFormat): Promise<Result<SqlFile, TrackerError>>
  /** Ends what runs over a copy, and lets go of the copy. */
  end(): void
}

export function makeSqlRunner({ api }: Pick<Tracker, 'api'>, database: DatabaseId): SqlRunner {
  /** The worker over a copy, and the query that stands open in it. */
  let copy: { readonly process: ConsoleProcess; sql: string | null } | null = null

  function end(): void {
    copy?.process.end()
    copy = null
  }

  async function ask<T>(
    question: (process: ConsoleProcess) => Promise<Result<T, TrackerError>>,
    process: ConsoleProcess,
  ): Promise<Result<T, TrackerError>> {
    try {
      return await busyWhile(question(process))
    } catch (cause) {
      if (copy?.process === process) end()
      return cause instanceof ConsoleEnded ? err(stopped(cause.message)) : reportBug(cause)
    }
  }

  /** Copies the database as it is now and starts a worker over it. */
  async function openCopy(): Promise<Result<ConsoleProcess, TrackerError>> {
    end()
    const started = start()
    if (!started.ok) return started
    const process = started.value
    copy = { process, sql: null }
    const copied = await api.copyDatabase(database)
    if (copy?.process !== process) return err(stopped('it was ended'))
    if (!copied.ok) {
      end()
      return copied
    }
    const opened = await ask(({ ask }) => ask((console) => console.open(copied.value)), process)
    return opened.ok ? { ok: true, value: process } : opened
  }

  async function runCopy(sql: string, offset: number, limit: number): Promise<Ran> {
    const opened = await openCopy()
    if (!opened.ok) return opened
    const process = opened.value
    const answered = await ask(({ ask }) => ask((console) => console.query(sql, offset, limit)), process)
    if (!answered.ok) return answered
    if (copy?.process === process) copy.sql = sql
    return { ok: true, value: { answer: answered.value, isOfCopy: true } }
  }

  async function run(sql: string, offset: number, limit: number, isLong: boolean): Promise<Ran> {
    if (isLong) return runCopy(sql, offset, limit)
    const answered = await api.querySql({ database, sql, offset, limit })
    if (answered.ok) {
      if (copy !== null) end()
      return { ok: true, value: { answer: answered.value, isOfCopy: false } }
    }
    return answered.error.code === 'sql-slow' ? runCopy(sql, offset, limit) : answered
  }

  return {
    run,
    end,
    async runOn(result, limit) {
      if (!result.isOfCopy || copy === null || copy.sql !== result.sql)
        return run(result.sql, result.rows, limit, result.isOfCopy)
      const answered = await ask(({ ask }) => ask((console) => console.next(limit)), copy.process)
      return answered.ok ? { ok: true, value: { answer: answered.value, isOfCopy: true } } : answered
    },
    async write(result, format) {
      if (!result.more) {
        const started = start()
        if (!started.ok) return started
        const { sql: _sql, isOfCopy: _isOfCopy, ...answer } = result
        const written = await ask(
          ({ ask }) => ask((console) => console.exportAnswer(answer, format)),
          started.value,
        )
        started.value.end()
        return written
      }
      const isOpen = copy !== null && result.isOfCopy && copy.sql === result.sql
      const opened = isOpen && copy !== null ? { ok: true as const, value: copy.process } : await openCopy()
      if (!opened.ok) return opened
      return ask(({ ask }) => ask((console) => console.exportQuery(result.sql, format)), opened.value)
    },
  }
}

function start(): Result<ConsoleProcess, TrackerError> {
  try {
    return { ok: true, value: startConsole() }
  } catch (cause) {
    return err(cannotStart(cause))
  }
}

function stopped(why: string): TrackerError {
  return trackerError('interrupted', `The worker of the query stopped (${why}). Run it again.`)
}

function cannotStart(cause: unknown): TrackerError {
  const said = cause instanceof Error ? cause.message : String(cause)
  return trackerError(
    'interrupted',
    `This page cannot start a worker (${said}), so only short queries run here, and results are copied, not written.`,
  )
}
