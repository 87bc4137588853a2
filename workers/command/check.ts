import { statSync } from 'node:fs'
import { INTEGER, NUMBER, TEXT } from '../../src/model/column.ts'
import { loadDrivers } from '../native/load-drivers.ts'
import { makeNativeSql } from '../native/native-sql.ts'
import { APPLICATION_ID, SCHEMA_VERSION } from '../db/migrate.ts'
import { CommandError } from './command-error.ts'
import { printJson, printTable } from './print.ts'

export interface CheckOptions {
  readonly json?: boolean
}

const COUNTED = ['experiments', 'runs', 'series', 'points', 'arrays', 'artifacts', 'console_lines'] as const
const MISCOUNTED = { id: INTEGER, key: TEXT, count: INTEGER, found: INTEGER } as const

/** `kymo check FILE`: whether a database is sound and its counts agree. Exits with 1 where not. */
export function checkFile(path: string, { json }: CheckOptions): void {
  if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true)
    throw new CommandError(`There is no file ${path}.`)
  const sql = makeNativeSql(loadDrivers(), path, { readOnly: true })
  try {
    if (sql.value('pragma application_id', [], NUMBER) !== APPLICATION_ID)
      throw new CommandError(`${path} is no database of Kymo.`)
    const schema = sql.value('pragma user_version', [], NUMBER) ?? 0
    const tables = new Set(sql.column("select name from sqlite_schema where type = 'table'", [], TEXT))
    const integrity = sql.column('pragma integrity_check(20)', [], TEXT)
    const counts = Object.fromEntries(
      COUNTED.filter((table) => tables.has(table)).map((table) => [
        table,
        sql.value(`select count(*) from ${table}`, [], INTEGER) ?? 0,
      ]),
    )
    const miscounted = tables.has('points')
      ? sql.all(
          `select s.id, s.key, s.count, (select count(*) from points p where p.series_id = s.id) as found from series s
           where s.count <> found limit 20`,
          [],
          MISCOUNTED,
        )
      : []
    const problems = [
      ...integrity.filter((line) => line !== 'ok'),
      ...miscounted.map(
        ({ key, count, found }) => `the series ${key} says it has ${count} points and has ${found}`,
      ),
      ...(schema > SCHEMA_VERSION
        ? [`it has schema ${schema}, and this Kymo knows up to ${SCHEMA_VERSION}`]
        : []),
    ]
    const lacks = COUNTED.filter((table) => !tables.has(table))
    if (json === true) printJson({ path, schema, counts, lacks, problems })
    else {
      printTable(
        ['what', 'how many'],
        [
          ...Object.entries(counts).map(([table, count]) => [table, String(count)]),
          ['schema', String(schema)],
        ],
      )
      if (lacks.length > 0) process.stdout.write(`Of its older schema it lacks ${lacks.join(', ')}.\n`)
      process.stdout.write(
        problems.length === 0
          ? 'It is sound.\n'
          : `${problems.map((each) => `Problem: ${each}`).join('\n')}\n`,
      )
    }
    if (problems.length > 0) process.exitCode = 1
  } finally {
    sql.close()
  }
}
