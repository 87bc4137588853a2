import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { makeNotices } from '../db/notices.ts'
import { keepRuns } from '../formats/keep-file.ts'
import { fileNameOf, makeProject, projectFor } from '../native/project-folder.ts'
import { processLock } from '../native/process-lock.ts'
import { openProjectStore } from '../native/project-store.ts'
import { CommandError } from './command-error.ts'
import { note, printJson } from './print.ts'
import { dumpRuns, type ImportProblem } from './run-dump.ts'
import { openFile, type Source } from './sources.ts'
import { TABLES } from '../../src/protocol/public-schema.ts'

export interface ImportOptions {
  readonly project?: string
  readonly json?: boolean
  readonly points?: boolean
}

/** `kymo import PATH…`: takes runs of files into the project; with `--json` only says what is in them. */
export async function importFiles(paths: readonly string[], options: ImportOptions): Promise<void> {
  const problems: ImportProblem[] = []
  const runs: unknown[] = []
  let kept = 0
  let skipped = 0
  for (const path of paths) {
    if (!existsSync(path)) throw new CommandError(`There is nothing at ${path}.`)
    try {
      const opened = await openFile(path)
      try {
        for (const source of opened.all) {
          if (options.json === true) runs.push(...dumpRuns(source.database, options.points === true))
          else {
            const receipt = await keepAll(source, options.project)
            kept += receipt.kept
            skipped += receipt.skipped
          }
        }
      } finally {
        opened.close()
      }
    } catch (cause) {
      if (!(cause instanceof CommandError)) throw cause
      problems.push({ path, what: cause.message, kept: false })
    }
  }
  if (options.json === true) printJson({ runs, problems })
  else {
    note(
      `${kept} ${kept === 1 ? 'run' : 'runs'} taken in${skipped > 0 ? `, ${skipped} were there already` : ''}.`,
    )
    for (const { path, what } of problems) process.stderr.write(`${path}: ${what}\n`)
  }
  if (problems.length > 0) process.exitCode = 1
}

/** Each experiment into its file. */
async function keepAll(
  source: Source,
  project: string | undefined,
): Promise<{ kept: number; skipped: number }> {
  const folder = project ?? projectFor()
  makeProject(folder)
  let [kept, skipped] = [0, 0]
  const experiments = source.database.sql.all(
    'select id, name, notes, created_at from experiments order by created_at',
    [],
    TABLES.experiments,
  )
  for (const { id, name } of experiments) {
    const store = openProjectStore(join(folder, fileNameOf(name)))
    try {
      const receipt = await keepRuns(
        store.database,
        source.database,
        makeNotices(() => undefined),
        { report: () => Promise.resolve() },
        { experimentId: id, keeper: processLock() },
      )
      if (!receipt.ok) throw new CommandError(receipt.error.message)
      kept += receipt.value.kept
      skipped += receipt.value.skipped
    } finally {
      store.close()
    }
  }
  return { kept, skipped }
}
