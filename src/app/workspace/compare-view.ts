import { isFiniteNumber, isRecord } from '../../model/raw-value.ts'
import { SHOWN_AGGREGATES, type ShownAggregate } from '../../model/aggregates.ts'
import type { RunId } from '../../model/units.ts'
import { parseOperand } from './operands.ts'
import { parseTexts } from './view-fields.ts'

export const COMPARE_SECTIONS = [
  'sweep',
  'params',
  'tags',
  'environment',
  'metrics',
  'parallel',
  'scatter',
  'heat',
  'importance',
  'curves',
  'media',
] as const
export type CompareSection = (typeof COMPARE_SECTIONS)[number]

/** Which value of each metric is compared; `best`: the smallest or the largest, whichever is better. */
export type ComparedAggregate = ShownAggregate | 'best'
export const COMPARED_AGGREGATES: readonly ComparedAggregate[] = [
  ...SHOWN_AGGREGATES.slice(0, 1),
  'best',
  ...SHOWN_AGGREGATES.slice(1),
]

/** One axis. `by`, here and below: an operand as `printOperand` writes it. */
export interface AxisChoice {
  readonly by: string
  readonly isFlipped: boolean
  /** null: log where the values span decades. */
  readonly isLog: boolean | null
}

/** What part of an axis is picked: a range of its numbers, or the ids of some of its categories. */
export type Brush =
  | { readonly by: string; readonly from: number; readonly to: number }
  | { readonly by: string; readonly categories: readonly string[] }

export interface ScatterChoice {
  /** null: the likeliest. */
  readonly x: string | null
  readonly y: string | null
  /** null: dots have the colours of their runs. */
  readonly color: string | null
  readonly logX: boolean | null
  readonly logY: boolean | null
  /** What runs have in common in each of several plots; null: one plot of all. */
  readonly split: string | null
}

/** What a heat map is of: the mean of a metric by two of what runs were given. null: the likeliest. */
export interface HeatChoice {
  readonly x: string | null
  readonly y: string | null
  readonly metric: string | null
}

/** What is looked at of several runs side by side. null: the first key, and the latest step. */
export interface MediaChoice {
  readonly key: string | null
  readonly step: number | null
}

/** What the curves of runs are: as they were logged, or minus that of the baseline. */
export const CURVE_KINDS = ['values', 'difference'] as const
export type CurveKind = (typeof CURVE_KINDS)[number]

/** How the user arranged the comparison of runs. */
export interface CompareView {
  /** null: the first of the drawn runs. */
  readonly baseline: RunId | null
  readonly showEqual: boolean
  readonly aggregate: ComparedAggregate
  /** null: the params that vary, and the metric of the run list. */
  readonly axes: readonly AxisChoice[] | null
  readonly brushes: readonly Brush[]
  /** What colours the lines: an operand, `runs`, or null for the last axis. */
  readonly lineColor: string | null
  readonly scatter: ScatterChoice
  readonly heat: HeatChoice
  /** The metric that params are held against; null: that of the run list. */
  readonly target: string | null
  /** Metrics whose curves are shown; null: that of the run list. */
  readonly curves: readonly string[] | null
  readonly curveKind: CurveKind
  readonly media: MediaChoice
  readonly closed: readonly CompareSection[]
}

export const INITIAL_SCATTER: ScatterChoice = {
  x: null,
  y: null,
  color: null,
  logX: null,
  logY: null,
  split: null,
}
export const INITIAL_HEAT: HeatChoice = { x: null, y: null, metric: null }

export const INITIAL_COMPARE: CompareView = {
  baseline: null,
  showEqual: false,
  aggregate: 'last',
  axes: null,
  brushes: [],
  lineColor: null,
  scatter: INITIAL_SCATTER,
  heat: INITIAL_HEAT,
  target: null,
  curves: null,
  curveKind: 'values',
  media: { key: null, step: null },
  closed: [],
}

