import { isFiniteNumber, isRecord } from '../../model/raw-value.ts'
import { parseOperand } from './operands.ts'
import { parseTexts } from './view-fields.ts'

/** What can be drawn of a metric. */
export const CHART_TYPE_NAMES = ['lines', 'distribution'] as const
export type ChartType = (typeof CHART_TYPE_NAMES)[number]

/** As a menu says it. */
export const CHART_TYPE_WORDS: Readonly<Record<ChartType, string>> = {
  lines: 'Lines',
  distribution: 'Distribution by group',
}

/** What is drawn where nothing is said. */
export const DEFAULT_CHART: ChartType = 'lines'

/** What of a chart is not as in the others. */
export interface ChartOptions {
  /** Left out where it is `DEFAULT_CHART`. */
  readonly type?: ChartType
  readonly logX: boolean
  readonly logY: boolean
  /** Ends of y that were set; left out where both follow the lines. */
  readonly y?: { readonly low: number | null; readonly high: number | null }
  /** Whether its lines are named under it; left out where that is as at first: of several metrics they are. */
  readonly legend?: boolean
}

export const OWN_CHART_KINDS = ['lines', 'bars', 'scatter', 'text'] as const
/** What somebody puts together of what was logged. */
export type OwnChartKind = (typeof OWN_CHART_KINDS)[number]

/** A chart of one's own. */
export interface OwnChart {
  readonly id: string
  readonly kind: OwnChartKind
  /** Empty for what it shows. */
  readonly title: string
  /** Empty for the first section of one's own. */
  readonly section: string
  /** lines: metrics. bars: what is drawn of each run. scatter: what x is, then y. The latter as `printOperand` writes it. */
  readonly shows: readonly string[]
  /** lines: metrics that match come in too, those that are logged later as well; empty for none. */
  readonly pattern: string
  /** text: Markdown. */
  readonly text: string
}

export const PLAIN_CHART: ChartOptions = { logX: false, logY: false }

export const BANDS = ['std', 'range', 'ci'] as const
/** What is shaded around the mean of a group: its deviation, all of it, or where the mean is to 95 %. */
export type Band = (typeof BANDS)[number]

/** How the charts of an experiment are arranged. `…By`: an operand as `printOperand` writes it; null for the runs themselves. */
export interface ChartsView {
  /** Charts of which metrics: a regular expression, in part and in any case; empty for all. */
  readonly metrics: string
  /** In their order, before all sections. */
  readonly pinned: readonly string[]
  /** In their order, before the pinned ones. */
  readonly own: readonly OwnChart[]
  /** Sections of which only the name is shown, by prefix. */
  readonly collapsed: readonly string[]
  /** Metrics that were moved come in this order, before the others of their section. */
  readonly order: readonly string[]
  /** Sections that were moved come in this order, before the others. */
  readonly sections: readonly string[]
  readonly options: Readonly<Record<string, ChartOptions>>
  /** The metric that has the screen to itself. */
  readonly expanded: string | null
  /** One line for all runs with the same value of each; empty for a line a run. */
  readonly groupBy: readonly string[]
  readonly band: Band
  readonly colorBy: string | null
  readonly dashBy: string | null
  /** A chart of its own for each value. */
  readonly splitBy: string | null
}

export const INITIAL_CHARTS: ChartsView = {
  metrics: '',
  pinned: [],
  own: [],
  collapsed: [],
  order: [],
  sections: [],
  options: {},
  expanded: null,
  groupBy: [],
  band: 'std',
  colorBy: null,
  dashBy: null,
  splitBy: null,
}

/** Nobody tells groups apart by more, and the panel has room for as many. */
export const MAX_GROUP_KEYS = 12
/** Bounds of what a link may name one by one. */
const MAX_NAMED = 2_000
export const MAX_OWN_CHARTS = 100
/** More lines of one run are not told apart. */
export const MAX_SHOWN = 12
/** Unit: UTF-16 code units. */
const MAX_TEXT = 2_000
/** A text among the charts, which the link to them carries too. */
export const MAX_CARD_TEXT = 8_000

