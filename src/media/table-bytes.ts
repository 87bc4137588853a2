import { MAX_ARRAY_BYTES } from '../model/array.ts'
import { parseJson, type JsonValue } from '../model/json.ts'
import type { MediaCell, TableColumn } from '../model/media-content/table-content.ts'
import { err, ok } from '../model/result.ts'
import { bytesOf } from '../client/array-value.ts'
import type { Prepared } from '../client/media-value.ts'
import { warnOnce } from '../client/warn.ts'
import type { Words } from './later.ts'
import { showBytes } from './shown.ts'
import type { MediaColumn, PlainColumn } from './table-columns.ts'

/** A column whose files are all prepared. */
export type ReadyColumn =
  | PlainColumn
  | { readonly name: MediaColumn['name']; readonly files: readonly (Prepared | null)[] }

const CELL_KINDS = ['image', 'audio', 'video'] as const

/** Lays a table out as the contract says. */
export function tableBytes(columns: readonly ReadyColumn[], rows: number): Prepared {
  // The places of files are counted from the end of the JSON, which says them: it is measured with the longest numbers.
  const measured = layOut(columns, MAX_ARRAY_BYTES)
  if (!measured.ok) return measured
  const { described, parts } = measured.value
  const jsonBytes = toUtf8(measured.value.cells).length
  const placed = layOut(columns, jsonBytes)
  if (!placed.ok) return placed
  const bytes = new Uint8Array(placed.value.end).fill(' '.charCodeAt(0), 0, jsonBytes)
  bytes.set(toUtf8(placed.value.cells))
  let offset = jsonBytes
  for (const part of parts) {
    bytes.set(part, offset)
    offset += part.length
  }
  return showBytes('table', { columns: described, rows, jsonBytes }, bytes)
}

interface LaidOut {
  readonly described: readonly TableColumn[]
  readonly cells: readonly (readonly (JsonValue | MediaCell | null)[])[]
  readonly parts: readonly Uint8Array[]
  /** Where the last file ends. */
  readonly end: number
}

/** The files follow each other from `from` on. */
function layOut(columns: readonly ReadyColumn[], from: number): Words<LaidOut> {
  const described: TableColumn[] = []
  const cells: (readonly (JsonValue | MediaCell | null)[])[] = []
  const parts: Uint8Array[] = []
  let end = from
  for (const column of columns) {
    if (column.files === undefined) {
      described.push({ name: column.name, type: column.type })
      cells.push(column.cells)
      continue
    }
    const read = placeFiles(column.name, column.files, end)
    if (!read.ok) return read
    described.push({ name: column.name, type: read.value.kind })
    cells.push(read.value.cells)
    parts.push(...read.value.parts)
    end = read.value.end
  }
  return ok({ described, cells, parts, end })
}

interface PlacedFiles {
  readonly kind: MediaCell['kind']
  readonly cells: readonly (MediaCell | null)[]
  readonly parts: readonly Uint8Array[]
  readonly end: number
}

/** A file that could not be prepared is a missing cell, and told on the console. */
function placeFiles(name: string, files: readonly (Prepared | null)[], from: number): Words<PlacedFiles> {
  const cells: (MediaCell | null)[] = []
  const parts: Uint8Array[] = []
  let end = from
  let kind: MediaCell['kind'] | null = null
  for (const file of files) {
    if (file !== null && !file.ok) warnOnce(`a cell of column ${name} of a table is missing: ${file.error}`)
    if (file === null || !file.ok) {
      cells.push(null)
      continue
    }
    const { data, media } = file.value
    const found = CELL_KINDS.find((one) => one === media?.kind)
    if (found === undefined)
      return err(`column ${name}: a cell is no image, sound or film: ${media?.kind ?? ''}`)
    if (kind !== null && kind !== found) return err(`column ${name}: ${kind} and ${found}`)
    kind = found
    // It was written by the functions of this folder.
    const meta = parseJson(media?.meta ?? '') as unknown as MediaCell['meta']
    cells.push({ kind, from: end, meta, bytes: data.byteLength })
    parts.push(bytesOf(data))
    end += data.byteLength
  }
  return ok({ kind: kind ?? 'image', cells, parts, end })
}

function toUtf8(cells: LaidOut['cells']): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(cells))
}
