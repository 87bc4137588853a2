import { nearestName } from '../../src/filter/nearest.ts'
import { sqlTokens, type SqlToken } from '../../src/model/sql-text.ts'
import { PUBLIC_SCHEMA, PUBLIC_TABLES } from '../../src/protocol/public-schema.ts'
import { trackerError, type TrackerError } from '../../src/protocol/tracker-error.ts'
import type { Engine } from '../db/sqlite.ts'
import { SQL_FUNCTIONS } from './functions.ts'
import type { Denial } from './guard.ts'

/** Primary result codes. Source: sqlite.org/rescode.html. */
const NOMEM = 7
const TOOBIG = 18

const TABLES_WORDS = `${PUBLIC_TABLES.slice(0, -1).join(', ')} and ${PUBLIC_TABLES.at(-1) ?? ''}`
const COLUMNS: readonly string[] = [...new Set(Object.values(PUBLIC_SCHEMA).flat())]

/** How queries begin, and statements that change something or talk to SQLite itself. */
const QUERY_WORDS: readonly string[] = ['select', 'with', 'values']

export function sqlWrong(message: string, from: number, to: number, fix: string | null = null): TrackerError {
  return { ...trackerError('sql-wrong', message), at: { from, to, fix } }
}

/** What is wrong with a statement that is no query; null when it begins like one. `at`: where it lies in the text. */
export function whyNoQuery(statement: string, at: number): TrackerError | null {
  const [first] = sqlTokens(statement)
  const word = first?.text ?? ''
  if (QUERY_WORDS.includes(word.toLowerCase())) return null
  const fix = nearestName(word, QUERY_WORDS)
  return sqlWrong(
    `The console only reads: a query begins with select, with or values, not with ${word}.`,
    at,
    at + word.length,
    fix,
  )
}

/** A statement that would do what the console does not. */
export function deniedError({ capi }: Engine, { action, subject }: Denial, text: string): TrackerError {
  const token = tokenOf(text, subject)
  const [from, to] = [token?.from ?? 0, token?.to ?? 0]
  switch (action) {
    case capi.SQLITE_FUNCTION:
      return sqlWrong(`The function ${subject} is not for queries of the console.`, from, to)
    case capi.SQLITE_READ:
      return sqlWrong(`The console does not read ${subject}. Its tables are ${TABLES_WORDS}.`, from, to)
    default:
      return sqlWrong('The console only reads; this statement would change the database.', from, to)
  }
}

/** What SQLite says, in words. `at`: index into the text; null where it does not know. */
export function explainEngine(code: number, message: string, text: string, at: number | null): TrackerError {
  if (code === NOMEM) return noMemory()
  if (code === TOOBIG) return sqlWrong('A value of the result would be longer than 16 MB.', 0, 0)
  const [, kind, name] = /^no such (table|column|function): (\S+)/.exec(message) ?? []
  if (name !== undefined && kind !== undefined) {
    const bare = name.replace(/^.*\./, '').replaceAll(/["'`]/g, '')
    const token = at === null ? tokenOf(text, bare) : tokenAt(text, at)
    const known = kind === 'table' ? PUBLIC_TABLES : kind === 'column' ? COLUMNS : SQL_FUNCTIONS
    const words = kind === 'table' ? ` The tables are ${TABLES_WORDS}.` : ''
    const place = lastNamed(text, token, bare)
    return sqlWrong(
      `There is no ${kind} ${bare} here.${words}`,
      place?.from ?? 0,
      place?.to ?? 0,
      nearestName(bare, known),
    )
  }
  if (message === 'incomplete input') {
    return sqlWrong('The query ends too early.', text.trimEnd().length, text.trimEnd().length)
  }
  const token = at === null ? undefined : tokenAt(text, at)
  const near = /^near "(.*)": syntax error$/s.exec(message)?.[1]
  const said = near === undefined ? `SQLite says: ${message}.` : `SQL does not expect ${near} here.`
  return sqlWrong(said, token?.from ?? 0, token?.to ?? 0)
}

export function noMemory(): TrackerError {
  return trackerError(
    'sql-memory',
    'The query needs more memory than this browser gives. Read fewer columns, filter, or group before sorting.',
  )
}

function tokenAt(text: string, at: number): SqlToken | undefined {
  return sqlTokens(text).find(({ to }) => to > at)
}

function tokenOf(text: string, name: string): SqlToken | undefined {
  const wanted = name.toLowerCase()
  return sqlTokens(text).find((token) => token.text.toLowerCase().replaceAll(/["`[\]]/g, '') === wanted)
}

/** In `r.nmae` SQLite points at the `r`; what is wrong is the name after the dot. */
function lastNamed(text: string, token: SqlToken | undefined, name: string): SqlToken | undefined {
  if (token === undefined || token.text.toLowerCase() === name.toLowerCase()) return token
  const after = sqlTokens(text).filter(({ from }) => from >= token.from)
  return after.slice(0, 5).find((each) => each.text.toLowerCase() === name.toLowerCase()) ?? token
}