/** Makes an arrangement of whatever a link says; undefined for what is none. */
export function parseCharts(raw: unknown): ChartsView | undefined {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) return undefined
  const part = (name: keyof ChartsView): unknown =>
    Object.hasOwn(raw, name) ? Reflect.get(raw, name) : undefined
  const texts = (name: keyof ChartsView): readonly string[] => parseTexts(part(name), MAX_NAMED) ?? []
  const operand = (name: keyof ChartsView): string | null => {
    const text = parseText(part(name))
    return text !== null && parseOperand(text) !== null ? text : null
  }
  return {
    metrics: parseText(part('metrics')) ?? '',
    pinned: texts('pinned'),
    own: parseOwnCharts(part('own')),
    collapsed: texts('collapsed'),
    order: texts('order'),
    sections: texts('sections'),
    options: parseOptions(part('options')),
    expanded: parseText(part('expanded')),
    groupBy: parseGroupBy(part('groupBy')),
    band: BANDS.find((band) => band === part('band')) ?? INITIAL_CHARTS.band,
    colorBy: operand('colorBy'),
    dashBy: operand('dashBy'),
    splitBy: operand('splitBy'),
  }
}

/** Links of before say one operand, which is a list of one. */
function parseGroupBy(raw: unknown): readonly string[] {
  const written = typeof raw === 'string' ? [raw] : (parseTexts(raw, MAX_NAMED) ?? [])
  const operands = written.filter((text) => text.length <= MAX_TEXT && parseOperand(text) !== null)
  return [...new Set(operands)].slice(0, MAX_GROUP_KEYS)
}

/** Only what is not as at first, so that links stay short. */
export function changedCharts(charts: ChartsView): Partial<ChartsView> {
  const names = Object.keys(INITIAL_CHARTS) as (keyof ChartsView)[]
  const changed = names.filter(
    (name) => JSON.stringify(charts[name]) !== JSON.stringify(INITIAL_CHARTS[name]),
  )
  return Object.fromEntries(changed.map((name) => [name, charts[name]]))
}

function parseText(raw: unknown, most = MAX_TEXT): string | null {
  return typeof raw === 'string' ? raw.slice(0, most) : null
}

function parseOptions(raw: unknown): Record<string, ChartOptions> {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) return {}
  const entries = Object.entries(raw as Readonly<Record<string, unknown>>).slice(0, MAX_NAMED)
  return Object.fromEntries(
    entries.flatMap(([metric, options]) => {
      if (typeof options !== 'object' || options === null) return []
      return [
        [
          metric,
          {
            ...parseType(Reflect.get(options, 'type')),
            logX: Reflect.get(options, 'logX') === true,
            logY: Reflect.get(options, 'logY') === true,
            ...parseEnds(Reflect.get(options, 'y')),
            ...parseLegend(Reflect.get(options, 'legend')),
          },
        ],
      ]
    }),
  )
}

function parseLegend(raw: unknown): Pick<ChartOptions, 'legend'> {
  return typeof raw === 'boolean' ? { legend: raw } : {}
}

function parseOwnCharts(raw: unknown): readonly OwnChart[] {
  if (!Array.isArray(raw)) return []
  const charts = raw.slice(0, MAX_OWN_CHARTS).flatMap((each: unknown) => parseOwnChart(each) ?? [])
  // Two of one id could not be told apart.
  return [...new Map(charts.map((chart) => [chart.id, chart])).values()]
}

/** A kind that this Kymo does not know is left out. */
function parseOwnChart(raw: unknown): OwnChart | null {
  if (!isRecord(raw)) return null
  const id = parseText(raw['id'])
  const kind = OWN_CHART_KINDS.find((each) => each === raw['kind'])
  if (id === null || id === '' || kind === undefined) return null
  const isShown = (text: string): boolean =>
    text.length <= MAX_TEXT && (kind === 'lines' || (kind !== 'text' && parseOperand(text) !== null))
  const shows = (parseTexts(raw['shows'], MAX_SHOWN) ?? []).filter(isShown)
  const [title, section] = [parseText(raw['title']) ?? '', parseText(raw['section']) ?? '']
  const pattern = kind === 'lines' ? (parseText(raw['pattern']) ?? '') : ''
  return {
    id,
    kind,
    title,
    section,
    shows: [...new Set(shows)],
    pattern,
    text: parseText(raw['text'], MAX_CARD_TEXT) ?? '',
  }
}

function parseEnds(raw: unknown): Pick<ChartOptions, 'y'> {
  if (!isRecord(raw)) return {}
  const [low, high] = [raw['low'], raw['high']].map((end) => (isFiniteNumber(end) ? end : null))
  return makeEnds(low ?? null, high ?? null)
}

/** Ends that leave nothing between them are none. */
export function makeEnds(low: number | null, high: number | null): Pick<ChartOptions, 'y'> {
  if (low === null && high === null) return {}
  return low !== null && high !== null && low >= high ? {} : { y: { low, high } }
}

/** A type that this Kymo does not know is the default. */
function parseType(raw: unknown): Pick<ChartOptions, 'type'> {
  const type = CHART_TYPE_NAMES.find((each) => each === raw)
  return type === undefined || type === DEFAULT_CHART ? {} : { type }
}
