import { beforeEach, describe, expect, it } from 'vitest'
import { Damaged } from '../db/damage.ts'
import { openDatabases, type Databases } from '../db/databases.ts'
import { openMemoryFiles } from '../db/memory-files.ts'
import { loadEngine } from '../db/sqlite.ts'
import { NotLoaded } from '../jobs/load-code.ts'
import { makeBackground, type Background } from './background.ts'
import { makeCondemn } from './condemn.ts'

let databases: Databases
let inBackground: Background
let condemned = 0

beforeEach(async () => {
  databases = await openDatabases(openMemoryFiles(await loadEngine(), 'a test'))
  condemned = 0
  inBackground = makeBackground(
    databases,
    makeCondemn(databases, () => (condemned += 1)),
  )
})

describe('work that nobody waits for', () => {
  it('lets a bug through to whoever hears of what nobody caught', async () => {
    const bug = new TypeError('x is not a function')
    await expect(inBackground(Promise.reject(bug))).rejects.toBe(bug)
  })

  it('lets damage of another database through, and has the own one replaced', async () => {
    const other = await databases.create()
    const theirs = new Damaged(other.sql, 'theirs')
    await expect(inBackground(Promise.reject(theirs))).rejects.toBe(theirs)
    expect(condemned).toBe(0)
    await inBackground(Promise.reject(new Damaged(databases.own.sql, 'ours')))
    await expect.poll(() => condemned).toBe(1)
  })

  it.each([new NotLoaded('offline'), new DOMException('full', 'QuotaExceededError')])(
    'is tried again another time after %s',
    async (cause) => {
      await expect(inBackground(Promise.reject(cause))).resolves.toBeUndefined()
    },
  )

  it('ends with the database', async () => {
    const { sql } = databases.own
    sql.close()
    const reading = Promise.resolve().then(() => sql.exec('select 1'))
    await expect(inBackground(reading)).resolves.toBeUndefined()
  })
})
