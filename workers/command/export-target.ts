import { statSync } from 'node:fs'
import { basename, extname } from 'node:path'
import { EXPORT_FORMAT_NAMES, isZipFormat, type ExportFormat } from '../../src/protocol/export-formats.ts'
import { CommandError } from './command-error.ts'

/** What `kymo export` writes. */
export interface ExportTarget {
  readonly format: ExportFormat
  /** Whether its files are in a folder rather than in a zip. */
  readonly isFolder: boolean
}

/** Shorter names of formats, before `.zip` and after `--as`. */
const SHORT: ReadonlyMap<string, ExportFormat> = new Map([['tb', 'tensorboard']])

/**
 * The format that `--as` or the name says. A path that ends with a slash, is a folder, or has no extension is that of a folder
 * where the format has several files: `logs/`.
 *
 * Errors: throws what is no format, and names that would say something else than what is in the file.
 */
export function parseTarget(path: string, as?: string): ExportTarget {
  const isNamedFolder = /[\\/]$/.test(path)
  const format = as === undefined ? formatOf(basename(path), isNamedFolder) : formatCalled(as)
  if (!isZipFormat(format)) {
    if (isNamedFolder)
      throw new CommandError(`As ${format} it is one file: ${path} is the name of a folder.`, 2)
    return { format, isFolder: false }
  }
  const isFolder =
    isNamedFolder || extname(path) === '' || statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
  if (as === undefined && !isFolder && !path.endsWith('.zip'))
    throw new CommandError(`As ${format} it is several files: call it ${path}.zip, or a folder: ${path}/`, 2)
  return { format, isFolder }
}

/** `digits.parquet.zip`, `digits.parquet/`, `digits.db`; a `.zip` that says nothing else is of CSV. */
function formatOf(name: string, isFolder: boolean): ExportFormat {
  const inside = name.endsWith('.zip') ? name.slice(0, -'.zip'.length) : name
  const said = inside.slice(inside.lastIndexOf('.') + 1)
  const known = SHORT.get(said) ?? EXPORT_FORMAT_NAMES.find((each) => each === said)
  if (known !== undefined && (inside === name || isZipFormat(known))) return known
  if (inside !== name) return 'csv'
  if (isFolder || !name.includes('.'))
    throw new CommandError(`Say what is written to ${name} with --as: ${formatList()}.`, 2)
  return formatCalled(said)
}

function formatCalled(name: string): ExportFormat {
  const format = SHORT.get(name) ?? EXPORT_FORMAT_NAMES.find((each) => each === name)
  if (format !== undefined) return format
  throw new CommandError(`${name} is no format to export as. There are ${formatList()}.`, 2)
}

function formatList(): string {
  return EXPORT_FORMAT_NAMES.join(', ')
}
