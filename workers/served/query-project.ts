import { Worker } from 'node:worker_threads'
import { err, type Result } from '../../src/model/result.ts'
import type { SqlAnswer } from '../../src/protocol/sql-api.ts'
import { trackerError, type TrackerError } from '../../src/protocol/tracker-error.ts'
import type { SqlAsked } from './sql-thread.ts'

/** Who waits longer asks the command, which has no end. Unit: milliseconds. */
const MAX_QUERY_MS = 30_000

/** Beside the library. */
const THREAD = './sql-thread.js'

/** Runs a query over databases of a project in a thread of its own, which is ended when it takes too long. */
export function queryProject(asked: SqlAsked): Promise<Result<SqlAnswer, TrackerError>> {
  return new Promise((settle) => {
    const thread = new Worker(new URL(THREAD, import.meta.url))
    const end = (answer: Result<SqlAnswer, TrackerError>): void => {
      clearTimeout(timer)
      void thread.terminate()
      settle(answer)
    }
    const timer = setTimeout(() => end(err(trackerError('interrupted', TOO_LONG))), MAX_QUERY_MS)
    thread.once('message', end)
    thread.once('error', (cause) =>
      end(err(trackerError('interrupted', `The query stopped: ${cause.message}.`))),
    )
    thread.postMessage(asked)
  })
}

const TOO_LONG = `The query took longer than ${MAX_QUERY_MS / 1_000} seconds and was ended. kymo query "select …" asks without an end.`
