import { createSignal, type Accessor } from 'solid-js'
import type { RunId, UnixMs } from '../../model/units.ts'
import type { BinColumns, EmptyBinReceipt } from '../../protocol/runs-api.ts'
import { OWN_DATABASE } from '../../protocol/database-id.ts'
import type { TrackerError } from '../../protocol/tracker-error.ts'
import { createJob, type Job } from '../tracker/create-job.ts'
import { createLiveRead } from '../tracker/create-live-read.ts'
import type { Tracker } from '../tracker/tracker.ts'

export interface BinRow {
  readonly id: RunId
  readonly name: string
  readonly experimentName: string
  readonly removedAt: UnixMs
  /** About how much room it takes. */
  readonly bytes: number
  /** Versions that go with it, and how many of them other runs used or were forked from. */
  readonly artifacts: number
  readonly needed: number
}

export interface BinState {
  /** Removed last first; undefined until the first answer. */
  readonly rows: Accessor<readonly BinRow[] | undefined>
  /** What went wrong last, as a sentence; null after something went well. */
  readonly problem: Accessor<string | null>
  restore(runIds: readonly RunId[]): Promise<boolean>
  readonly emptying: Job<EmptyBinReceipt>
  /** Deletes these for good. */
  empty(runIds: readonly RunId[]): void
}

/** The removed runs, live, and what can be done about them. */
export function createBin(tracker: Tracker): BinState {
  const [rows, setRows] = createSignal<readonly BinRow[]>()
  const [problem, setProblem] = createSignal<string | null>(null)
  const emptying = createJob<EmptyBinReceipt>(tracker)

  const { refresh } = createLiveRead(tracker, {
    database: OWN_DATABASE,
    on: ['runsChanged'],
    async read() {
      const answer = await tracker.api.readBin()
      if (!answer.ok) setProblem(answer.error.message)
      return answer
    },
    take: (columns) => setRows(toRows(columns)),
  })

  function complain(error: TrackerError): void {
    if (error.code !== 'cancelled') setProblem(error.message)
  }

  return {
    rows,
    problem,
    async restore(runIds) {
      const receipt = await tracker.commit([{ type: 'restoreRuns', runIds }])
      setProblem(receipt.ok ? null : receipt.error.message)
      refresh()
      return receipt.ok
    },
    emptying,
    empty(runIds) {
      setProblem(null)
      void emptying
        .start((jobId) => tracker.api.emptyBin({ jobId, runIds }))
        .then((outcome) => {
          refresh()
          if (!outcome.ok) complain(outcome.error)
        })
    },
  }
}

function toRows({ id, name, experimentName, removedAt, bytes, ...counts }: BinColumns): readonly BinRow[] {
  return id.map((runId, index) => ({
    id: runId,
    name: name[index] ?? '',
    experimentName: experimentName[index] ?? '',
    removedAt: removedAt[index] ?? 0,
    bytes: bytes[index] ?? 0,
    artifacts: counts.artifacts[index] ?? 0,
    needed: counts.needed[index] ?? 0,
  }))
}
