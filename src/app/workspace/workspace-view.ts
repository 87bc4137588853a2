import { isFiniteNumber, isRecord } from '../../model/raw-value.ts'
import type { RunId } from '../../model/units.ts'
import { SMOOTHING_METHODS, type PointAxis, type Smoothing, type XAxis } from '../../protocol/windows.ts'
import { TABLE_FIELD, type TableView } from './table-view.ts'
import { changedCharts, INITIAL_CHARTS, parseCharts, type ChartsView } from './charts-view.ts'
import { INITIAL_COMPARE, parseCompare, type CompareView } from './compare-view.ts'
import { sqlField } from './sql-view.ts'
import { choice, flag, optional, parseTexts, text, value, type Field } from './view-fields.ts'
import type { XRange } from './x-range.ts'

export const TABS = ['charts', 'table', 'compare', 'artifacts', 'sql'] as const
/** The ways to look at an experiment. */
export type Tab = (typeof TABS)[number]

export const RUN_TABS = ['charts', 'artifacts', 'console'] as const
/** The ways to look at one run. */
export type RunTab = (typeof RUN_TABS)[number]

export const RUN_ORDERS = ['newest', 'best'] as const
/** How the run list is sorted. */
export type RunOrder = (typeof RUN_ORDERS)[number]

/** Which runs are drawn. `others`: what holds for the rest; null for as many of the newest as the eye can tell apart. */
export interface Drawn {
  readonly others: boolean | null
  readonly shown: readonly RunId[]
  readonly hidden: readonly RunId[]
}

export const ALL_DRAWN: Drawn = { others: null, shown: [], hidden: [] }

/**
 * Everything the user arranged in the workspace of one experiment: what a link, a saved view and undo are about.
 */
export interface WorkspaceView {
  readonly tab: Tab
  readonly filter: string
  readonly x: XAxis
  readonly zoom: XRange | null
  /** What was boxed of y in the chart of one metric; it ends with the next box. */
  readonly zoomY: ZoomY | null
  readonly smoothing: Smoothing | null
  readonly ignoreOutliers: boolean
  /** Whether charts show what happened to runs. */
  readonly events: boolean
  readonly charts: ChartsView
  readonly drawn: Drawn
  /** Whether the run that is picked has the screen to itself. */
  readonly isRunAlone: boolean
  readonly runTab: RunTab
  /** The metric the run list tells of; null for the likeliest. */
  readonly rank: string | null
  /** What is first in the run list: the run that began last, or the best by that metric. */
  readonly runOrder: RunOrder
  /** Runs that come first everywhere, in this order. */
  readonly pinnedRuns: readonly RunId[]
  readonly table: TableView
  readonly compare: CompareView
  /** How media are looked at; `media-view.ts` reads it, where they are shown. */
  readonly media: string
  /** How artifacts are looked at; `artifacts-view.ts` reads it, where they are shown. */
  readonly artifacts: string
  /** What stands in the console. */
  readonly sql: string
}

export interface ZoomY {
  readonly metric: string
  readonly from: number
  readonly to: number
}

type Fields = { readonly [K in keyof WorkspaceView]: Field<WorkspaceView[K]> }

/** Runs a link names one by one. */
export const MAX_NAMED_RUNS = 500
/** Of more nothing is first any more. */
export const MAX_PINNED_RUNS = 50

const FIELDS: Fields = {
  tab: choice(TABS, 'charts'),
  filter: text(''),
  x: { initial: 'step', print: printX, parse: parseX },
  zoom: value<XRange | null>(null, parseRange),
  zoomY: value<ZoomY | null>(null, parseZoomY),
  smoothing: value<Smoothing | null>(null, parseSmoothing),
  ignoreOutliers: flag(false),
  events: flag(true),
  charts: value<ChartsView>(INITIAL_CHARTS, parseCharts, changedCharts),
  drawn: value<Drawn>(ALL_DRAWN, parseDrawn),
  isRunAlone: flag(false),
  runTab: choice(RUN_TABS, 'charts'),
  rank: optional(),
  runOrder: choice(RUN_ORDERS, 'newest'),
  pinnedRuns: value<readonly RunId[]>([], (raw) => parseTexts(raw, MAX_PINNED_RUNS)),
  table: TABLE_FIELD,
  compare: value<CompareView>(INITIAL_COMPARE, parseCompare),
  media: text(''),
  artifacts: text(''),
  sql: sqlField,
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

function parseZoomY(raw: unknown): ZoomY | null | undefined {
  const range = parseRange(raw)
  if (range === null || range === undefined || !isRecord(raw)) return undefined
  const metric = raw['metric']
  return typeof metric === 'string' ? { metric, from: range.from, to: range.to } : undefined
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
  const shown = parseTexts(raw['shown'], MAX_NAMED_RUNS)
  const hidden = parseTexts(raw['hidden'], MAX_NAMED_RUNS)
  if (shown === undefined || hidden === undefined) return undefined
  return others === null || typeof others === 'boolean' ? { others, shown, hidden } : undefined
}
