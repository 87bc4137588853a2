import Table from 'cli-table3'
import colors from 'picocolors'
import { jsonText } from '../../src/model/json.ts'
import type { RunStatus } from '../../src/model/run.ts'

/** Whether somebody looks at it. */
export function isTerminal(): boolean {
  return process.stdout.isTTY === true
}

/** A text, or one that a terminal shows in a colour. */
export type Cell = string | { readonly text: string; paint(text: string): string }

/** Writes a value as JSON, NaN and infinities as the texts of their names. */
export function printJson(value: unknown): void {
  process.stdout.write(`${jsonText(value, isTerminal() ? 2 : undefined)}\n`)
}

/** Writes rows as a table on a terminal, else as tab-separated lines under their heads. */
export function printTable(heads: readonly string[], rows: readonly (readonly Cell[])[]): void {
  if (!isTerminal()) {
    const lines = [heads, ...rows].map((row) => row.map((cell) => inOneLine(textOf(cell))).join('\t'))
    process.stdout.write(`${lines.join('\n')}\n`)
    return
  }
  const table = new Table({
    head: heads.map((head) => colors.dim(head)),
    chars: Object.fromEntries(BORDERS.map((border) => [border, border === 'middle' ? '  ' : ''])),
    style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [] },
  })
  table.push(...rows.map((row) => row.map(painted)))
  process.stdout.write(`${table.toString()}\n`)
}

const BORDERS = [
  'top',
  'top-mid',
  'top-left',
  'top-right',
  'bottom',
  'bottom-mid',
  'bottom-left',
  'bottom-right',
  'left',
  'left-mid',
  'mid',
  'mid-mid',
  'right',
  'right-mid',
  'middle',
]

/** What is told beside the answer. */
export function note(text: string): void {
  process.stderr.write(`${colors.dim(text)}\n`)
}

const STATUS_COLORS: Readonly<Record<RunStatus, (text: string) => string>> = {
  running: colors.green,
  finished: (text) => text,
  failed: colors.red,
  killed: colors.yellow,
}

export function statusCell(status: RunStatus): Cell {
  return { text: status, paint: STATUS_COLORS[status] }
}

function textOf(cell: Cell): string {
  return typeof cell === 'string' ? cell : cell.text
}

function painted(cell: Cell): string {
  const text = inOneLine(textOf(cell))
  return typeof cell === 'string' ? text : cell.paint(text)
}

/** A number as short as it can be told apart; what JSON says of anything else. */
export function valueText(value: unknown): string {
  if (typeof value === 'number') return numberText(value)
  if (value === null || value === undefined) return ''
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function numberText(value: number): string {
  if (!isTerminal() || !Number.isFinite(value) || Number.isInteger(value)) return String(value)
  return String(Number(value.toPrecision(5)))
}

/** `2 h 5 min`, of two units at most. Unit: milliseconds. */
export function durationText(ms: number): string {
  const seconds = Math.round(ms / 1000)
  if (ms < 1000) return `${Math.round(ms)} ms`
  const parts = [
    [Math.floor(seconds / 86_400), 'd'],
    [Math.floor(seconds / 3600) % 24, 'h'],
    [Math.floor(seconds / 60) % 60, 'min'],
    [seconds % 60, 's'],
  ] as const
  const first = parts.findIndex(([count]) => count > 0)
  return parts
    .slice(first, first + 2)
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count} ${unit}`)
    .join(' ')
}

/** In the time of this machine: `2026-11-30 14:05`. */
export function timeText(time: number): string {
  const moved = new Date(time - new Date(time).getTimezoneOffset() * 60_000)
  return moved.toISOString().slice(0, 16).replace('T', ' ')
}

/** What would move the cursor of a terminal or break a row is shown as a space. */
function inOneLine(text: string): string {
  // oxlint-disable-next-line no-control-regex -- they are what is looked for
  return text.replaceAll(/[\u0000-\u001f\u007f-\u009f]+/g, ' ')
}
