import { createMemo, type Accessor } from 'solid-js'
import {
  DEFAULT_CHART,
  makeEnds,
  PLAIN_CHART,
  type ChartOptions,
  type ChartsView,
} from '../workspace/charts-view.ts'
import { createMetricFilter } from './create-metric-filter.ts'
import type { Workspace } from '../workspace/create-workspace.ts'
import { groupMetrics, metricPrefix, type MetricSection } from './metric-sections.ts'

/** How the charts of an experiment are arranged, and how that is changed. */
export interface ChartsState {
  /** Charts that were pinned, which exist. */
  readonly pinned: Accessor<readonly string[]>
  /** The other charts that are asked for, by prefix. */
  readonly sections: Accessor<readonly MetricSection[]>
  /** What is wrong with the pattern of metrics, as a sentence. */
  readonly patternProblem: Accessor<string | null>
  options(metric: string): ChartOptions
  setOptions(metric: string, part: Partial<ChartOptions>): void
  /** Sets ends of y; null for one that follows the lines. */
  setEnds(metric: string, low: number | null, high: number | null): void
  isPinned(metric: string): boolean
  togglePin(metric: string): void
  isCollapsed(prefix: string): boolean
  toggleCollapsed(prefix: string): void
  setAllCollapsed(collapsed: boolean): void
  /** Puts a chart where another of its section, or of the pinned ones, is. */
  move(metric: string, to: string): void
  /** Puts a section where another is. */
  moveSection(prefix: string, to: string): void
  change(label: string, part: Partial<ChartsView>, kind?: string): void
}

export function createCharts(workspace: Workspace, keys: Accessor<readonly string[]>): ChartsState {
  const charts = workspace.pick('charts')
  const filter = createMetricFilter(createMemo(() => charts().metrics))
  const pinnedNames = createMemo(() => charts().pinned)
  const order = createMemo(() => charts().order)
  const sectionOrder = createMemo(() => charts().sections)
  const options = createMemo(() => charts().options)
  const collapsed = createMemo(() => new Set(charts().collapsed))

  const asked = createMemo(() => keys().filter(filter.test()))
  const pinned = createMemo(() => {
    const known = new Set(asked())
    return pinnedNames().filter((metric) => known.has(metric))
  })
  const sections = createMemo(() => {
    const isPinned = new Set(pinned())
    const grouped = groupMetrics(asked().filter((metric) => !isPinned.has(metric))).map(
      ({ prefix, keys: members }) => ({ prefix, keys: inOrder(members, order()) }),
    )
    const prefixes = inOrder(
      grouped.map(({ prefix }) => prefix),
      sectionOrder(),
    )
    return prefixes.flatMap((prefix) => grouped.find((section) => section.prefix === prefix) ?? [])
  })

  const change = (label: string, part: Partial<ChartsView>, kind?: string): void =>
    workspace.change(label, { charts: { ...charts(), ...part } }, kind)

  const optionsOf = (metric: string): ChartOptions => options()[metric] ?? PLAIN_CHART

  function putOptions(metric: string, after: ChartOptions, what: 'axes' | 'type'): void {
    const { [metric]: _, ...others } = options()
    const { type = DEFAULT_CHART, logX, logY, y } = after
    const plain: ChartOptions = {
      logX,
      logY,
      ...(type === DEFAULT_CHART ? {} : { type }),
      ...(y === undefined ? {} : { y }),
    }
    const isPlain = JSON.stringify(plain) === JSON.stringify(PLAIN_CHART)
    change(`Change the ${what} of ${metric}`, { options: isPlain ? others : { ...others, [metric]: plain } })
  }

  return {
    pinned,
    sections,
    patternProblem: filter.problem,
    change,
    options: optionsOf,
    setOptions(metric, part) {
      const what = part.type === undefined ? 'axes' : 'type'
      putOptions(metric, { ...optionsOf(metric), ...part }, what)
    },
    setEnds(metric, low, high) {
      const { y: _, ...others } = optionsOf(metric)
      putOptions(metric, { ...others, ...makeEnds(low, high) }, 'axes')
    },
    isPinned: (metric) => pinnedNames().includes(metric),
    togglePin(metric) {
      const isPinned = pinnedNames().includes(metric)
      change(isPinned ? `Unpin ${metric}` : `Pin ${metric}`, {
        pinned: isPinned ? pinnedNames().filter((each) => each !== metric) : [...pinnedNames(), metric],
      })
    },
    isCollapsed: (prefix) => collapsed().has(prefix),
    toggleCollapsed(prefix) {
      const isCollapsed = collapsed().has(prefix)
      change(isCollapsed ? 'Open a section' : 'Close a section', {
        collapsed: isCollapsed
          ? charts().collapsed.filter((each) => each !== prefix)
          : [...charts().collapsed, prefix],
      })
    },
    setAllCollapsed(isCollapsed) {
      const prefixes = sections().map(({ prefix }) => prefix)
      change(isCollapsed ? 'Close all sections' : 'Open all sections', {
        collapsed: isCollapsed ? prefixes : [],
      })
    },
    move(metric, to) {
      if (pinnedNames().includes(metric) && pinnedNames().includes(to)) {
        change(`Move ${metric}`, { pinned: moved(pinnedNames(), metric, to) })
        return
      }
      const section = sections().find(({ prefix }) => prefix === metricPrefix(metric))
      if (section === undefined || !section.keys.includes(to) || !section.keys.includes(metric)) return
      const others = order().filter((each) => !section.keys.includes(each))
      change(`Move ${metric}`, { order: [...others, ...moved(section.keys, metric, to)] })
    },
    moveSection(prefix, to) {
      const prefixes = sections().map((section) => section.prefix)
      change('Move a section', { sections: moved(prefixes, prefix, to) })
    },
  }
}

/** Those that are named come first, in that order. */
export function inOrder(texts: readonly string[], named: readonly string[]): readonly string[] {
  if (named.length === 0) return texts
  const known = new Set(texts)
  const first = named.filter((text) => known.has(text))
  const isFirst = new Set(first)
  return [...isFirst, ...texts.filter((text) => !isFirst.has(text))]
}

/** The list with one put where another is; the ones between close up. */
export function moved(texts: readonly string[], text: string, to: string): readonly string[] {
  const index = texts.indexOf(to)
  if (index < 0 || !texts.includes(text)) return texts
  return texts.filter((each) => each !== text).toSpliced(index, 0, text)
}
