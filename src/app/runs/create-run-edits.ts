import type { Change } from '../../model/log-batch.ts'
import type { RunId } from '../../model/units.ts'
import type { DatabaseId } from '../../protocol/database-id.ts'
import type { JsonValue } from '../../model/json.ts'
import { MAX_RUNS_READ, type Operand } from '../../protocol/run-query.ts'
import { changesToDeed, CHANGES_AT_ONCE, commitChanges } from '../experiment/commit-changes.ts'
import type { History } from '../shell/create-history.ts'
import type { ToastState } from '../shell/create-toasts.ts'
import { sayStep } from '../shell/say-step.ts'
import type { Tracker } from '../tracker/tracker.ts'

/** What can be done to many runs at once. Each can be undone, from the toast that tells of it and by the history. */
export interface RunEdits {
  /** null removes the tag. */
  setTag(runIds: readonly RunId[], key: string, value: string | null): Promise<void>
  rename(runId: RunId, name: string): Promise<void>
  /** null: no group. */
  setGroup(runIds: readonly RunId[], group: string | null): Promise<void>
  setColor(runIds: readonly RunId[], color: string | null): Promise<void>
  archive(runIds: readonly RunId[]): Promise<void>
  unarchive(runIds: readonly RunId[]): Promise<void>
  remove(runIds: readonly RunId[]): Promise<void>
}

/** What is said of an edit before it is done, and when it is. */
interface Words {
  /** For a menu: “Tag 3 runs”. */
  readonly label: string
  /** “3 runs were tagged.” */
  readonly done: string
}

export function createRunEdits(
  tracker: Tracker,
  database: DatabaseId,
  history: History,
  toasts: ToastState,
): RunEdits {
  async function edit(
    { label, done }: Words,
    changes: readonly Change[],
    reversed: readonly Change[],
  ): Promise<void> {
    if (!(await commitChanges(tracker, toasts, changes))) return
    sayStep(history, toasts, { label, undo: changesToDeed(reversed), redo: changesToDeed(changes) }, done)
  }

  /** What the runs say now, for the way back. Shape: one entry for each run that is still there. */
  async function readNow(
    runIds: readonly RunId[],
    operand: Operand,
  ): Promise<readonly (readonly [RunId, JsonValue])[] | null> {
    const found: (readonly [RunId, JsonValue])[] = []
    for (let at = 0; at < runIds.length; at += MAX_RUNS_READ) {
      const answer = await tracker.api.readCells({
        database,
        runIds: runIds.slice(at, at + MAX_RUNS_READ),
        columns: [operand],
      })
      if (!answer.ok) {
        toasts.complain(answer.error.message)
        return null
      }
      const { runIds: there, columns } = answer.value
      for (const [index, id] of there.entries()) found.push([id, columns[0]?.[index] ?? null])
    }
    return found
  }

  /** Edits runs one by one, each with the way back to what it says now. */
  async function editEach(
    words: (runs: string, count: number) => Words,
    runIds: readonly RunId[],
    operand: Operand,
    change: (runId: RunId, value: string | null) => Change,
    next: string | null,
  ): Promise<void> {
    const before = await readNow(runIds, operand)
    if (before === null) return
    await edit(
      words(runsText(before.length), before.length),
      before.map(([id]) => change(id, next)),
      before.map(([id, value]) => change(id, typeof value === 'string' ? value : null)),
    )
  }

  return {
    setTag: (runIds, key, value) =>
      editEach(
        (runs, count) =>
          value === null
            ? { label: `Remove a tag from ${runs}`, done: `${runs} lost the tag ${brief(key)}.` }
            : {
                label: `Tag ${runs}`,
                done: `${runs} ${wasOrWere(count)} tagged ${brief(key)} = ${brief(value)}.`,
              },
        runIds,
        { from: 'tag', key },
        (runId, to) => ({ type: 'setTags', runId, tags: { [key]: to } }),
        value,
      ),
    rename: (runId, name) =>
      editEach(
        () => ({ label: 'Rename a run', done: `The run is called ${brief(name)}.` }),
        [runId],
        { from: 'run', field: 'name' },
        (id, to) => ({ type: 'setRunName', runId: id, name: to ?? '' }),
        name,
      ),
    setGroup: (runIds, group) =>
      editEach(
        (runs, count) => ({
          label: group === null ? `Take ${runs} out of their group` : `Group ${runs}`,
          done:
            group === null
              ? `${runs} ${wasOrWere(count)} taken out of their group.`
              : `${runs} ${wasOrWere(count)} put into the group ${brief(group)}.`,
        }),
        runIds,
        { from: 'run', field: 'group' },
        (runId, to) => ({ type: 'setRunGroup', runId, groupName: to }),
        group,
      ),
    setColor: (runIds, color) =>
      editEach(
        (runs, count) => ({ label: `Colour ${runs}`, done: `${runs} ${wasOrWere(count)} coloured.` }),
        runIds,
        { from: 'run', field: 'color' },
        (runId, to) => ({ type: 'setRunColor', runId, color: to }),
        color,
      ),
    archive: (runIds) =>
      edit(
        words('Archive', 'archived', runIds),
        chunks(runIds).map((ids) => ({ type: 'archiveRuns', runIds: ids, archivedAt: Date.now() })),
        chunks(runIds).map((ids) => ({ type: 'unarchiveRuns', runIds: ids })),
      ),
    async unarchive(runIds) {
      const before = await readNow(runIds, { from: 'run', field: 'archivedAt' })
      if (before === null) return
      await edit(
        words('Unarchive', 'taken out of the archive', runIds),
        chunks(runIds).map((ids) => ({ type: 'unarchiveRuns', runIds: ids })),
        before.flatMap(([id, archivedAt]) =>
          typeof archivedAt === 'number' ? { type: 'archiveRuns', runIds: [id], archivedAt } : [],
        ),
      )
    },
    remove: (runIds) =>
      edit(
        words('Delete', 'deleted', runIds),
        chunks(runIds).map((ids) => ({ type: 'removeRuns', runIds: ids, removedAt: Date.now() })),
        chunks(runIds).map((ids) => ({ type: 'restoreRuns', runIds: ids })),
      ),
  }
}

function words(verb: string, done: string, { length }: readonly RunId[]): Words {
  const runs = runsText(length)
  return { label: `${verb} ${runs}`, done: `${runs} ${wasOrWere(length)} ${done}.` }
}

function chunks(runIds: readonly RunId[]): readonly (readonly RunId[])[] {
  const count = Math.ceil(runIds.length / CHANGES_AT_ONCE)
  return Array.from({ length: count }, (_, at) =>
    runIds.slice(at * CHANGES_AT_ONCE, (at + 1) * CHANGES_AT_ONCE),
  )
}

/** A user's text inside a sentence of ours. */
function brief(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59)}…` : text
}

function runsText(count: number): string {
  return count === 1 ? '1 run' : `${count.toLocaleString('en-US')} runs`
}

function wasOrWere(count: number): string {
  return count === 1 ? 'was' : 'were'
}
