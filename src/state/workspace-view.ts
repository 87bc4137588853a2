import type { RunId } from '../model/units.ts'
import { SMOOTHING_METHODS, type PointAxis, type Smoothing, type XAxis } from '../protocol/windows.ts'
import { flag, list, oneOf, optional, text, value, type Field } from './view-fields.ts'
import type { XRange } from './x-range.ts'

export const TABS = ['charts', 'table', 'compare', 'sql'] as const
export type Tab = (typeof TABS)[number]

export const BANDS = ['std', 'range', 'ci'] as const
/** std: mean ± standard deviation. range: least to greatest. ci: where the mean lies with 95 % confidence. */
export type Band = (typeof BANDS)[number]

/** Which runs are drawn. `others`: what holds for the rest; null for as many of the newest as the eye can tell apart. */
export interface Drawn {
  readonly others: boolean | null
  readonly shown: readonly RunId[]
  readonly hidden: readonly RunId[]
}

export const ALL_DRAWN: Drawn = { others: null, shown: [], hidden: [] }

export interface TableSort {
  readonly column: string
  readonly direction: 'ascending' | 'descending'
}

/**
 * Everything the user arranged in the workspace of one experiment: what a link, a saved view and undo are about.
 *
 * Columns and groups are names of the filter language: `param.lr`, `metric."val/acc".max`.
 */
export interface WorkspaceView {
  readonly tab: Tab
  readonly filter: string
  readonly x: XAxis
  readonly zoom: XRange | null
  readonly logX: boolean
  readonly smoothing: Smoothing | null
  readonly ignoreOutliers: boolean
  /** A regular expression of metrics; empty for all. */
  readonly metrics: string
  readonly collapsed: readonly string[]
  readonly pinned: readonly string[]
  /** Metrics in the order the user gave them; the others follow. */
  readonly order: readonly string[]
  readonly logY: readonly string[]
  readonly clipped: readonly string[]
  readonly drawn: Drawn
  /** What runs are drawn as one line of; null for none. */
  readonly groupBy: string | null
  readonly band: Band
  readonly colorBy: string | null
  readonly dashBy: string | null
  readonly facetBy: string | null
  /** The metric the run list tells of; null for the likeliest. */
  readonly rank: string | null
  readonly columns: readonly string[] | null
  readonly widths: Readonly<Record<string, number>>
  readonly pinnedColumns: readonly string[]
  readonly sort: readonly TableSort[]
  readonly tableGroup: string | null
  readonly baseline: RunId | null
  readonly axes: readonly string[] | null
  readonly scatterX: string | null
  readonly scatterY: string | null
  readonly target: string | null
  readonly sql: string
}

type Fields = { readonly [K in keyof WorkspaceView]: Field<WorkspaceView[K]> }

const MAX_KEYS = 500
/** Runs a link names one by one. */
export const MAX_NAMED_RUNS = 500

const FIELDS: Fields = {
  tab: oneOf(TABS, 'charts'),
  filter: text(''),
  x: { initial: 'step', print: printX, parse: parseX },
  zoom: value<XRange | null>(null, parseRange),
  logX: flag(false),
  smoothing: value<Smoothing | null>(null, parseSmoothing),
  ignoreOutliers: flag(false),
  metrics: text(''),
  collapsed: list(MAX_KEYS),
  pinned: list(MAX_KEYS),
  order: list(MAX_KEYS),
  logY: list(MAX_KEYS),
  clipped: list(MAX_KEYS),
  drawn: value<Drawn>(ALL_DRAWN, parseDrawn),
  groupBy: optional(),
  band: oneOf(BANDS, 'std'),
  colorBy: optional(),
  dashBy: optional(),
  facetBy: optional(),
  rank: optional(),
  columns: value<readonly string[] | null>(null, (raw) => list(MAX_KEYS).check(raw)),
  widths: value<Readonly<Record<string, number>>>({}, parseWidths),
  pinnedColumns: list(MAX_KEYS),
  sort: value<readonly TableSort[]>([], parseSorts),
  tableGroup: optional(),
  baseline: optional(),
  axes: value<readonly string[] | null>(null, (raw) => list(MAX_KEYS).check(raw)),
  scatterX: optional(),
  scatterY: optional(),
  target: optional(),
  sql: text(''),
}

