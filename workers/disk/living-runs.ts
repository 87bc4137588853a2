import { TEXT } from '../../src/model/column.ts'
import type { RunId } from '../../src/model/units.ts'
import { commit } from '../ingest/commit.ts'
import { markRunKilled, readRunningRuns } from '../ingest/running-runs.ts'
import type { Project } from '../native/project.ts'
import type { ProjectStore } from '../native/project-store.ts'

/** A browser says every five seconds which of its runs are logged. One of which nothing is heard for longer has lost it. */
const SILENCE_MS = 30_000
const LOOK_MS = 5_000

/** Marks runs as killed whose browser is gone. */
export interface LivingRuns {
  /** Answers those that are running here. */
  hear(runIds: readonly RunId[]): readonly RunId[]
  stop(): void
}

/** Of the runs that `lock` shows to be logged. */
export function watchLivingRuns(project: Project, lock: string): LivingRuns {
  const heardAt = new Map<RunId, number>()
  const timer = setInterval(look, LOOK_MS)
  timer.unref()

  function look(): void {
    const now = Date.now()
    for (const store of project.openStores())
      for (const running of readRunningRuns(store.database)) {
        if (running.lock !== lock) continue
        const heard = heardAt.get(running.runId)
        if (heard === undefined) heardAt.set(running.runId, now)
        else if (now - heard > SILENCE_MS) markKilled(store, running.runId)
      }
  }

  function markKilled({ database }: ProjectStore, runId: RunId): void {
    heardAt.delete(runId)
    markRunKilled(database, runId, lock)
    commit(database, Date.now())
  }

  return {
    hear(runIds) {
      const now = Date.now()
      for (const runId of runIds) heardAt.set(runId, now)
      return runIds.filter((runId) => {
        const store = project.storeOfRun(runId)
        return store?.database.sql.value('select status from runs where id = ?', [runId], TEXT) === 'running'
      })
    },
    stop: () => clearInterval(timer),
  }
}
