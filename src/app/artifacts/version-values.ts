import type { Artifact } from '../../model/artifact.ts'
import type { Direction } from '../../model/experiment.ts'
import type { SeriesSummary } from '../../model/series.ts'
import { bestAggregate, defaultMetric, guessDirection } from '../workspace/metric-direction.ts'

/** A number that tells how good a version is. */
export interface VersionValue {
  readonly key: string
  readonly value: number
  readonly direction: Direction
  /** The best of the whole run that made it, which went on after it. */
  readonly isOfRun: boolean
}

/**
 * How good a version is by its own numbers: what it has an alias for, then the metrics of its run in its metadata. Only of
 * one that says none the best of its run, which may be of any other step.
 */
export function versionValues(artifact: Artifact, series: readonly SeriesSummary[]): readonly VersionValue[] {
  const own = ownValues(artifact, new Set(series.map(({ key }) => key)))
  return own.length > 0 ? own : inOrder(series.map(bestOfRun))
}

function ownValues(
  { heldAliases, metadata }: Artifact,
  logged: ReadonlySet<string>,
): readonly VersionValue[] {
  const ranked = new Map<string, VersionValue>()
  for (const { metric: key, value, direction } of heldAliases)
    if (key !== null && value !== null && direction !== null)
      ranked.set(key, { key, value, direction, isOfRun: false })
  const said = Object.entries(metadata).flatMap(([key, value]): VersionValue[] => {
    const direction = guessDirection(key)
    const isMetric = direction !== 'none' || logged.has(key)
    return typeof value === 'number' && isMetric && !ranked.has(key)
      ? [{ key, value, direction, isOfRun: false }]
      : []
  })
  return [...ranked.values(), ...inOrder(said)]
}

function bestOfRun(summary: SeriesSummary): VersionValue {
  const direction = guessDirection(summary.key)
  return {
    key: summary.key,
    value: summary[bestAggregate(direction)] ?? Number.NaN,
    direction,
    isOfRun: true,
  }
}

/** The metric a run is judged by, then others that have a best. */
function inOrder(values: readonly VersionValue[]): readonly VersionValue[] {
  const first = defaultMetric(values.map(({ key }) => key))
  const rank = ({ key, direction }: VersionValue): number => {
    if (key === first) return 0
    return direction === 'none' ? 2 : 1
  }
  return values.toSorted((a, b) => rank(a) - rank(b))
}
