import { existsSync } from 'node:fs'
import type { KeepReceipt } from '../../src/protocol/files-api.ts'
import { makeNotices } from '../db/notices.ts'
import { keepInProject } from '../native/keep-in-project.ts'
import { openProject } from '../native/project.ts'
import { projectFor } from '../native/project-folder.ts'
import { CommandError } from './command-error.ts'
import { note, printJson } from './print.ts'
import { dumpRuns, type ImportProblem } from './run-dump.ts'
import { openFile, type Source } from './sources.ts'

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

async function keepAll({ database }: Source, folder = projectFor()): Promise<KeepReceipt> {
  const project = openProject(folder, {
    onUnreadable: (reason) => process.stderr.write(`kymo: ${reason}\n`),
  })
  try {
    const receipt = await keepInProject(
      project,
      database,
      makeNotices(() => undefined),
    )
    if (receipt.ok) return receipt.value
    throw new CommandError(receipt.error.message)
  } finally {
    project.close()
  }
}
