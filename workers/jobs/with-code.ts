import { err } from '../../src/model/result.ts'
import type { Outcome } from '../../src/protocol/outcome.ts'
import { trackerError, type TrackerError } from '../../src/protocol/tracker-error.ts'
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

function notLoaded(): TrackerError {
  return trackerError(
    'interrupted',
    'A part of Kymo could not be loaded. It was updated, or its server cannot be reached; reload the page.',
  )
}
