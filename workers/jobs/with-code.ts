import { err } from '../../src/model/result.ts'
import type { Outcome } from '../../src/protocol/outcome.ts'
import { notLoaded } from './errors.ts'
import { loadCode, NotLoaded } from './load-code.ts'

/** Answers with code that is loaded when it is first needed, so that a first visit does not wait for it. */
export async function withCode<M, T>(load: () => Promise<M>, answer: (code: M) => Outcome<T>): Outcome<T> {
  let code
  try {
    code = await loadCode(load)
  } catch (cause) {
    if (cause instanceof NotLoaded) return err(notLoaded())
    throw cause
  }
  return answer(code)
}
