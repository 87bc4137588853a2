import { createEffect, createMemo, createSignal, on, onCleanup, type Accessor } from 'solid-js'
import type { RunId } from '../../model/units.ts'
import type { ChartOptions } from '../workspace/charts-view.ts'
import { isSameX } from '../experiment/create-chart-view.ts'
import { formatPlural } from '../../widgets/number-format.ts'
import { createWindows, joinedExtent, type AnsweredQuery, type WindowsQuery } from './create-windows.ts'
import { useTracker } from '../tracker/tracker.ts'
import { chartRange, clampZoom, positiveRange } from './x-extent.ts'
import type { ZoomY } from '../workspace/workspace-view.ts'
import type { XRange } from '../workspace/x-range.ts'
import { MAX_BUCKETS, type XAxis } from '../../protocol/windows.ts'
import { outlyingLines } from '../../widgets/chart/outlying-lines.ts'
import { drawableRange } from '../../widgets/chart/chart-range.ts'
import { hasFractions, type ChartLine, type ChartRange, type XKind } from '../../widgets/chart/chart-line.ts'
import type { Scale } from '../../widgets/ticks/axis-places.ts'
import { astrayWords, outlyingWords, receiptWords, toChartLines } from './chart-lines.ts'
import { useExperiment } from '../experiment/experiment-context.ts'
import type { Height } from './create-heights.ts'
import type { RunGroup } from '../experiment/run-groups.ts'
import { coverWords, groupLines, MAX_MEAN_RUNS } from './group-lines.ts'

/** What one chart is about. */
export interface ChartSubject {
  readonly metric: string
  /** null for all runs that charts tell of. */
  readonly runIds: ReadonlySet<RunId> | null
  /** The x of everything drawn in this chart and in all charts, unzoomed. */
  readonly ownExtent: XRange | null
  readonly sharedExtent: XRange | null
  /** How far the points reach that were read just now; null when the chart is gone. */
  onExtent(extent: XRange | null): void
  /** Of the charts that it stands beside, each of a part of the runs; left out for one of all. */
  readonly height?: SharedHeight | undefined
}

/** A y that charts share. */
export interface SharedHeight {
  /** What fits all of them. */
  readonly all: Height | null
  /** What fits this one; null when it draws nothing, or is gone. */
  onFit(height: Height | null): void
}

/** The curves of a chart as they are drawn. */
export interface ShownLines {
  readonly lines: readonly ChartLine[]
  readonly xKind: XKind
  readonly range: ChartRange
  readonly xScale: Scale
  /** Lines that are outliers as a whole, while outliers are ignored. */
  readonly outlying: ReadonlySet<string>
}

export interface ChartLinesState {
  readonly shown: Accessor<ShownLines>
  /** What a line is of. */
  readonly isOf: Accessor<'run' | 'group'>
  /** What is drawn, or why nothing is. */
  readonly receipt: Accessor<string>
  setPlotWidth(width: number): void
  /** `y`: what was boxed of it. */
  zoom(range: ChartRange, y?: ZoomY): void
}

const NONE: ReadonlySet<string> = new Set()

interface Picture {
  readonly lines: readonly ChartLine[]
  /** What the lines are the means of, in words; null where they are runs. */
  readonly cover: string | null
}

const NO_PICTURE: Picture = { lines: [], cover: null }
/** Entries of all runs together that means are made from, about: of many runs each is read more coarsely. */
const MEAN_ENTRIES = 200_000
const FEWEST_MEAN_BUCKETS = 100

function meanBuckets(runs: number): number {
  return Math.max(FEWEST_MEAN_BUCKETS, Math.floor(MEAN_ENTRIES / Math.max(1, runs)))
}

const NOTHING_SHOWN: ShownLines = {
  lines: [],
  xKind: 'step',
  range: { from: 0, to: 1 },
  xScale: 'linear',
  outlying: NONE,
}