const NAMES = Object.keys(FIELDS) as (keyof WorkspaceView)[]

export const INITIAL_VIEW = Object.fromEntries(
  NAMES.map((name) => [name, FIELDS[name].initial]),
) as unknown as WorkspaceView

/** What differs from a fresh workspace, as the parameters of a link. */
export function printView(view: WorkspaceView): string {
  const parameters = new URLSearchParams()
  for (const name of NAMES) {
    const field = FIELDS[name] as Field<unknown>
    const printed = field.print(view[name])
    if (printed !== field.print(field.initial)) parameters.set(name, printed)
  }
  return parameters.toString()
}

/** Reads what `printView` wrote; what cannot be read is as in a fresh workspace, for links come from anywhere. */
export function parseView(link: string): WorkspaceView {
  const parameters = new URLSearchParams(link)
  const entries = NAMES.map((name) => {
    const written = parameters.get(name)
    const field = FIELDS[name] as Field<unknown>
    return [name, written === null ? field.initial : (field.parse(written) ?? field.initial)] as const
  })
  return Object.fromEntries(entries) as unknown as WorkspaceView
}

const POINT_AXES: readonly PointAxis[] = ['step', 'time', 'relative']
const METRIC_AXIS = 'metric:'

function printX(x: XAxis): string {
  return typeof x === 'object' ? `${METRIC_AXIS}${x.metric}` : x
}

function parseX(written: string): XAxis | undefined {
  if (written.startsWith(METRIC_AXIS)) return { metric: written.slice(METRIC_AXIS.length) }
  return POINT_AXES.find((axis) => axis === written)
}

function parseRange(raw: unknown): XRange | null | undefined {
  if (!isRecord(raw)) return undefined
  const { from, to } = raw
  return isFiniteNumber(from) && isFiniteNumber(to) && from < to ? { from, to } : undefined
}

function parseSmoothing(raw: unknown): Smoothing | null | undefined {
  if (!isRecord(raw)) return undefined
  const method = SMOOTHING_METHODS.find((each) => each === raw['method'])
  const width = raw['width']
  return method !== undefined && isFiniteNumber(width) && width > 0 ? { method, width } : undefined
}

function parseDrawn(raw: unknown): Drawn | undefined {
  if (!isRecord(raw)) return undefined
  const { others } = raw
  const shown = list(MAX_NAMED_RUNS).check(raw['shown'])
  const hidden = list(MAX_NAMED_RUNS).check(raw['hidden'])
  if (shown === undefined || hidden === undefined) return undefined
  return others === null || typeof others === 'boolean' ? { others, shown, hidden } : undefined
}

function parseWidths(raw: unknown): Readonly<Record<string, number>> | undefined {
  if (!isRecord(raw)) return undefined
  return Object.fromEntries(
    Object.entries(raw).filter(
      (entry): entry is [string, number] => isFiniteNumber(entry[1]) && entry[1] > 0,
    ),
  )
}

function parseSorts(raw: unknown): readonly TableSort[] | undefined {
  if (!Array.isArray(raw)) return undefined
  return raw.flatMap((each: unknown): TableSort[] => {
    if (!isRecord(each) || typeof each['column'] !== 'string') return []
    return [
      { column: each['column'], direction: each['direction'] === 'descending' ? 'descending' : 'ascending' },
    ]
  })
}

function isRecord(raw: unknown): raw is Readonly<Record<string, unknown>> {
  return typeof raw === 'object' && raw !== null && !Array.isArray(raw)
}

function isFiniteNumber(raw: unknown): raw is number {
  return typeof raw === 'number' && Number.isFinite(raw)
}
