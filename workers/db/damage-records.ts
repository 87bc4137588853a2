import type { JsonObject } from '../../src/model/json.ts'
import { isJsonObject, parseJson } from '../../src/model/json.ts'
import type { DamagedDatabase } from '../../src/protocol/store-api.ts'
import { readMeta, writeMeta } from './meta.ts'
import { ownFileNames } from './own-file.ts'
import type { Sql } from './sql.ts'
import type { StoreFiles } from './store-files.ts'

/** The meta keys under which the own database tells of the damaged ones before it; the file's name follows. */
export const DAMAGED_KEY = 'damaged:'

/** What is known of a damaged database; its rows and chunks are read once `hasRuns` says that its runs are over. */
export interface DamageRecord extends DamagedDatabase {
  readonly hasRuns: boolean
}

export function newDamageRecord(name: string): DamageRecord {
  return {
    name,
    foundAt: Date.now(),
    bytes: 0,
    state: 'recovering',
    failure: '',
    runs: 0,
    unnamedRuns: [],
    incompleteRuns: [],
    points: 0,
    totalPoints: 0,
    lostArrays: 0,
    lostArtifacts: 0,
    dismissed: false,
    hasRuns: false,
  }
}

/** The damaged files that are still there, oldest first; one that nothing is known of is yet to be salvaged. */
export function readDamageRecords(sql: Sql, files: StoreFiles): readonly DamageRecord[] {
  return ownFileNames(files)
    .slice(0, -1)
    .map((name) => parseRecord(name, readMeta(sql, DAMAGED_KEY + name)) ?? newDamageRecord(name))
}

export function writeDamageRecord(sql: Sql, record: DamageRecord): void {
  writeMeta(sql, DAMAGED_KEY + record.name, record as unknown as JsonObject)
}

/** Whether a row of `meta` tells of a damage that is settled, so that it need not be salvaged again. */
export function isSettledRecord(key: string, value: string): boolean {
  if (!key.startsWith(DAMAGED_KEY)) return false
  const record = parseJson(value)
  return isJsonObject(record) && record['state'] !== 'recovering'
}

function parseRecord(name: string, value: unknown): DamageRecord | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  return { ...newDamageRecord(name), ...value, name }
}