/** Reads and styles the curves of one chart, live. */
export function createChartLines(subject: ChartSubject, options: Accessor<ChartOptions>): ChartLinesState {
  const tracker = useTracker()
  const { database, looks, pins, runs, series, view, visibility, workspace } = useExperiment()
  const [plotWidth, setPlotWidth] = createSignal(0)
  const charts = workspace.pick('charts')
  const scale = createMemo<Scale>(() => (options().logX && view.x() !== 'time' ? 'log' : 'linear'))

  const hasMetric = (id: RunId): boolean => series.table().get(id)?.has(subject.metric) === true
  /** What each line is the mean of, as far as this chart is about it; null where lines are runs. */
  const groups = createMemo(() => {
    const { runIds: only } = subject
    const all = looks.groups()
    if (all === null || only === null) return all
    return all.map((group) => within(group, only)).filter((group) => group.runIds.length > 0)
  })
  /** Also while it is not known yet by what: reading begins meanwhile. */
  const isGrouped = (): boolean => looks.isPending() || looks.groups() !== null
  /** Runs that have the metric, and running ones that may have it at any moment. */
  const runIds = createMemo<readonly RunId[]>(
    () =>
      (runs.runs() ?? [])
        .filter((run) => looks.covered().has(run.id) && subject.runIds?.has(run.id) !== false)
        .filter((run) => run.status === 'running' || hasMetric(run.id))
        .slice(0, isGrouped() ? MAX_MEAN_RUNS : undefined)
        .map((run) => run.id),
    [],
    { equals: (a, b) => a.length === b.length && a.every((id, index) => id === b[index]) },
  )
  const widest = (): number => Math.min(MAX_BUCKETS, plotWidth())
  /** null: everything there is. */
  const zoomed = createMemo(() => (scale() === 'log' ? positiveRange(view.zoom(), view.x()) : view.zoom()))
  const query = createMemo<WindowsQuery | null>(() => {
    if (plotWidth() === 0) return null
    return {
      database,
      key: subject.metric,
      runIds: runIds(),
      x: view.x(),
      range: zoomed(),
      buckets: isGrouped() ? Math.min(widest(), meanBuckets(runIds().length)) : widest(),
      smoothing: view.smoothing(),
      scale: scale(),
      whole: view.ignoreOutliers(),
    }
  })
  const { answered, failure } = createWindows(tracker, query)
  const drawnRuns = createMemo(() => {
    const { runIds: only } = subject
    const covered = looks.covered()
    return only === null ? covered : new Set([...covered].filter((id) => only.has(id)))
  })

  createEffect(
    on([answered, drawnRuns], ([latest, visible]) => {
      if (latest === undefined) subject.onExtent(null)
      if (latest === undefined || latest.asked.range !== null) return
      const { from, to, windows } = latest.answer
      const drawn = windows.filter((window) => visible.has(window.runId) && window.points > 0)
      if (drawn.length === 0) subject.onExtent(null)
      else
        subject.onExtent(
          drawn.length === windows.length ? { from, to } : inside(joinedExtent(drawn), latest.answer),
        )
    }),
  )
  onCleanup(() => subject.onExtent(null))

  const fullRange = (): XRange | null => {
    const range = chartRange(subject.ownExtent, subject.sharedExtent)
    return scale() === 'log' ? positiveRange(range, view.x()) : range
  }
  const range = createMemo(() => drawableRange(zoomed() ?? fullRange()), undefined, {
    equals: (a, b) => a.from === b.from && a.to === b.to,
  })
  const isBeyond = createMemo(() => reachesBeyond(answered()?.asked.range ?? null, range()))
  /** A mean of some of its runs is none: until all of them are read the old picture stays. */
  const isWhole = createMemo(() => {
    const asked = new Set(answered()?.asked.runIds)
    if (looks.isPending()) return false
    return groups() === null || runIds().every((id) => asked.has(id))
  })
  /** Not made anew while a range moves over what was read. */
  const picture = createMemo<Picture>((before) => {
    const latest = answered()
    return latest === undefined || !isWhole() ? before : pictureOf(latest, isBeyond())
  }, NO_PICTURE)
  const lines = (): readonly ChartLine[] => picture().lines
  const isBetweenSteps = createMemo(() => hasFractions(lines()))
  /** They are told by all of their length, so that a zoom does not change which they are. */
  const outlying = createMemo(() => {
    const latest = answered()
    if (!view.ignoreOutliers() || latest === undefined) return NONE
    return outlyingLines(wholeLines(latest), options().logY ? 'log' : 'linear')
  })

  /** The lines over everything there is; none where only a part was read. */
  function wholeLines({ asked, overview }: AnsweredQuery): readonly ChartLine[] {
    if (asked.range === null) return lines()
    if (overview === null) return []
    return pictureOf({ asked: { ...asked, range: null }, answer: overview, overview: null }, false).lines
  }

  function pictureOf(latest: AnsweredQuery, isBeyond: boolean): Picture {
    const each = toChartLines(latest, drawnRuns(), (id) => runs.label(id) ?? id, looks.style, isBeyond)
    const grouped = groups()
    if (grouped === null) return { lines: pins.last(each, ({ id }) => id), cover: null }
    const means = groupLines(each, grouped, charts().band, Math.max(widest(), latest.asked.buckets))
    const isRead = new Set(latest.asked.runIds)
    const { metric } = subject
    const cover = coverWords(grouped, each, means, metric, hasMetric, (id) => isRead.has(id))
    return { lines: means, cover }
  }

  const shown = createMemo<ShownLines>((before) => {
    const latest = answered()
    // Until the answer in the new unit of x is there, the old picture stays.
    if (latest === undefined || !isSameX(latest.asked.x, view.x())) return before
    return {
      lines: lines(),
      xKind: xKindOf(view.x()),
      range: range(),
      xScale: range().from > 0 ? scale() : 'linear',
      outlying: outlying(),
    }
  }, NOTHING_SHOWN)

  const receipt = createMemo(
    () =>
      failure() ??
      [
        receiptWords(shown().lines, shown().range, options().logY, picture().cover),
        ...astrayWords(answered()?.answer.windows ?? [], drawnRuns()),
        outlyingWords(outlying(), picture().cover !== null),
        visibility.visible().size === 0
          ? `none of ${formatPlural(runs.runs()?.length ?? 0, 'run')} drawn`
          : '',
      ]
        .filter((words) => words !== '')
        .join(', '),
  )
  return {
    shown,
    isOf: () => (picture().cover === null ? 'run' : 'group'),
    receipt,
    setPlotWidth,
    zoom: (range, y) =>
      view.setZoom(
        clampZoom(isBetweenSteps() ? range : widenToSteps(range, xKindOf(view.x())), fullRange()),
        y,
      ),
  }
}

function within(group: RunGroup, only: ReadonlySet<RunId>): RunGroup {
  return { ...group, runIds: group.runIds.filter((id) => only.has(id)) }
}

/** The neighbours of what was read lie outside of it. */
function inside({ from, to }: XRange, read: XRange): XRange {
  return { from: Math.max(from, read.from), to: Math.min(to, read.to) }
}

/** Whether a range shows more than what was read; null: all was read. */
function reachesBeyond(read: XRange | null, shown: XRange): boolean {
  return read !== null && (shown.from < read.from || shown.to > read.to)
}

function xKindOf(x: XAxis): XKind {
  return typeof x === 'object' ? 'metric' : x
}

/** There is nothing to see between two steps or within a millisecond: a zoom covers at least two of them. */
function widenToSteps(range: ChartRange, kind: XKind): ChartRange {
  if (kind === 'metric' || range.to - range.from >= 2) return range
  const middle = kind === 'step' ? Math.round((range.from + range.to) / 2) : (range.from + range.to) / 2
  return { from: middle - 1, to: middle + 1 }
}
