// Logs the same rows by Kymo in Node and by a prepared insert, in turns; writes one line of JSON. Run by node.bench.ts.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const STEPS = 100_000
const SERIES = 10
const ROUNDS = 7
/** As many rows as a batch of Kymo has points. */
const TRANSACTION = 65_536

const [library = ''] = process.argv.slice(2)
const { DatabaseSync } = process.getBuiltinModule('node:sqlite')
const folder = mkdtempSync(join(tmpdir(), 'kymo-bench-'))
process.env['KYMO_DIR'] = join(folder, '.kymo')
const { init } = await import(library)
const names = Array.from({ length: SERIES }, (_, index) => `m${index}`)

async function logged(round) {
  const run = init({ experiment: `round-${round}` })
  const values = {}
  const startedAt = performance.now()
  for (let step = 0; step < STEPS; step += 1) {
    for (const name of names) values[name] = Math.random()
    run.log(values)
  }
  const flushed = await run.flush()
  const ms = performance.now() - startedAt
  await run.finish()
  if (!flushed.ok) throw new Error(flushed.error.message)
  count(join(folder, '.kymo', `round-${round}.db`))
  return ms
}

function inserted(round) {
  const path = join(folder, `plain-${round}.db`)
  const database = new DatabaseSync(path)
  database.exec(`pragma journal_mode = wal; pragma synchronous = full;
    create table points (series_id integer not null, step integer not null, value real, time real not null) strict;
    create index points_by_series on points (series_id)`)
  const insert = database.prepare('insert into points (series_id, step, value, time) values (?, ?, ?, ?)')
  const startedAt = performance.now()
  let rows = 0
  database.exec('begin immediate')
  for (let step = 0; step < STEPS; step += 1) {
    const time = Date.now()
    for (let series = 0; series < SERIES; series += 1) {
      insert.run(series, step, Math.random(), time)
      rows += 1
      if (rows % TRANSACTION === 0) database.exec('commit; begin immediate')
    }
  }
  database.exec('commit')
  const ms = performance.now() - startedAt
  database.close()
  count(path)
  return ms
}

function count(path) {
  const database = new DatabaseSync(path, { readOnly: true })
  const { n } = database.prepare('select count(*) as n from points').get()
  database.close()
  if (n !== STEPS * SERIES) throw new Error(`${path} holds ${n} rows`)
}

const result = { rows: STEPS * SERIES, logged: [], inserted: [] }
for (let round = 0; round < ROUNDS; round += 1) {
  // Neither is always the one that goes first.
  if (round % 2 === 0) result.logged.push(await logged(round))
  result.inserted.push(inserted(round))
  if (round % 2 === 1) result.logged.push(await logged(round))
}
rmSync(folder, { recursive: true, force: true })
console.log(JSON.stringify(result))
