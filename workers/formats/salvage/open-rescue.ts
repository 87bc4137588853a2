import { readDamageRecords } from '../../db/damage-records.ts'
import type { Databases } from '../../db/databases.ts'
import { loadCode } from '../../jobs/load-code.ts'
import type { Rescue } from './rescue-api.ts'

/** Begins to salvage what a damaged database left; null when there is none. Loads its code only then. */
export async function openRescue(databases: Databases): Promise<Rescue | null> {
  const records = readDamageRecords(databases.own.sql, databases.files)
  if (records.every(({ state }) => state !== 'recovering')) return null
  const { beginRescue } = await loadCode(() => import('./rescue.ts'))
  return beginRescue(databases)
}
