import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { databasesOf, fileNameOf, findProject } from '../native/project-folder.ts'
import { loadDrivers } from '../native/load-drivers.ts'
import { CommandError } from './command-error.ts'
import { note, printJson, printTable, valueText } from './print.ts'

export interface QueryOptions {
  readonly project?: string | undefined
  readonly experiment?: string | undefined
  readonly json?: boolean
}

/** `kymo query SQL` */
export function querySql(sql: string, options: QueryOptions): void {
  const { names, rows } = queryRows(sql, options)
  if (options.json === true) return printJson(rowsToJson({ names, rows }))
  if (rows.length === 0) return note('No row.')
  printTable(
    names,
    rows.map((row) => row.map(valueText)),
  )
}

/** Shape: `rows`, a cell for each of `names`; bytes are told by their number. */
export interface QueryAnswer {
  readonly names: readonly string[]
  readonly rows: readonly (readonly unknown[])[]
}

export function rowsToJson({ names, rows }: QueryAnswer): readonly Readonly<Record<string, unknown>>[] {
  return rows.map((row) => Object.fromEntries(names.map((name, index) => [name, row[index]])))
}

/** Read by SQLite as it is, through a connection that may not write. `most`: rows. Errors: throws what SQLite says. */
export function queryRows(sql: string, options: QueryOptions, most = Infinity): QueryAnswer {
  const driver = loadDrivers().open(fileOf(options), { readOnly: true })
  try {
    driver.exec('pragma query_only = on; pragma trusted_schema = off')
    const statement = prepared(() => driver.prepare(sql))
    const names = statement.columns()
    if (names.length === 0)
      throw new CommandError('This is no query: it answers no rows. kymo query only reads.', 2)
    const rows: unknown[][] = []
    prepared(() => {
      for (const row of statement.rows([])) {
        if (rows.length >= most) break
        rows.push(row.map(cell))
      }
    })
    return { names, rows }
  } finally {
    driver.close()
  }
}

function prepared<T>(work: () => T): T {
  try {
    return work()
  } catch (cause) {
    throw new CommandError(`SQLite says: ${cause instanceof Error ? cause.message : String(cause)}.`, 2)
  }
}

/** The one file that is meant. Errors: throws which there are where several are. */
function fileOf({ project, experiment }: QueryOptions): string {
  const path = project ?? findProject()
  if (path === null || !existsSync(path))
    throw new CommandError('There is no .kymo folder here or above. Name a folder or a file with --project.')
  if (!statSync(path).isDirectory()) return path
  const files = databasesOf(path)
  if (experiment !== undefined) {
    const named = join(path, fileNameOf(experiment))
    if (!existsSync(named)) throw new CommandError(`There is no experiment called ${experiment} in ${path}.`)
    return named
  }
  const [only, another] = files
  if (only === undefined) throw new CommandError(`${path} holds no database of Kymo yet.`)
  if (another !== undefined)
    throw new CommandError(
      `${path} holds ${files.length} experiments; name one with --experiment: ${experimentsOf(files).join(', ')}.`,
      2,
    )
  return only
}

function experimentsOf(files: readonly string[]): readonly string[] {
  return files.flatMap((file) => {
    const driver = loadDrivers().open(file, { readOnly: true })
    try {
      return [...driver.prepare('select name from experiments').rows([])].map(([name]) => String(name))
    } finally {
      driver.close()
    }
  })
}

function cell(value: unknown): unknown {
  if (typeof value === 'bigint') return Number(value)
  return value instanceof Uint8Array ? `${value.length} bytes` : value
}
