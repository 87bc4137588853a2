import { err, ok, type Result } from '../result.ts'
import { decode } from './decode.ts'
import { imageOf, type ImageContent, type ImageMeta } from './image-content.ts'
import { isRecord } from '../raw-value.ts'
import { countOf, parseMeta, textOf } from './meta-fields.ts'
import type { StoredArray } from './numbers.ts'
import { soundOf, type AudioMeta, type SoundContent, type VideoMeta } from './sound-content.ts'

/** What a column of a table holds: a media cell is a `MediaCell`; the others are JSON. */
export const COLUMN_TYPES = ['number', 'text', 'boolean', 'json', 'image', 'audio', 'video'] as const
export type ColumnType = (typeof COLUMN_TYPES)[number]

export interface TableColumn {
  readonly name: string
  readonly type: ColumnType
}

/** A media file in a cell: its bytes are `[from, from + bytes)` of the whole. */
export interface MediaCell {
  readonly kind: 'image' | 'audio' | 'video'
  readonly from: number
  readonly meta: ImageMeta | AudioMeta | VideoMeta
  readonly bytes: number
}

/**
 * Shape: uint8, first `jsonBytes` of UTF-8, JSON: for each column the list of its cells, all of one length; missing ones
 * are null, non-finite numbers the strings of `toJsonValue`. Then the bytes of the media cells.
 */
export interface TableMeta {
  readonly columns: readonly TableColumn[]
  readonly rows: number
  readonly jsonBytes: number
}

/** What a cell of a media column shows; null where there is nothing, or nothing that can be shown. */
export type CellContent = ImageContent | SoundContent | null

export interface TableColumnContent {
  readonly name: string
  readonly type: ColumnType
  /** JSON as it was found; numbers that JSON has no word for are numbers again. */
  readonly cells: readonly unknown[]
}

export interface TableContent {
  readonly kind: 'table'
  readonly rows: number
  readonly columns: readonly TableColumnContent[]
  /** Cost: no copy; parses what is said of the cell. */
  media(column: number, row: number): CellContent
}

/** A table that is wider is read in a file. */
export const MAX_TABLE_COLUMNS = 1_000

const NON_FINITE: ReadonlyMap<unknown, number> = new Map<unknown, number>([
  ['NaN', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['-Infinity', Number.NEGATIVE_INFINITY],
])

export function parseTable({ bytes }: StoredArray, metaText: string): Result<TableContent, string> {
  const meta = parseMeta(metaText)
  if (!meta.ok) return meta
  const rows = countOf(meta.value['rows'])
  const jsonBytes = countOf(meta.value['jsonBytes'])
  const named = meta.value['columns']
  if (rows === null || jsonBytes === null || !Array.isArray(named)) return err('its description is not whole')
  if (jsonBytes > bytes.length)
    return err(`its cells should have ${jsonBytes} bytes and have ${bytes.length}`)
  const cells = parseCells(bytes.subarray(0, jsonBytes))
  if (!cells.ok) return cells
  if (cells.value.length !== named.length) {
    return err(`it names ${named.length} columns and has ${cells.value.length}`)
  }
  if (cells.value.some((column) => column.length !== rows)) return err(`not every column has ${rows} rows`)
  const columns = named.slice(0, MAX_TABLE_COLUMNS).map((raw: unknown, index): TableColumnContent => {
    const said = isRecord(raw) ? raw : {}
    const type = COLUMN_TYPES.find((each) => each === said['type']) ?? 'json'
    const values = cells.value[index] ?? []
    return {
      name: textOf(said['name']),
      type,
      cells: type === 'number' ? values.map((value) => NON_FINITE.get(value) ?? value) : values,
    }
  })
  return ok({
    kind: 'table',
    rows,
    columns,
    media: (column, row) => cellOf(columns[column]?.cells[row], bytes),
  })
}

function parseCells(bytes: Uint8Array): Result<readonly (readonly unknown[])[], string> {
  const text = decode(bytes)
  if (!text.ok) return text
  try {
    const raw: unknown = JSON.parse(text.value)
    if (Array.isArray(raw) && raw.every((column) => Array.isArray(column))) return ok(raw)
  } catch {
    // Said below.
  }
  return err('its cells are no list of columns')
}

function cellOf(raw: unknown, whole: Uint8Array<ArrayBuffer>): CellContent {
  if (!isRecord(raw) || !isRecord(raw['meta'])) return null
  const { kind, from, bytes } = raw as unknown as MediaCell
  const [start, length] = [countOf(from), countOf(bytes)]
  if (start === null || length === null || start + length > whole.length) return null
  const file = whole.subarray(start, start + length)
  const shown =
    kind === 'image'
      ? imageOf(file, raw['meta'])
      : kind === 'audio' || kind === 'video'
        ? soundOf(kind, file, raw['meta'])
        : err('unknown')
  return shown.ok ? shown.value : null
}
