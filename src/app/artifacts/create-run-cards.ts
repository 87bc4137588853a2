import { createSignal } from 'solid-js'
import { err, ok, type Result } from '../../model/result.ts'
import type { SeriesSummary } from '../../model/series.ts'
import type { ExperimentId, RunId } from '../../model/units.ts'
import type { DatabaseId } from '../../protocol/database-id.ts'
import type { RunDetail } from '../../protocol/runs-api.ts'
import type { TrackerError } from '../../protocol/tracker-error.ts'
import { createLiveRead } from '../tracker/create-live-read.ts'
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

  async function readCard(runId: RunId): Promise<Result<readonly [RunId, RunCard | null], TrackerError>> {
    const answer = await tracker.api.readRun({ database, runId })
    if (answer.ok) return ok([runId, toCard(answer.value)])
    return answer.error.code === 'unknown-run' ? ok([runId, null]) : err(answer.error)
  }

  const { refresh } = createLiveRead(tracker, {
    database,
    on: ['runsChanged'],
    of: ({ runIds }) => runIds.filter((id) => asked.has(id)),
    async read(ids, isLate) {
      const answers = await Promise.all((ids ?? [...asked]).map(readCard))
      const read = answers.flatMap((answer) => (answer.ok ? [answer.value] : []))
      if (read.length > 0 && !isLate()) setCards((known) => new Map([...known, ...read]))
      return answers.find((answer) => !answer.ok) ?? ok(undefined)
    },
  })

  return {
    card(runId) {
      if (!asked.has(runId)) {
        asked.add(runId)
        refresh([runId])
      }
      return cards().get(runId)
    },
  }
}

function toCard({ run, experimentName, series }: RunDetail): RunCard {
  return { name: run.name, experimentId: run.experimentId, experimentName, series }
}
