import { wrap } from 'comlink'
import { lastingMethods } from './lasting-methods.ts'
import type { ConsoleApi } from '../protocol/console-api.ts'

/** Why a console answers no more. */
export class ConsoleEnded extends Error {
  override readonly name = 'ConsoleEnded'
}

/** A worker that runs queries over a copy of a database. */
export interface ConsoleProcess {
  /** Errors: rejects with `ConsoleEnded` when the worker ends first, by `end` or by itself. */
  ask<T>(question: (api: ConsoleApi) => Promise<T>): Promise<T>
  /** Ends it at once, whatever it is doing. */
  end(): void
}

/** Starts one. Errors: throws where workers do not exist or are not allowed. */
export function startConsole(): ConsoleProcess {
  const worker = new Worker(new URL('../../workers/console.worker.ts', import.meta.url), {
    type: 'module',
    name: 'kymo-console',
  })
  const api = lastingMethods(wrap<ConsoleApi>(worker) as unknown as ConsoleApi)
  let fail: ((reason: Error) => void) | undefined
  const ended = new Promise<never>((_resolve, reject) => {
    fail = reject
  })
  ended.catch(() => undefined)
  worker.addEventListener('error', (event) => {
    worker.terminate()
    fail?.(new ConsoleEnded(event.message ?? 'its script did not load'))
  })
  return {
    ask: (question) => Promise.race([question(api), ended]),
    end() {
      worker.terminate()
      fail?.(new ConsoleEnded('it was ended'))
    },
  }
}
