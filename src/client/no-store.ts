import { err } from '../model/result.ts'
import { makeApi } from '../protocol/calls.ts'
import { trackerError } from '../protocol/tracker-error.ts'
import type { TrackerConnection } from './connection.ts'

const NO_STORE = trackerError(
  'no-store',
  'Kymo keeps nothing in Node: it stores in the browser. What is logged here is not kept; run the training in a page.',
)

/** The connection of a thread that is in no browser: every call says at once that there is nothing to keep anything in. */
export function makeNoStore(): TrackerConnection {
  const answer = () => Promise.resolve(err(NO_STORE))
  return {
    api: makeApi(answer),
    failure: NO_STORE.message,
    ready: answer,
    owner: 'reached',
    onOwner: () => () => {},
    takeOver() {},
  }
}
