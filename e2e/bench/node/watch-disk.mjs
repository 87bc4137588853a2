// Prints, as JSON, how long each step of a metric took from being logged to being read in another process.
// node watch-disk.mjs FILE KEY SECONDS
import { setTimeout as sleep } from 'node:timers/promises'
import { DatabaseSync } from 'node:sqlite'

const [, , file = '', key = '', seconds = '0'] = process.argv
const POLL_MS = 20
const lags = []
let last = -1
const until = Date.now() + 1000 * Number(seconds)
const database = new DatabaseSync(file, { readOnly: true })
const read = database.prepare(
  'select p.step, p.time from points p join series s on s.id = p.series_id where s.key = ? and p.step > ? order by p.step',
)
while (Date.now() < until) {
  const rows = read.all(key, last)
  const now = Date.now()
  // What was there before it was watched was not waited for.
  if (last >= 0) for (const { time } of rows) lags.push(now - Number(time))
  last = Number(rows.at(-1)?.step ?? last)
  await sleep(POLL_MS)
}
console.log(JSON.stringify({ lags, last }))
