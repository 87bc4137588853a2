import type { ArraySection, Change, LogBatch, Refusal, SectionColumns } from '../../src/model/log-batch.ts'
import type { Artifact, ArtifactFile } from '../../src/model/artifact.ts'
import type { ConsoleLine } from '../../src/model/console-line.ts'
import type { Arrangement, Experiment } from '../../src/model/experiment.ts'
import type { ParamChanges, Params, Run, RunEvent, Tags } from '../../src/model/run.ts'
import type { SeriesSummary } from '../../src/model/series.ts'
import type { RunId, Step, UnixMs } from '../../src/model/units.ts'
import type { Progress } from '../jobs/progress.ts'

/** A run with all that is known of it but its points. */
export interface RunRecord {
  readonly run: Run
  readonly params: Params
  readonly paramChanges: ParamChanges
  readonly tags: Tags
  readonly summary: Params
  readonly refusals: readonly Refusal[]
  readonly events: readonly RunEvent[]
}

export interface ExperimentRecord extends Experiment, Arrangement {}

/** One series to be written: what it was when the export began, and how to read its points in log order. */
export interface SeriesSource {
  readonly summary: SeriesSummary
  /** From one to `limit` points from the `from`-th on. */
  read(from: number, limit: number): SectionColumns
}

/** One array to be written. */
export interface ArraySource extends Omit<ArraySection, 'steps' | 'times' | 'bytes' | 'part'> {
  readonly step: Step
  readonly time: UnixMs
  readonly length: number
  /** At least one byte from `offset` on, unless the array ends there. */
  read(offset: number): Uint8Array
}

/** The bytes of a file of an artifact, read like those of an array. */
export interface FileSource extends ArtifactFile {
  read(offset: number): Uint8Array
}

/** One version to be written. */
export interface ArtifactSource extends Omit<
  Artifact,
  'files' | 'aliases' | 'heldAliases' | 'usedBy' | 'removedAt'
> {
  /** Without bytes where they were given up. */
  readonly files: readonly (ArtifactFile | FileSource)[]
}

/** Lines of one run, read when they are written. */
export interface ConsoleSource {
  readonly runId: string
  /** From one to `limit` lines from the `from`-th on; none at the end. */
  read(from: number, limit: number): readonly ConsoleLine[]
}

/** What an export writes: a consistent picture of some runs, taken when it began. */
export interface Contents {
  readonly experiments: readonly ExperimentRecord[]
  readonly runs: readonly RunRecord[]
  readonly series: readonly SeriesSource[]
  readonly arrays: readonly ArraySource[]
  readonly consoles: readonly ConsoleSource[]
  readonly artifacts: readonly ArtifactSource[]
  /** What is said of artifacts once they are there: aliases, uses, policies, registered models. */
  readonly remarks: readonly Change[]
}

/** What a reader hands over piece by piece; `ingest` commits each piece as one batch, then its artifact. */
export type Part = Pick<LogBatch, 'changes' | 'points' | 'arrays'> & { readonly artifact?: ArtifactSource }

/** The most points a part or a slice holds: 1.5 MB, a few milliseconds of work between two answers of the thread. */
export const SLICE_POINTS = 65_536

/** The points of contents in log order, slice by slice. */
export function* readSlices(series: SeriesSource): Generator<SectionColumns> {
  const { count } = series.summary
  for (let from = 0; from < count;) {
    const slice = series.read(from, Math.min(SLICE_POINTS, count - from))
    if (slice.steps.length === 0) throw new Error(`${series.summary.key} ends at ${from} of ${count} points`)
    yield slice
    from += slice.steps.length
  }
}

/** Whether no step is a fraction. Cost: one pass over steps, which lets other work run. */
export async function areStepsWhole(series: readonly SeriesSource[], progress: Progress): Promise<boolean> {
  const total = countPoints(series)
  let seen = 0
  for (const source of series) {
    for (const { steps } of readSlices(source)) {
      if (!steps.every(Number.isInteger)) return false
      seen += steps.length
      if (seen < SLICE_POINTS) continue
      seen = 0
      await progress.report(0, total, 'points')
    }
  }
  return true
}

export function countPoints(series: readonly SeriesSource[]): number {
  return series.reduce((sum, { summary }) => sum + summary.count, 0)
}

/** Series by what their runs belong to, in their order. */
export function groupSeries(
  series: readonly SeriesSource[],
  groupOf: (runId: RunId) => string | undefined,
): ReadonlyMap<string | undefined, readonly SeriesSource[]> {
  const groups = new Map<string | undefined, SeriesSource[]>()
  for (const source of series) {
    const id = groupOf(source.summary.runId)
    const group = groups.get(id)
    if (group === undefined) groups.set(id, [source])
    else group.push(source)
  }
  return groups
}