/** More axes than this are no picture. */
export const MAX_AXES = 24
export const MAX_CURVES = 24
/** Of one axis that a link picks. */
export const MAX_BRUSHED_CATEGORIES = 200

/** Reads what a link says of a comparison: what cannot be read is as at first. Errors: undefined for what is no object. */
export function parseCompare(raw: unknown): CompareView | undefined {
  if (!isRecord(raw)) return undefined
  const { baseline, showEqual, aggregate, axes, brushes, lineColor, scatter, heat, target, curves, closed } =
    raw
  return {
    baseline: typeof baseline === 'string' ? baseline : null,
    showEqual: showEqual === true,
    aggregate: COMPARED_AGGREGATES.find((each) => each === aggregate) ?? INITIAL_COMPARE.aggregate,
    axes: Array.isArray(axes) ? uniqueBy(parseEach(axes, parseAxis)).slice(0, MAX_AXES) : null,
    brushes: Array.isArray(brushes) ? uniqueBy(parseEach(brushes, parseBrush)).slice(0, MAX_AXES) : [],
    lineColor: lineColor === 'runs' ? lineColor : operandText(lineColor),
    scatter: isRecord(scatter) ? parseScatter(scatter) : INITIAL_SCATTER,
    heat: isRecord(heat) ? parseHeat(heat) : INITIAL_HEAT,
    target: operandText(target),
    curves: parseTexts(curves, MAX_CURVES) ?? null,
    curveKind: CURVE_KINDS.find((each) => each === raw['curveKind']) ?? INITIAL_COMPARE.curveKind,
    media: isRecord(raw['media']) ? parseMedia(raw['media']) : INITIAL_COMPARE.media,
    closed: Array.isArray(closed) ? COMPARE_SECTIONS.filter((section) => closed.includes(section)) : [],
  }
}

function parseAxis(raw: unknown): AxisChoice | undefined {
  if (!isRecord(raw)) return undefined
  const by = operandText(raw['by'])
  return by === null
    ? undefined
    : { by, isFlipped: raw['isFlipped'] === true, isLog: flagOrNull(raw['isLog']) }
}

function parseBrush(raw: unknown): Brush | undefined {
  if (!isRecord(raw)) return undefined
  const by = operandText(raw['by'])
  if (by === null) return undefined
  const { from, to } = raw
  if (isFiniteNumber(from) && isFiniteNumber(to)) return from <= to ? { by, from, to } : undefined
  const categories = parseTexts(raw['categories'], MAX_BRUSHED_CATEGORIES)
  return categories === undefined || categories.length === 0 ? undefined : { by, categories }
}

function parseScatter(raw: Readonly<Record<string, unknown>>): ScatterChoice {
  return {
    x: operandText(raw['x']),
    y: operandText(raw['y']),
    color: operandText(raw['color']),
    logX: flagOrNull(raw['logX']),
    logY: flagOrNull(raw['logY']),
    split: operandText(raw['split']),
  }
}

function parseHeat(raw: Readonly<Record<string, unknown>>): HeatChoice {
  return { x: operandText(raw['x']), y: operandText(raw['y']), metric: operandText(raw['metric']) }
}

function parseMedia({ key, step }: Readonly<Record<string, unknown>>): MediaChoice {
  return { key: typeof key === 'string' ? key : null, step: isFiniteNumber(step) ? step : null }
}

function operandText(raw: unknown): string | null {
  return typeof raw === 'string' && parseOperand(raw) !== null ? raw : null
}

function flagOrNull(raw: unknown): boolean | null {
  return typeof raw === 'boolean' ? raw : null
}

function parseEach<T>(raw: readonly unknown[], parse: (each: unknown) => T | undefined): readonly T[] {
  return raw.map(parse).filter((each) => each !== undefined)
}

function uniqueBy<T extends { readonly by: string }>(list: readonly T[]): readonly T[] {
  return list.filter((each, index) => list.findIndex((other) => other.by === each.by) === index)
}
