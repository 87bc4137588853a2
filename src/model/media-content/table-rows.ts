import type { TableContent } from './table-content.ts'

export interface TableSort {
  readonly column: number
  readonly descending: boolean
}

/** A cell in words; empty where nothing is, and for files. */
export function cellText(cell: unknown): string {
  switch (typeof cell) {
    case 'string':
      return cell
    case 'number':
    case 'boolean':
      return String(cell)
    case 'object':
      return cell === null ? '' : JSON.stringify(cell)
    default:
      return ''
  }
}

/** The rows that have a text in any cell, in any case, in the order asked for; missing values come last. */
export function arrangedRows(content: TableContent, text: string, sort: TableSort | null): Uint32Array {
  const { columns } = content
  const wanted = text.trim().toLowerCase()
  const readable = columns.filter(({ type }) => !isFileType(type))
  const all = Uint32Array.from({ length: content.rows }, (_, row) => row)
  const found =
    wanted === ''
      ? all
      : all.filter((row) => readable.some(({ cells }) => cellText(cells[row]).toLowerCase().includes(wanted)))
  const cells = sort === null ? undefined : columns[sort.column]?.cells
  if (sort === null || cells === undefined) return found
  const sign = sort.descending ? -1 : 1
  return found.toSorted((a, b) => {
    const [left, right] = [cells[a], cells[b]]
    const missing = Number(isMissing(left)) - Number(isMissing(right))
    return missing || sign * compareCells(left, right) || a - b
  })
}

export function isFileType(type: string): boolean {
  return type === 'image' || type === 'audio' || type === 'video'
}

function isMissing(cell: unknown): boolean {
  return cell === null || cell === undefined || Number.isNaN(cell)
}

/** `a2` before `a10`, whatever the browser's language. */
const TEXT_ORDER = new Intl.Collator('en', { numeric: true })

function compareCells(left: unknown, right: unknown): number {
  if (typeof left === 'number' && typeof right === 'number') return left < right ? -1 : Number(left > right)
  return TEXT_ORDER.compare(cellText(left), cellText(right))
}
