#!/usr/bin/env node
import { Command, CommanderError, InvalidArgumentError } from 'commander'
import { EXPORT_FORMAT_NAMES } from '../../src/protocol/export-formats.ts'
import { CommandError } from './command-error.ts'

declare const KYMO_VERSION: string

/** The commands; what each does is loaded when it is called. */
export function makeProgram(): Command {
  const program = new Command('kymo')
    .description('Reads and writes the runs that a project keeps in .kymo/, found here or above.')
    .version(KYMO_VERSION)
    .exitOverride()
    .showHelpAfterError('(kymo --help tells what there is)')
    .addHelpText('after', EXAMPLES)

  const command = (usage: string, words: string): Command =>
    program
      .command(usage)
      .description(words)
      .option('-p, --project <path>', 'a .kymo folder, or a file that Kymo opens, in place of the one found')

  command('runs [filter]', 'lists runs, newest first')
    .option('-e, --experiment <name>', 'of one experiment')
    .option('-s, --sort <name>', 'by a metric, param or field; -name for the largest first')
    .option('-n, --limit <count>', 'at most so many', toCount)
    .option('--json', 'as JSON')
    .action(async (filter: string | undefined, options) =>
      (await import('./runs.ts')).listRuns(filter, options),
    )

  command('show <run>', 'all that is known of a run, by its id, the beginning of it, or its name')
    .option('--json', 'as JSON')
    .action(async (run: string, options) => (await import('./show.ts')).showRun(run, options))

  command('diff <run> <run>', 'what two runs do not have alike')
    .option('--json', 'as JSON')
    .action(async (a: string, b: string, options) => (await import('./diff.ts')).diffRuns(a, b, options))

  command('query <sql>', 'rows of the tables of an experiment; nothing can be written')
    .option('-e, --experiment <name>', 'of which one, where there are several')
    .option('--json', 'as JSON')
    .action(async (sql: string, options) => (await import('./query.ts')).querySql(sql, options))

  command('tail [run]', 'what a run logs, as it is logged; of the newest where none is named')
    .option('--json', 'a line of JSON a step')
    .action(async (run: string | undefined, options) => (await import('./tail.ts')).tailRun(run, options))

  command('export <file>', 'runs of one experiment as one file, or as a folder: logs/')
    .option('--as <format>', `${EXPORT_FORMAT_NAMES.join(', ')}; else as the file is called`)
    .option('-e, --experiment <name>', 'of which one, where there are several')
    .option('-w, --where <filter>', 'only these runs')
    .addHelpText('after', EXPORT_EXAMPLES)
    .action(async (file: string, options) => (await import('./export.ts')).exportFile(file, options))

  command('import <paths...>', 'takes the runs of files into the project')
    .option('--json', 'only says what is in them, as JSON')
    .option('--points', 'with --json: every point too')
    .action(async (paths: string[], options) => (await import('./import.ts')).importFiles(paths, options))

  program
    .command('open [paths...]')
    .description('the dashboard over the project here, a folder or files, live as they grow')
    .option('--write', 'lets it change what is there')
    .option('--port <port>', 'where it listens on 127.0.0.1', toCount)
    .option('--no-browser', 'opens no browser')
    .action(async (paths: string[], options) => (await import('./open.ts')).openDashboard(paths, options))

  command('push <system> <url>', 'brings runs to a tracking server: kymo push mlflow http://127.0.0.1:5000')
    .option('-e, --experiment <name>', 'of one experiment')
    .option('-w, --where <filter>', 'only these runs')
    .option('--watch', 'follows them until Ctrl C')
    .option('--models', 'registers artifacts of the type model')
    .option('--json', 'as JSON')
    .action(async (system: string, url: string, options) =>
      (await import('./push.ts')).pushRuns(system, url, options),
    )

  command(
    'mcp',
    'serves the runs to an agent over its standard input and output, by the Model Context Protocol',
  )
    .option('--write', 'lets it set notes and tags')
    .action(async (options) => (await import('./mcp.ts')).serveAgents(options))

  program
    .command('skill')
    .description('prints one page that teaches an agent to find and compare runs')
    .action(async () => (await import('./skill.ts')).printSkill())

  program
    .command('check <file>')
    .description('whether a database is sound, and its counts agree')
    .option('--json', 'as JSON')
    .action(async (file: string, options) => (await import('./check.ts')).checkFile(file, options))

  return program
}

const EXAMPLES = `
Examples:
  kymo runs 'val_acc > 0.9 and status = finished' --sort -val_acc
  kymo show sober-brook-89
  kymo diff sober-brook-89 dry-ember-18
  kymo query 'select key, max(value) from metrics group by key'
  kymo tail
  kymo open
  kymo export best.db --where 'val_acc > 0.9'
  kymo runs --json | jq '.[0].metrics.loss.last'
`

const EXPORT_EXAMPLES = `
Examples:
  kymo export best.db --where 'val_acc > 0.9'
  kymo export digits.parquet.zip
  kymo export logs/ --as tensorboard && tensorboard --logdir logs
`

function toCount(text: string): number {
  const count = Number(text)
  if (!Number.isSafeInteger(count) || count < 1)
    throw new InvalidArgumentError('It is a whole number from 1 on.')
  return count
}

// Whoever reads the answer may have enough of it.
process.stdout.on('error', (cause: NodeJS.ErrnoException) => {
  if (cause.code !== 'EPIPE') throw cause
  process.exit(0)
})

try {
  await makeProgram().parseAsync()
} catch (cause) {
  process.exitCode = exitCodeOf(cause)
}

/** 0: done. 1: what was asked for is not there or failed. 2: it was asked wrongly. */
function exitCodeOf(cause: unknown): number {
  // It has said what is wrong, or what was asked for.
  if (cause instanceof CommanderError) return cause.exitCode === 0 ? 0 : 2
  if (cause instanceof CommandError) {
    process.stderr.write(`${cause.message}\n`)
    return cause.exitCode
  }
  process.stderr.write(`${cause instanceof Error ? cause.message : String(cause)}\n`)
  return 1
}
