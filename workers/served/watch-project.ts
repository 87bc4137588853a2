import { NUMBER, TEXT } from '../../src/model/column.ts'
import type { RunId } from '../../src/model/units.ts'
import { OWN_DATABASE } from '../../src/protocol/database-id.ts'
import type { TrackerEvent } from '../../src/protocol/tracker-event.ts'
import type { Sql } from '../db/sql.ts'
import type { Project } from '../native/project.ts'
import type { ProjectStore } from '../native/project-store.ts'

/** What other processes write is told as soon as it is seen, and that is looked for this often. */
const LOOK_MS = 500
/** Whether who logs still lives is looked for more seldom. */
const DEATH_MS = 5_000

/** What was last seen of a database. */
interface Seen {
  version: number
  readonly runs: Map<RunId, string>
  arranged: string
}

/** Tells what others write into the databases of a project, and which come and go; returns how to stop. */
export function watchProject(project: Project, notify: (event: TrackerEvent) => void): () => void {
  const seen = new Map<ProjectStore, Seen>()
  let deathsAt = 0
  const timer = setInterval(look, LOOK_MS)

  function look(): void {
    const stores = project.stores()
    const isForDeaths = Date.now() >= deathsAt
    if (isForDeaths) deathsAt = Date.now() + DEATH_MS
    for (const store of stores) {
      if (isForDeaths) store.markDead()
      lookInto(store)
    }
    for (const store of seen.keys()) {
      if (stores.includes(store)) continue
      seen.delete(store)
      notify({ type: 'storageChanged' })
    }
  }

  function lookInto(store: ProjectStore): void {
    const { sql } = store.database
    const before = seen.get(store)
    const version = sql.value('pragma data_version', [], NUMBER) ?? 0
    if (before?.version === version) return
    const now: Seen = { version, runs: readRuns(sql), arranged: readArranged(sql) }
    seen.set(store, now)
    if (before === undefined) notify({ type: 'storageChanged' })
    else tell(sql, before, now)
  }

  function tell(sql: Sql, before: Seen, now: Seen): void {
    const runIds = [...new Set([...before.runs.keys(), ...now.runs.keys()])]
    const changed = runIds.filter((runId) => before.runs.get(runId) !== now.runs.get(runId))
    const growing = runIds.filter((runId) =>
      [before, now].some(({ runs }) => runs.get(runId)?.startsWith('running') === true),
    )
    const database = OWN_DATABASE
    if (changed.length > 0) notify({ type: 'runsChanged', database, runIds: changed })
    if (growing.length > 0) notify({ type: 'seriesGrew', database, runIds: growing })
    if (before.arranged === now.arranged) return
    const experimentIds = sql.column('select id from experiments', [], TEXT)
    notify({ type: 'arrangementChanged', database, experimentIds })
  }

  look()
  return () => clearInterval(timer)
}

const RUNS = `select id, status || '|' || coalesce(ended_at, '') || '|' || name || '|' || length(notes) || '|' || coalesce(color, '')
  || '|' || coalesce(group_name, '') || '|' || coalesce(archived_at, '') || '|' || coalesce(removed_at, '') || '|' || length(summary)
  || '|' || (select count(*) || '|' || total(length(value)) from tags where run_id = r.id)
  || '|' || (select count(*) || '|' || total(length(value)) from params where run_id = r.id) as state from runs r`
const RUN = { id: TEXT, state: TEXT } as const

/** Cost: a row for each run. */
function readRuns(sql: Sql): Map<RunId, string> {
  return new Map(sql.map(RUNS, [], RUN, ({ id, state }) => [id, state]))
}

const ARRANGED = `select (select count(*) from artifacts) || '|' || (select count(*) from artifact_aliases)
  || '|' || (select count(*) from model_versions) || '|' || (select total(length(view)) from views)
  || '|' || (select count(*) from directions) as state`

function readArranged(sql: Sql): string {
  return sql.value(ARRANGED, [], TEXT) ?? ''
}
