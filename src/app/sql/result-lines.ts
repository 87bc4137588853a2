import type { SqlColumn, SqlValue } from '../../protocol/sql-api.ts'
import type { SqlResult } from './sql-result.ts'
import { runStyle } from '../experiment/run-colors.ts'
import type { ChartLine, XKind } from '../../widgets/chart/chart-line.ts'

/** Which columns are drawn; `group`: a line for each of its values. */
export interface ChartColumns {
  readonly x: number
  readonly y: number
  readonly group: number | null
}

/** More lines than this cannot be told apart. */
export const MAX_RESULT_LINES = 24

/** Milliseconds since 1970 from the year 2001 on: what a time of Kymo looks like. */
const EPOCH_MS_FROM = 1e12

/** The columns that can be drawn against each other: those that hold numbers. */
export function numericColumns(columns: readonly SqlColumn[]): readonly number[] {
  return columns.flatMap(({ kind }, index) => (kind === 'integer' || kind === 'real' ? index : []))
}

/** What is likely meant: the first two columns of numbers, and the first of texts as lines; null without two. */
export function likelyColumns(columns: readonly SqlColumn[]): ChartColumns | null {
  const [first, second] = numericColumns(columns)
  if (first === undefined || second === undefined) return null
  const step = columns.findIndex(({ name, kind }) => kind !== 'text' && /^(step|time|x)$/i.test(name))
  const group = columns.findIndex(({ kind }) => kind === 'text')
  const x = step >= 0 && numericColumns(columns).includes(step) ? step : first
  return { x, y: x === first ? second : first, group: group < 0 ? null : group }
}

export interface ResultLines {
  readonly lines: readonly ChartLine[]
  readonly xKind: XKind
  /** Values of `group` beyond MAX_RESULT_LINES. */
  readonly left: number
}

/** The rows of a result as lines over x; rows without a number in x or y are no points. */
export function toResultLines(result: SqlResult, { x, y, group }: ChartColumns): ResultLines {
  const xs = result.columns[x]?.values ?? []
  const ys = result.columns[y]?.values ?? []
  const groups = group === null ? undefined : result.columns[group]?.values
  const points = new Map<string, { x: number; y: number }[]>()
  for (let row = 0; row < result.rows; row += 1) {
    const [at, value] = [toNumber(xs[row]), toNumber(ys[row])]
    if (!Number.isFinite(at) || !Number.isFinite(value)) continue
    const name = groups === undefined ? (result.columns[y]?.name ?? '') : String(groups[row] ?? 'NULL')
    const line = points.get(name)
    if (line === undefined) points.set(name, [{ x: at, y: value }])
    else line.push({ x: at, y: value })
  }
  const drawn = [...points].slice(0, MAX_RESULT_LINES)
  const lines = drawn.map(([name, each], index) => toLine(name, each, index))
  const isTime = lines.length > 0 && lines.every((line) => (line.x[0] ?? 0) > EPOCH_MS_FROM)
  return { lines, xKind: isTime ? 'time' : 'metric', left: points.size - drawn.length }
}

function toNumber(value: SqlValue | undefined): number {
  return typeof value === 'number' || typeof value === 'bigint' ? Number(value) : Number.NaN
}

function toLine(name: string, points: { x: number; y: number }[], index: number): ChartLine {
  points.sort((a, b) => a.x - b.x)
  const y = Float64Array.from(points, (point) => point.y)
  const none = new Uint32Array(0)
  return {
    id: String(index),
    name,
    ...runStyle(index, null),
    raw: true,
    points: points.length,
    x: Float64Array.from(points, (point) => point.x),
    mean: y,
    min: y,
    max: y,
    smoothed: null,
    nonFinite: { x: new Float64Array(0), nan: none, posInf: none, negInf: none },
  }
}
