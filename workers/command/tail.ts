import { jsonText } from '../../src/model/json.ts'
import { INTEGER, NUMBER, REAL, STEP, TEXT } from '../../src/model/column.ts'
import { findRun, findRuns } from './find-runs.ts'
import { CommandError } from './command-error.ts'
import { isTerminal, note, valueText } from './print.ts'
import { withSources, type Source } from './sources.ts'

export interface TailOptions {
  readonly project?: string
  readonly json?: boolean
}

/** How often it looks for more. Unit: milliseconds. */
const LOOK_MS = 300

const POINT = { rowid: INTEGER, key: TEXT, step: STEP, value: NUMBER, time: REAL } as const
const READ_ON = `select p.rowid, s.key, p.step, p.value, p.time from points p join series s on s.id = p.series_id
  where s.run_id = ? and p.rowid > ? order by p.rowid`

/** `kymo tail [RUN]`: what a run logs, as it is logged; of the newest run where none is named. Ends with the run. */
export function tailRun(text: string | undefined, { project, json }: TailOptions): Promise<void> {
  return withSources(project, async (sources) => {
    const [newest] = text === undefined ? await findRuns(sources, { limit: 1 }) : [findRun(sources, text)]
    if (newest === undefined) throw new CommandError('There is no run yet.')
    const { source, runId } = newest
    let last = 0
    for (;;) {
      const wasRunning = isRunning(source, runId)
      last = printNew(source, runId, last, json === true)
      if (!wasRunning) break
      await new Promise((go) => setTimeout(go, LOOK_MS))
    }
    if (json !== true) note(`The run ended: ${statusOf(source, runId)}.`)
  })
}

function printNew({ database: { sql } }: Source, runId: string, after: number, isJson: boolean): number {
  let last = after
  let line: { step: number; values: Record<string, number> } | null = null
  const print = (): void => {
    if (line === null) return
    const { step, values } = line
    process.stdout.write(
      isJson
        ? `${jsonText({ step, ...values })}\n`
        : `${isTerminal() ? 'step ' : ''}${step}\t${Object.entries(values)
            .map(([key, value]) => `${key} ${valueText(value)}`)
            .join('\t')}\n`,
    )
  }
  sql.each(READ_ON, [runId, after], POINT, ({ rowid, key, step, value }) => {
    last = rowid
    // One row for what was logged in one call, as far as steps tell.
    if (line === null || line.step !== step || Object.hasOwn(line.values, key)) {
      print()
      line = { step, values: {} }
    }
    line.values[key] = value
  })
  print()
  return last
}

function isRunning(source: Source, runId: string): boolean {
  return statusOf(source, runId) === 'running'
}

function statusOf({ database: { sql } }: Source, runId: string): string {
  return sql.value('select status from runs where id = ?', [runId], TEXT) ?? 'deleted'
}
