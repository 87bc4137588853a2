import type { RunDetail } from '../../src/protocol/runs-api.ts'
import { findRun, readFound } from './find-runs.ts'
import { note, printJson, printTable, valueText } from './print.ts'
import { withSources, type Source } from './sources.ts'

export interface DiffOptions {
  readonly project?: string
  readonly json?: boolean
}

/** What two runs do not have alike, of one kind. Shape: by key, what each has; null where it has none. */
type Differences = Readonly<Record<string, readonly [unknown, unknown]>>

/** What two runs do not have alike; of metrics their last values. */
export interface DiffJson {
  readonly runs: readonly [string, string]
  readonly params: Differences
  readonly tags: Differences
  readonly metrics: Differences
}

/** `kymo diff RUN RUN` */
export function diffRuns(a: string, b: string, { project, json }: DiffOptions): Promise<void> {
  return withSources(project, async (sources) => {
    const { names, diff } = await findDiff(sources, a, b)
    if (json === true) return printJson(diff)
    const rows = [diff.params, diff.tags, diff.metrics].flatMap((keys, kind) =>
      Object.entries(keys).map(([key, [left, right]]) => [
        ['param', 'tag', 'metric'][kind] ?? '',
        key,
        valueText(left),
        valueText(right),
      ]),
    )
    if (rows.length === 0) return note('The two runs do not differ.')
    printTable(['of', 'key', ...names], rows)
  })
}

/** Errors: throws for a run that is not there. */
export async function findDiff(
  sources: readonly Source[],
  a: string,
  b: string,
): Promise<{ readonly names: readonly [string, string]; readonly diff: DiffJson }> {
  const [of, other] = [await readFound(findRun(sources, a)), await readFound(findRun(sources, b))]
  return {
    names: [of.run.name, other.run.name],
    diff: {
      runs: [of.run.id, other.run.id],
      params: differences(of.params, other.params),
      tags: differences(of.tags, other.tags),
      metrics: differences(lasts(of), lasts(other)),
    },
  }
}

function lasts({ series }: RunDetail): Readonly<Record<string, number>> {
  return Object.fromEntries(series.map(({ key, last }) => [key, last]))
}

function differences(
  of: Readonly<Record<string, unknown>>,
  other: Readonly<Record<string, unknown>>,
): Differences {
  const keys = [...new Set([...Object.keys(of), ...Object.keys(other)])]
  return Object.fromEntries(
    keys
      .map((key) => [key, [of[key] ?? null, other[key] ?? null]] as const)
      .filter(([, [left, right]]) => printed(left) !== printed(right)),
  )
}

/** NaN is like NaN. */
function printed(value: unknown): string {
  return typeof value === 'number' ? String(value) : JSON.stringify(value)
}
