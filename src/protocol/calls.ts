import { ARTIFACTS_CALLS } from './artifacts-api.ts'
import type { CallsOf } from './call-kind.ts'
import { CHARTS_CALLS } from './charts-api.ts'
import { DISK_CALLS } from './disk-api.ts'
import { FILES_CALLS } from './files-api.ts'
import { MEDIA_CALLS } from './media-api.ts'
import type { Outcome } from './outcome.ts'
import { RUNS_CALLS } from './runs-api.ts'
import { SQL_CALLS } from './sql-api.ts'
import { STORE_CALLS } from './store-api.ts'
import type { TrackerApi } from './tracker-api.ts'

export type CallName = keyof TrackerApi

const CALLS = {
  ...STORE_CALLS,
  ...RUNS_CALLS,
  ...CHARTS_CALLS,
  ...MEDIA_CALLS,
  ...ARTIFACTS_CALLS,
  ...FILES_CALLS,
  ...DISK_CALLS,
  ...SQL_CALLS,
} as const satisfies CallsOf<TrackerApi>

export const CALL_DEADLINE_MS = 30_000

export function isLongJob(name: CallName): boolean {
  return CALLS[name] === 'once'
}

/** What each call is asked with; undefined where with nothing. */
export type Arguments = { readonly [Name in CallName]: Parameters<TrackerApi[Name]>[0] }
/** What each call answers when it can. */
export type Answers = {
  readonly [Name in CallName]: TrackerApi[Name] extends (argument: never) => Outcome<infer T> ? T : never
}
/** `TrackerApi` once more, so that a name that is not known yet still ties its answer to its argument. */
type Calls = { readonly [Name in CallName]: (argument: Arguments[Name]) => Outcome<Answers[Name]> }

/** Answers what the call of that name does. */
export type Pass = <Name extends CallName>(name: Name, argument: Arguments[Name]) => Outcome<Answers[Name]>

/** A tracker all of whose calls go through `pass`. */
export function makeApi(pass: Pass): TrackerApi {
  const names = Object.keys(CALLS) as CallName[]
  const call = (name: CallName) => (argument: Arguments[CallName]) => pass(name, argument)
  return Object.fromEntries(names.map((name) => [name, call(name)])) as unknown as TrackerApi
}

/** Passes a call on to another tracker. */
export function callByName<Name extends CallName>(
  api: TrackerApi,
  name: Name,
  argument: Arguments[Name],
): Outcome<Answers[Name]> {
  const calls: Calls = api
  return calls[name](argument)
}
