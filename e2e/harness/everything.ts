import { connectTracker } from '../../src/client/connect.ts'
import type { Result } from '../../src/model/result.ts'
import { OWN_DATABASE } from '../../src/protocol/database-id.ts'
import type { TrackerError } from '../../src/protocol/tracker-error.ts'

const { api } = connectTracker()
const database = OWN_DATABASE

function valueOf<T>(result: Result<T, TrackerError>): T {
  if (!result.ok) throw new Error(result.error.message)
  return result.value
}

/** All of the own database as text that is equal when all of it is: runs, points and the bytes of arrays, as digests. */
export async function readEverything(): Promise<string> {
  const lines: string[] = []
  for (const { id: experimentId, name } of valueOf(await api.readExperiments(database))) {
    lines.push(name)
    for (const runId of valueOf(await api.readRuns({ database, experimentId })).id)
      lines.push(await readRun(runId))
  }
  return lines.toSorted().join('\n')
}

async function readRun(runId: string): Promise<string> {
  const detail = valueOf(await api.readRun({ database, runId }))
  const parts = [JSON.stringify(detail, comparable)]
  for (const { key } of detail.series) parts.push(`${key} ${await digestPoints(runId, key)}`)
  for (const { key, count } of detail.arrays) {
    const { id, bytes } = valueOf(await api.readArrays({ database, runId, key, from: 0, limit: count }))
    for (let index = 0; index < id.length; index += 1) {
      parts.push(`${key} ${await digestArray(id[index] ?? 0, bytes[index] ?? 0)}`)
    }
  }
  return parts.join(' ')
}

/** A mean and a deviation are added up chunk by chunk: the last digits tell where they were cut. */
function comparable(key: string, value: unknown): unknown {
  if (Number.isNaN(value)) return 'NaN'
  return key === 'mean' || key === 'std' ? Number(value).toPrecision(12) : value
}

async function digestPoints(runId: string, key: string): Promise<string> {
  const request = {
    database,
    x: 'time',
    from: null,
    to: null,
    buckets: 16_384,
    series: [{ runId, key }],
  } as const
  const [window] = valueOf(await api.readWindows(request)).windows
  if (window === undefined) return ''
  const { x, mean, min, max, nonFinite } = window
  const columns = [
    x,
    mean,
    min,
    max,
    nonFinite.x,
    Float64Array.from(nonFinite.nan),
    Float64Array.from(nonFinite.posInf),
  ]
  return digest(new Uint8Array(await new Blob(columns as BlobPart[]).arrayBuffer()))
}

async function digestArray(id: number, length: number): Promise<string> {
  const bytes = new Uint8Array(length)
  for (let offset = 0; offset < length;) {
    const part = valueOf(await api.readArrayBytes({ database, id, offset, length: length - offset }))
    bytes.set(part, offset)
    offset += part.length
  }
  return digest(bytes)
}

async function digest(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)).join('.')
}
