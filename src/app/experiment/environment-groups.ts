import { isJsonObject, type JsonObject, type JsonValue } from '../../model/json.ts'
import { flattenFacts, type Fact } from '../shell/json-words.ts'

/** Part of what is known of where a run trained. */
export interface EnvironmentGroup {
  readonly title: string
  readonly facts: readonly Fact[]
}

/** What one column of a dataset holds, in words and numbers; null where that is not known. */
export interface DatasetColumn {
  readonly name: string
  readonly type: string
  readonly min: number | null
  readonly max: number | null
  readonly mean: number | null
  /** Values that are missing or NaN. */
  readonly without: number
}

export interface DatasetProfile {
  readonly name: string
  /** null where it could not be digested. */
  readonly fingerprint: string | null
  readonly rows: number
  readonly columnCount: number
  readonly ragged: number
  readonly columns: readonly DatasetColumn[]
  readonly classes: readonly { readonly name: string; readonly count: number }[]
}

const TITLES: Readonly<Record<string, string>> = { code: 'Code', tfjs: 'TensorFlow.js', gpu: 'Graphics' }

/** What the browser tells by itself. */
const BROWSER: ReadonlySet<string> = new Set([
  'browser',
  'userAgent',
  'language',
  'timezone',
  'page',
  'cores',
  'deviceMemory',
  'crossOriginIsolated',
])

/** More columns or classes than this are not looked at one by one. */
const MAX_SHOWN = 64

function isGroup(key: string, value: JsonValue): boolean {
  return isJsonObject(value) && !BROWSER.has(key)
}

/** The environment of a run without its datasets: code first, then the browser, then what frameworks and the training said. */
export function environmentGroups(environment: JsonObject): readonly EnvironmentGroup[] {
  const { datasets: _, ...others } = environment
  const entries = Object.entries(others)
  const only = (keep: (key: string, value: JsonValue) => boolean): readonly Fact[] =>
    flattenFacts(Object.fromEntries(entries.filter(([key, value]) => keep(key, value))))
  const named = entries
    .filter(([key, value]) => isGroup(key, value))
    .map(([key, value]) => ({ title: TITLES[key] ?? key, facts: flattenFacts(value) }))
  const groups = [
    ...named.filter(({ title }) => title === TITLES['code']),
    { title: 'Browser', facts: only((key) => BROWSER.has(key)) },
    ...named.filter(({ title }) => title !== TITLES['code']),
    {
      title: 'Said by the training',
      facts: only((key, value) => !BROWSER.has(key) && !isGroup(key, value)),
    },
  ]
  return groups.filter(({ facts }) => facts.length > 0)
}

/** The datasets of an environment; what is none is left out, for a file may say anything. */
export function parseDatasets(environment: JsonObject): readonly DatasetProfile[] {
  const { datasets } = environment
  if (!isJsonObject(datasets)) return []
  return Object.entries(datasets).flatMap(([name, profile]) => {
    if (!isJsonObject(profile)) return []
    const { columns, classes, fingerprint } = profile
    return [
      {
        name,
        fingerprint: typeof fingerprint === 'string' ? fingerprint : null,
        rows: numberOr(profile['rows'], 0),
        columnCount: numberOr(profile['columnCount'], 0),
        ragged: numberOr(profile['ragged'], 0),
        columns: (Array.isArray(columns) ? columns : []).slice(0, MAX_SHOWN).flatMap(parseColumn),
        classes: (isJsonObject(classes) ? Object.entries(classes) : [])
          .slice(0, MAX_SHOWN)
          .map(([label, count]) => ({ name: label, count: numberOr(count, 0) })),
      },
    ]
  })
}

function parseColumn(raw: JsonValue): readonly DatasetColumn[] {
  if (!isJsonObject(raw)) return []
  const { name, type, min, max, mean, missing, nan } = raw
  return [
    {
      name: String(name),
      type: String(type),
      min: numberOr(min, null),
      max: numberOr(max, null),
      mean: numberOr(mean, null),
      without: numberOr(missing, 0) + numberOr(nan, 0),
    },
  ]
}

function numberOr<T>(value: JsonValue | undefined, other: T): number | T {
  return typeof value === 'number' ? value : other
}
