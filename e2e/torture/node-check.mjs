// Holds the file that killed processes left to what they were told. Run by scripts/torture-node.mjs.
import { join } from 'node:path'

const [library = '', said = '{}'] = process.argv.slice(2)
const acknowledged = JSON.parse(said)
const problems = []
let [lost, duplicated, corrupt, points] = [0, 0, 0, 0]

const { readRuns, readArtifacts } = await import(library)
// Opening it finds the dead.
const runs = await readRuns({ experiment: 'torture', limit: 10_000 })
if (!runs.ok) throw new Error(runs.error.message)
for (const { id, status } of runs.value)
  if (status !== 'killed') problems.push(`${id} is said to be ${status}`)
for (const artifact of (await readArtifacts()).value) {
  const file = await artifact.file()
  const bytes = file.ok ? new Uint8Array(await file.value.arrayBuffer()) : new Uint8Array(0)
  if (bytes.length === 4_000_000 && bytes.every((byte) => byte === bytes[0])) continue
  corrupt += 1
  problems.push(`version ${artifact.version} of ${artifact.name} is not whole`)
}

const { DatabaseSync } = process.getBuiltinModule('node:sqlite')
const database = new DatabaseSync(join('.kymo', 'torture.db'), { readOnly: true })
const [{ integrity_check: integrity }] = database.prepare('pragma integrity_check').all()
if (integrity !== 'ok') {
  corrupt += 1
  problems.push(`integrity: ${integrity}`)
}
for (const [runId, steps] of Object.entries(acknowledged)) {
  for (const [key, sign] of [
    ['a', 1],
    ['b', -1],
  ]) {
    const found = database
      .prepare(
        `select p.step, p.value from points p join series s on s.id = p.series_id
         where s.run_id = ? and s.key = ? order by p.rowid`,
      )
      .all(runId, key)
    points += found.length
    found.forEach(({ step, value }, index) => {
      if (step < index) duplicated += 1
      else if (step > index) lost += 1
      if (value !== sign * (step * 3 + 1)) corrupt += 1
    })
    if (found.length < steps) {
      lost += steps - found.length
      problems.push(`${runId} has ${found.length} points of ${key}, and was told that ${steps} are kept`)
    }
    const series = database
      .prepare('select count, last from series where run_id = ? and key = ?')
      .get(runId, key)
    if ((series?.count ?? 0) !== found.length) {
      corrupt += 1
      problems.push(`the series ${key} of ${runId} says ${series?.count} of ${found.length} points`)
    }
  }
}
database.close()
const total = Object.values(acknowledged).reduce((sum, steps) => sum + 2 * steps, 0)
console.log(
  JSON.stringify({ points, acknowledged: total, lost, duplicated, corrupt, problems: problems.slice(0, 20) }),
)
