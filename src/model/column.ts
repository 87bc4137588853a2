import { isJsonObject, parseJson, type JsonObject } from './json.ts'
import { isRecord } from './raw-value.ts'
import { isStep, type Step } from './units.ts'

/**
 * What a column of a row is: how SQLite keeps it, how a cell of it becomes a value, and what a stranger may say for it.
 * The one place that knows a table is a record of these, by the names of their fields.
 */
export interface Column<T> {
  /** In a strict table. */
  readonly sql: `${'text' | 'real' | 'integer' | 'blob'}${'' | ' not null'}`
  readonly cell: CellKind
  /** From what the cell holds; missing where that is the value. */
  decode?(cell: unknown): T
  /** As it is bound; missing where that is the value. */
  encode?(value: T): string
  /** What a file or a message says for it; undefined for what it is not. */
  readonly parse: (value: unknown) => T | undefined
  /** Stands for it where it is not said; a column without it has to be. */
  readonly missing?: T
  /** The schema that brought it. */
  readonly since?: number
  /** It holds steps: numbers that are mostly whole. */
  readonly isStep?: true
}

/** How a cell is read. `number` takes NULL for NaN, `text` for nothing. */
export type CellKind = 'text' | 'textOrNull' | 'number' | 'numberOrNull' | 'bytes'

/** Columns by the names of the fields of a row; in SQL a name is written as `columnName` says. */
export type RowSpec = Readonly<Record<string, Column<unknown>>>

/** A row as its spec says. */
export type RowOf<S> = { readonly [K in keyof S]: S[K] extends Column<infer T> ? T : never }

const isText = (value: unknown): value is string => typeof value === 'string'
const isFinite = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value)
const isWhole = (value: unknown): value is number => Number.isSafeInteger(value)

export const TEXT: Column<string> = {
  sql: 'text not null',
  cell: 'text',
  parse: (value) => (isText(value) ? value : undefined),
}

export const TEXT_OR_NULL: Column<string | null> = {
  sql: 'text',
  cell: 'textOrNull',
  parse: (value) => (value === null || isText(value) ? value : undefined),
  missing: null,
}

/** A finite number: a time. */
export const REAL: Column<number> = {
  sql: 'real not null',
  cell: 'number',
  parse: (value) => (isFinite(value) ? value : undefined),
}

export const REAL_OR_NULL: Column<number | null> = {
  sql: 'real',
  cell: 'numberOrNull',
  parse: (value) => (value === null || isFinite(value) ? value : undefined),
  missing: null,
}

/** Any number: NULL is NaN. */
export const NUMBER: Column<number> = {
  sql: 'real',
  cell: 'number',
  parse: (value) => (typeof value === 'number' ? value : undefined),
}

export const INTEGER: Column<number> = {
  sql: 'integer not null',
  cell: 'number',
  parse: (value) => (isWhole(value) ? value : undefined),
}

export const INTEGER_OR_NULL: Column<number | null> = {
  sql: 'integer',
  cell: 'numberOrNull',
  parse: (value) => (value === null || isWhole(value) ? value : undefined),
  missing: null,
}

export const STEP: Column<Step> = {
  sql: 'real not null',
  cell: 'number',
  parse: (value) => (isStep(value) ? value : undefined),
  isStep: true,
}

export const STEP_OR_NULL: Column<Step | null> = {
  sql: 'real',
  cell: 'numberOrNull',
  parse: (value) => (value === null || isStep(value) ? value : undefined),
  missing: null,
  isStep: true,
}

export const BYTES: Column<Uint8Array<ArrayBuffer>> = {
  sql: 'blob',
  cell: 'bytes',
  parse: (value) => (value instanceof Uint8Array ? new Uint8Array(value) : undefined),
}

/** An object as JSON text; anything else that stands there is read as an empty one. */
export const JSON_OBJECT: Column<JsonObject> = {
  sql: 'text not null',
  cell: 'text',
  decode: (text) => {
    const value = parseJson(String(text))
    return isJsonObject(value) ? value : {}
  },
  encode: (value) => JSON.stringify(value),
  parse: (value) => (isRecord(value) ? (value as JsonObject) : undefined),
  missing: {},
}

/** One of some words; a cell that holds none of them reads as `otherwise`. */
export function oneOf<const T extends string>(words: readonly T[], otherwise: T): Column<T> {
  const find = (value: unknown): T | undefined => words.find((word) => word === value)
  return { sql: 'text not null', cell: 'text', decode: (text) => find(text) ?? otherwise, parse: find }
}

/** The same column, with what stands for it where it is not said. */
export function orMissing<T>(column: Column<T>, missing: NoInfer<T>): Column<T> {
  return { ...column, missing }
}

/** The same column, of files and databases from a schema on. */
export function since<T>(schema: number, column: Column<T>): Column<T> {
  return { ...column, since: schema }
}

/** The fields of a spec from what is said of them, and what stands for those that are not. Errors: throws for one without. */
export function fillRow<S extends RowSpec>(spec: S, said: Partial<RowOf<S>>): RowOf<S> {
  const row: Record<string, unknown> = {}
  for (const [field, { missing }] of Object.entries(spec)) {
    const value: unknown = said[field] ?? missing
    if (value === undefined) throw new Error(`Nothing is said of ${field}.`)
    row[field] = value
  }
  return row as RowOf<S>
}

/** `startedAt` is `started_at`. */
export function columnName(field: string): string {
  return field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}

/** The names in SQL, in order. */
export function columnNames(spec: RowSpec): readonly string[] {
  return Object.keys(spec).map(columnName)
}

/** The columns of a select: `r.id, r.started_at`. */
export function selectList(spec: RowSpec, table?: string): string {
  const before = table === undefined ? '' : `${table}.`
  return columnNames(spec)
    .map((name) => `${before}${name}`)
    .join(', ')
}

/** The same of a file or database of an older schema: what it does not have yet is null there. */
export function selectUpTo(spec: RowSpec, version: number): string {
  return Object.entries(spec)
    .map(([field, { since: first = 1 }]) =>
      first <= version ? columnName(field) : `null as ${columnName(field)}`,
    )
    .join(', ')
}

/** The schema that brought a table: that of its first column. */
export function sinceOf(spec: RowSpec): number {
  return Object.values(spec)[0]?.since ?? 1
}

/** Of a schema up to `version`. */
export function columnsUpTo(spec: RowSpec, version: number): RowSpec {
  return Object.fromEntries(Object.entries(spec).filter(([, column]) => (column.since ?? 1) <= version))
}
