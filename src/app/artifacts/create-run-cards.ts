import { createSignal, onCleanup } from 'solid-js'
import type { SeriesSummary } from '../../model/series.ts'
import type { ExperimentId, RunId } from '../../model/units.ts'
import type { DatabaseId } from '../../protocol/database-id.ts'
import type { Tracker } from '../tracker/tracker.ts'

/** What is told of a run where something else speaks of it. */
export interface RunCard {
  readonly name: string
  readonly experimentId: ExperimentId
  readonly experimentName: string
  readonly series: readonly SeriesSummary[]
}

export interface RunCards {
  /** Undefined until it was read, which the first question begins; null for a run that was removed. */
  card(runId: RunId): RunCard | null | undefined
}

/** Runs that are spoken of, read when they are and kept. */
export function createRunCards(tracker: Tracker, database: DatabaseId): RunCards {
  const [cards, setCards] = createSignal<ReadonlyMap<RunId, RunCard | null>>(new Map())
  const asked = new Set<RunId>()
  let disposed = false
  onCleanup(() => (disposed = true))

  async function read(runId: RunId): Promise<void> {
    const answer = await tracker.api.readRun({ database, runId })
    if (disposed) return
    const card = answer.ok
      ? {
          name: answer.value.run.name,
          experimentId: answer.value.run.experimentId,
          experimentName: answer.value.experimentName,
          series: answer.value.series,
        }
      : null
    setCards((known) => new Map(known).set(runId, card))
  }

  onCleanup(
    tracker.onEvent((event) => {
      if (event.type !== 'runsChanged' || event.database !== database) return
      for (const runId of event.runIds) if (asked.has(runId)) void read(runId)
    }),
  )

  return {
    card(runId) {
      if (!asked.has(runId)) {
        asked.add(runId)
        void read(runId)
      }
      return cards().get(runId)
    },
  }
}
