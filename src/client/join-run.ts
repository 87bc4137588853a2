import type { RunStart } from '../model/log-batch.ts'
import { birthOf } from '../model/run.ts'
import type { RunId, Step } from '../model/units.ts'
import { OWN_DATABASE } from '../protocol/database-id.ts'
import type { RunDetail } from '../protocol/runs-api.ts'
import type { TrackerApi } from '../protocol/tracker-api.ts'
import { warnOnce } from './warn.ts'

/** A run whose id was given, so that it may be there already. */
export interface JoiningRun {
  readonly start: RunStart
  readonly resume: boolean
  /** A name was given, which a run that is resumed has already. */
  readonly hasName: boolean
  readonly api: Pick<TrackerApi, 'readRun'>
  /** Resolves when what this page logged of it before is stored, or cannot be for now. */
  readonly flush: () => Promise<unknown>
  /** What a run that is resumed was started with, as it is stored. */
  readonly onStored: (stored: RunStart) => void
  /** The run was there and nobody said that it goes on. */
  readonly onExisting: (text: string) => void
}

/** Asked this often, each time a little later: while nobody answers nothing is stored either. */
const ATTEMPTS = 5
const RETRY_MS = 100

/** Looks whether a run is there already, and answers the step it counts on from. Never rejects, never waits for ever. */
export async function joinRun(joining: JoiningRun): Promise<Step> {
  const { start, resume, api, flush, onStored, onExisting } = joining
  if (resume) await flush()
  const stored = await readStored(api, start.id)
  if (stored === undefined && resume)
    warnOnce(
      `nobody could tell where run ${start.id} ended, so its steps begin at 0 again; pass firstStep to count on from there`,
    )
  if (stored === undefined || stored === null) return 0
  if (!resume) {
    // Its own start is stored, or that of another: two that start in the same millisecond are one.
    if (stored.run.startedAt !== start.startedAt) sayExisting(stored, onExisting)
    return 0
  }
  onStored(startOf(stored))
  if (stored.experimentName !== start.experiment.name)
    warnOnce(
      `run ${start.id} goes on in the experiment ${stored.experimentName}, where it is stored, and not in ${start.experiment.name}`,
    )
  if (joining.hasName && stored.run.name !== start.name)
    warnOnce(
      `run ${start.id} goes on as ${stored.run.name}, as it is stored, and not as ${start.name}; call run.setName to rename it`,
    )
  return stepAfter(stored)
}

function startOf({ run, experimentName, params, tags }: RunDetail): RunStart {
  return { ...birthOf(run), experiment: { id: run.experimentId, name: experimentName }, params, tags }
}

function sayExisting({ run }: RunDetail, onExisting: JoiningRun['onExisting']): void {
  warnOnce(
    `init was given the id ${run.id}, which the run ${run.name} has already: what is logged is added to it. Pass resume: true to count on where it ended, or leave out id for a run of its own`,
  )
  onExisting('begun again under the same id, without resume')
}

async function readStored(api: JoiningRun['api'], runId: RunId): Promise<RunDetail | null | undefined> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const read = await api.readRun({ database: OWN_DATABASE, runId })
    if (read.ok) return read.value
    if (read.error.code === 'unknown-run') return null
    await new Promise((resolve) => setTimeout(resolve, RETRY_MS * attempt))
  }
  return undefined
}

/** The step after the last one of a run, whichever metric it is of; after that of its fork where it logged nothing. */
function stepAfter({ run, series }: RunDetail): Step {
  const last = series.reduce((most, { maxStep }) => Math.max(most, maxStep), run.forkedAtStep ?? -1)
  return Math.floor(last) + 1
}
