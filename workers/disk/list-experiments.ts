import { basename } from 'node:path'
import { INTEGER, TEXT } from '../../src/model/column.ts'
import type { ListedExperiment } from '../mirror/messages.ts'
import type { Project } from '../native/project.ts'
import type { ProjectStore } from '../native/project-store.ts'

const LIST = `select e.id, e.name, count(r.id) as runs from experiments e
  join runs r on r.experiment_id = e.id and r.removed_at is null group by e.id`
const LISTED = { id: TEXT, name: TEXT, runs: INTEGER } as const
const NEWEST =
  'select id from runs where experiment_id = ? and removed_at is null order by started_at desc limit 100'

/** Every experiment of the project that has a run. */
export function listExperiments(project: Project): readonly ListedExperiment[] {
  return project.stores().flatMap(({ path, database: { sql } }) =>
    sql.all(LIST, [], LISTED).map(({ id, name, runs }) => ({
      file: basename(path),
      name,
      runs,
      runIds: sql.column(NEWEST, [id], TEXT),
    })),
  )
}

/** The database of a name in the folder; undefined for anything else. */
export function findStore(project: Project, file: string): ProjectStore | undefined {
  return project.stores().find(({ path }) => basename(path) === file)
}
