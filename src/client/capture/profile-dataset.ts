import type { JsonObject } from '../../model/json.ts'
import { nextTask } from '../../model/event-loop.ts'
import { err, ok, type Result } from '../../model/result.ts'
import type { DatasetOptions, DatasetValue } from './capture-options.ts'
import { makeCellWriter } from './cell-writer.ts'
import { isMissing, profileColumn } from './column-profile.ts'
import { toTable, type DatasetTable } from './dataset-table.ts'
import { makeDigester } from './digest.ts'

/** Of more columns than this, pixels mostly, one profile holds for all. */
const MAX_PROFILED_COLUMNS = 64
/** Classes told by name; the others are counted together. */
const MAX_CLASSES = 50
/** A label is a name, not a text. Unit: UTF-16 code units. */
const MAX_LABEL = 80
/** A page that is busy for longer drops frames. Unit: milliseconds. */
const SLICE_MS = 8

/**
 * What is to know of a dataset when results differ: a fingerprint of its values, and what its columns hold.
 *
 * The fingerprint is the same for the same values however they came: as rows, records in any order of keys, CSV or a
 * tensor whose columns have the same names. Errors: why it is no dataset, in words. Cost: some seconds for ten million
 * values, in slices.
 */
export async function profileDataset(
  value: DatasetValue,
  { shape, labels }: DatasetOptions,
): Promise<Result<JsonObject, string>> {
  const read = await toTable(value, shape)
  if (!read.ok) return read
  const table = read.value
  const labelled = await readLabels(table, labels)
  if (!labelled.ok) return labelled
  const labelOf = labelled.value
  const { names, rows, ragged } = table
  const isWide = names.length > MAX_PROFILED_COLUMNS
  const profiles = (isWide ? [''] : names).map(profileColumn)
  const classes = new Map<string, number>()
  const digester = makeDigester()
  const writer = makeCellWriter(digester)
  const order = [...names.keys()].toSorted((a, b) => ((names[a] ?? '') < (names[b] ?? '') ? -1 : 1))
  writer.text(JSON.stringify([rows, order.map((column) => names[column])]))
  let sliceEnd = performance.now() + SLICE_MS
  for (let row = 0; row < rows; row += 1) {
    for (const column of order) {
      const cell = table.cell(row, column)
      writer.cell(cell)
      profiles[isWide ? 0 : column]?.add(cell)
    }
    if (labelOf !== null) {
      const label = labelOf(row)
      writer.cell(label)
      const name = isMissing(label) ? '' : String(label).slice(0, MAX_LABEL)
      classes.set(name, (classes.get(name) ?? 0) + 1)
    }
    if (performance.now() >= sliceEnd) {
      await nextTask()
      sliceEnd = performance.now() + SLICE_MS
    }
  }
  writer.end()
  const fingerprint = await digester.finish()
  return ok({
    ...(fingerprint === null ? {} : { fingerprint }),
    rows,
    columnCount: names.length,
    columns: profiles.map((profile, index) =>
      profile.read(isWide ? `all ${names.length}` : (names[index] ?? '').slice(0, MAX_LABEL)),
    ),
    ...(ragged === 0 ? {} : { ragged }),
    ...(labelOf === null ? {} : { classes: mostOf(classes), classCount: classes.size }),
  })
}

type LabelOf = ((row: number) => unknown) | null

/** null where none were given. Errors: they belong to another dataset. */
async function readLabels(
  table: DatasetTable,
  labels: DatasetOptions['labels'],
): Promise<Result<LabelOf, string>> {
  if (labels === undefined || labels === null) return ok(null)
  if (typeof labels === 'string') {
    const column = table.names.indexOf(labels)
    return column < 0 ? err(`no column is called ${labels}`) : ok((row) => table.cell(row, column))
  }
  const list = await toTable(labels as DatasetValue, undefined)
  if (!list.ok) return err(`labels: ${list.error}`)
  const { rows, names, cell } = list.value
  if (rows !== table.rows) return err(`${rows} labels for ${table.rows} rows`)
  if (names.length <= 1) return ok((row) => cell(row, 0))
  // One column a class: the label is the one with the greatest value.
  return ok((row) => {
    const values = names.map((_, column) => Number(cell(row, column)))
    return values.indexOf(Math.max(...values))
  })
}

/** The classes with the most rows, and the rest together. */
function mostOf(classes: ReadonlyMap<string, number>): JsonObject {
  const ordered = [...classes].toSorted(([a, one], [b, other]) => other - one || (a < b ? -1 : 1))
  const rest = ordered.slice(MAX_CLASSES).reduce((sum, [, count]) => sum + count, 0)
  const shown = ordered
    .slice(0, MAX_CLASSES)
    .map(([name, count]) => [name === '' ? '(none)' : name, count] as const)
  return Object.fromEntries(rest === 0 ? shown : [...shown, ['(others)', rest]])
}
