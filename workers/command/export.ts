import { createWriteStream, renameSync, rmSync } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { Readable } from 'node:stream'
import { createId } from '../../src/model/units.ts'
import { EXPORT_FORMAT_NAMES, type ExportFormat } from '../../src/protocol/export-formats.ts'
import { CommandError } from './command-error.ts'
import { findRuns } from './find-runs.ts'
import { note } from './print.ts'
import { withSources } from './sources.ts'

export interface ExportOptions {
  readonly project?: string
  readonly experiment?: string
  readonly where?: string
  readonly as?: string
}

/** `kymo export FILE`: runs of one experiment as one file, in the format that `--as` or its name says. */
export function exportFile(path: string, { project, experiment, where, as }: ExportOptions): Promise<void> {
  const format = formatOf(path, as)
  return withSources(project, async (sources) => {
    const found = await findRuns(sources, { filter: where, experiment })
    const [first] = found
    if (first === undefined) throw new CommandError('No run matches, so there is nothing to export.')
    if (found.some(({ source }) => source !== first.source))
      throw new CommandError(
        'These are runs of several experiments, each in a file of its own; name one with --experiment.',
        2,
      )
    const { source } = first
    const exported = await source.service.exportFile({
      jobId: createId(),
      database: source.id,
      experimentId: null,
      runIds: found.map(({ runId }) => runId),
      format,
    })
    if (!exported.ok) throw new CommandError(exported.error.message)
    const { file, runs, points } = exported.value
    await writeWhole(path, file)
    note(`${runs} ${runs === 1 ? 'run' : 'runs'}, ${points} points, ${file.size} bytes: ${path}`)
  })
}

function formatOf(path: string, as: string | undefined): ExportFormat {
  const name = as ?? (path.endsWith('.zip') ? 'csv' : path.slice(path.lastIndexOf('.') + 1))
  const format = EXPORT_FORMAT_NAMES.find((each) => each === name)
  if (format !== undefined) return format
  throw new CommandError(`${name} is no format to export as. There are ${EXPORT_FORMAT_NAMES.join(', ')}.`, 2)
}

/** The file is there as a whole or not at all. */
async function writeWhole(path: string, file: Blob): Promise<void> {
  const partial = `${path}.${process.pid}.part`
  try {
    await pipeline(
      Readable.fromWeb(file.stream() as Parameters<typeof Readable.fromWeb>[0]),
      createWriteStream(partial),
    )
    renameSync(partial, path)
  } catch (cause) {
    rmSync(partial, { force: true })
    throw new CommandError(
      `${path} could not be written: ${cause instanceof Error ? cause.message : String(cause)}.`,
    )
  }
}
