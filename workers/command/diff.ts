import { findRun, readFound } from './find-runs.ts'
import { note, printJson, printTable, valueText } from './print.ts'
import { withSources } from './sources.ts'

export interface DiffOptions {
  readonly project?: string
  readonly json?: boolean
}

/** What two runs do not have alike, of one kind. Shape: by key, what each has; null where it has none. */
type Differences = Readonly<Record<string, readonly [unknown, unknown]>>

/** `kymo diff RUN RUN` */
export function diffRuns(a: string, b: string, { project, json }: DiffOptions): Promise<void> {
  return withSources(project, async (sources) => {
    const [of, other] = [await readFound(findRun(sources, a)), await readFound(findRun(sources, b))]
    const lasts = (detail: typeof of): Record<string, number> =>
      Object.fromEntries(detail.series.map(({ key, last }) => [key, last]))
    const found = {
      params: differences(of.params, other.params),
      tags: differences(of.tags, other.tags),
      metrics: differences(lasts(of), lasts(other)),
    }
    if (json === true) return printJson({ runs: [of.run.id, other.run.id], ...found })
    const rows = Object.entries(found).flatMap(([kind, keys]) =>
      Object.entries(keys).map(([key, [left, right]]) => [
        kind.slice(0, -1),
        key,
        valueText(left),
        valueText(right),
      ]),
    )
    if (rows.length === 0) return note('The two runs do not differ.')
    printTable(['of', 'key', of.run.name, other.run.name], rows)
  })
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
