import { createWriteStream, renameSync, rmSync } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { Readable } from 'node:stream'
import { createId } from '../../src/model/units.ts'
import { isZipFormat } from '../../src/protocol/export-formats.ts'
import { countPoints } from '../formats/contents.ts'
import { openContents } from '../formats/database-contents.ts'
import { FILE_ENTRIES } from '../formats/file-entries.ts'
import { CommandError } from './command-error.ts'
import { parseTarget } from './export-target.ts'
import { findRuns } from './find-runs.ts'
import { note } from './print.ts'
import { withSources } from './sources.ts'
import { writeFolder } from './write-folder.ts'

export interface ExportOptions {
  readonly project?: string
  readonly experiment?: string
  readonly where?: string
  readonly as?: string
}

/**
 * `kymo export FILE`: runs of one experiment as one file, in the format that `--as` or its name says; as a folder where that is
 * named and the format has several files.
 */
export function exportFile(path: string, { project, experiment, where, as }: ExportOptions): Promise<void> {
  const { format, isFolder } = parseTarget(path, as)
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
    const runIds = found.map(({ runId }) => runId)
    if (isFolder && isZipFormat(format)) {
      const contents = openContents(source.database, { experimentId: null, runIds })
      const filesOf = await FILE_ENTRIES[format]()
      const bytes = await writeFolder(path, filesOf(contents, { report: () => Promise.resolve() }))
      return noteExported(path, contents.runs.length, countPoints(contents.series), bytes)
    }
    const exported = await source.service.exportFile({
      jobId: createId(),
      database: source.id,
      experimentId: null,
      runIds,
      format,
    })
    if (!exported.ok) throw new CommandError(exported.error.message)
    const { file, runs, points } = exported.value
    await writeWhole(path, file)
    noteExported(path, runs, points, file.size)
  })
}

function noteExported(path: string, runs: number, points: number, bytes: number): void {
  note(`${runs} ${runs === 1 ? 'run' : 'runs'}, ${points} points, ${bytes} bytes: ${path}`)
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
