import type { TrackerApi } from './tracker-api.ts'

export type CallName = keyof TrackerApi

/**
 * What may become of a call whose worker or owner is gone.
 *
 * again: it is asked of the next one; reads change nothing, `ingest` recognises what it has committed. once: a long job,
 * whose half-done work died with whoever did it, and which may take longer than `CALL_DEADLINE_MS`.
 */
const CALLS: Readonly<Record<CallName, 'again' | 'once'>> = {
  hello: 'again',
  ingest: 'again',
  readExperiments: 'again',
  readArrangement: 'again',
  readRuns: 'again',
  queryRuns: 'again',
  readCells: 'again',
  readKeys: 'again',
  readSeries: 'again',
  readRun: 'again',
  readWindows: 'again',
  readMedia: 'again',
  readConsole: 'again',
  readEvents: 'again',
  readArrays: 'again',
  readArray: 'again',
  readArrayBytes: 'again',
  readStorage: 'again',
  readBin: 'again',
  querySql: 'again',
  copyDatabase: 'once',
  settleDamaged: 'again',
  closeFile: 'again',
  cancel: 'again',
  exportFile: 'once',
  openFile: 'once',
  keepFile: 'once',
  exportDamaged: 'once',
  emptyBin: 'once',
  storeArtifact: 'once',
  readArtifacts: 'again',
  readArtifactFile: 'once',
  eraseArtifacts: 'once',
}

export function isLongJob(name: CallName): boolean {
  return CALLS[name] === 'once'
}

/** A tracker all of whose calls go through `pass`, which answers what the call of that name does. */
export function makeApi(pass: (name: CallName, argument: unknown) => Promise<unknown>): TrackerApi {
  const names = Object.keys(CALLS) as CallName[]
  return Object.fromEntries(
    names.map((name) => [name, (argument: unknown) => pass(name, argument)]),
  ) as unknown as TrackerApi
}

/** Passes a call on to another tracker. */
export function callByName(api: TrackerApi, name: CallName, argument: unknown): Promise<unknown> {
  return (api[name] as (argument: unknown) => Promise<unknown>)(argument)
}
