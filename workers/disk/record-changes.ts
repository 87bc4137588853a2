import type { Change, Refusal, RunStart } from '../../src/model/log-batch.ts'
import { ownOf } from '../../src/model/raw-value.ts'
import type { RunEvent, Tags } from '../../src/model/run.ts'
import type { RunId } from '../../src/model/units.ts'
import type { RunRecord } from '../formats/contents.ts'
import { runToChanges, setParamAt } from '../formats/run-changes.ts'

/** What must be said of a run, known as `before`, for it to be known as `after`. `isOurs`: whoever says it is known to log it. */
export function recordToChanges(
  before: RunRecord | undefined,
  after: RunRecord,
  experiment: RunStart['experiment'],
  isOurs: boolean,
): Change[] {
  if (before === undefined) return runToChanges(after, experiment)
  const runId = after.run.id
  return [
    ...runChanges(before, after),
    ...paramChanges(runId, before, after),
    ...tagChanges(runId, before.tags, after.tags),
    ...refusalChanges(runId, before.refusals, after.refusals),
    ...eventChanges(runId, before.events, after.events),
    ...statusChanges(before, after, isOurs),
  ]
}

function runChanges(
  { run: before, summary: summaryBefore }: RunRecord,
  { run, summary }: RunRecord,
): Change[] {
  const runId = run.id
  const changes: Change[] = []
  if (run.name !== before.name) changes.push({ type: 'setRunName', runId, name: run.name })
  if (run.notes !== before.notes) changes.push({ type: 'setRunNotes', runId, notes: run.notes })
  if (run.color !== before.color) changes.push({ type: 'setRunColor', runId, color: run.color })
  if (run.groupName !== before.groupName)
    changes.push({ type: 'setRunGroup', runId, groupName: run.groupName })
  if (!isSame(run.environment, before.environment))
    changes.push({ type: 'setEnvironment', runId, environment: run.environment })
  if (!isSame(summary, summaryBefore)) changes.push({ type: 'setSummary', runId, summary })
  if (run.archivedAt === before.archivedAt) return changes
  if (run.archivedAt === null) changes.push({ type: 'unarchiveRuns', runIds: [runId] })
  else changes.push({ type: 'archiveRuns', runIds: [runId], archivedAt: run.archivedAt })
  return changes
}

function paramChanges(runId: RunId, before: RunRecord, after: RunRecord): Change[] {
  return Object.keys(after.params)
    .filter(
      (key) =>
        !isSame(after.params[key], ownOf(before.params, key)) ||
        !isSame(ownOf(after.paramChanges, key), ownOf(before.paramChanges, key)),
    )
    .flatMap((key) => paramChange(runId, key, before, after))
}

/** As it was set: what it was at first, then what it is. */
function paramChange(runId: RunId, key: string, before: RunRecord, after: RunRecord): Change[] {
  const value = after.params[key] ?? null
  const change = ownOf(after.paramChanges, key)
  if (change === undefined) return [{ type: 'setParams', runId, params: { [key]: value } }]
  const { first, step } = change
  const known = ownOf(before.params, key)
  if (ownOf(before.paramChanges, key) !== undefined || isSame(known, first))
    return setParamAt(runId, key, known, value, step)
  const begin: Change = { type: 'setParams', runId, params: { [key]: first } }
  return [begin, ...setParamAt(runId, key, first, value, step)]
}

function tagChanges(runId: RunId, before: Tags, after: Tags): Change[] {
  const said = Object.entries(after).filter(([key, value]) => ownOf(before, key) !== value)
  const gone = Object.keys(before).filter((key) => !Object.hasOwn(after, key))
  const tags = Object.fromEntries<string | null>([...said, ...gone.map((key) => [key, null] as const)])
  return said.length + gone.length === 0 ? [] : [{ type: 'setTags', runId, tags }]
}

/** Refusals add up, so only those that are more are said. */
function refusalChanges(runId: RunId, before: readonly Refusal[], after: readonly Refusal[]): Change[] {
  const known = new Map(before.map(({ key, reason, count }) => [`${reason} ${key}`, count]))
  const refusals = after
    .map((refusal) => ({
      ...refusal,
      count: refusal.count - (known.get(`${refusal.reason} ${refusal.key}`) ?? 0),
    }))
    .filter(({ count }) => count > 0)
  return refusals.length === 0 ? [] : [{ type: 'addRefusals', runId, refusals }]
}

function eventChanges(runId: RunId, before: readonly RunEvent[], after: readonly RunEvent[]): Change[] {
  const known = new Set(before.map((event) => JSON.stringify(event)))
  const events = after.filter((event) => !known.has(JSON.stringify(event)))
  return events.length === 0 ? [] : [{ type: 'addEvents', runId, events }]
}

function statusChanges({ run: before }: RunRecord, { run }: RunRecord, isOurs: boolean): Change[] {
  const { id: runId, status, endedAt } = run
  if (status === 'running') return before.status === 'running' && isOurs ? [] : [{ type: 'resumeRun', runId }]
  if (status === before.status && endedAt === before.endedAt) return []
  const end: Change = { type: 'endRun', runId, status, endedAt: endedAt ?? run.startedAt }
  return before.status === 'running' && isOurs ? [end] : [{ type: 'resumeRun', runId }, end]
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}
