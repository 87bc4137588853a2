import { createMemo, type Accessor } from 'solid-js'
import { createId } from '../../model/units.ts'
import {
  DEFAULT_CHART,
  makeEnds,
  PLAIN_CHART,
  type ChartOptions,
  type ChartsView,
  type OwnChart,
} from '../workspace/charts-view.ts'
import { createMetricFilter } from './create-metric-filter.ts'
import type { Workspace } from '../workspace/create-workspace.ts'
import { writtenOperandWords } from '../workspace/operands.ts'
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
  /** Charts of one's own, section by section. */
  readonly ownSections: Accessor<readonly OwnSection[]>
  /** Puts a chart of one's own in the place of the one with its id, or after all others. */
  putOwn(chart: OwnChart): void
  removeOwn(chart: OwnChart): void
  isPinned(metric: string): boolean
  togglePin(metric: string): void
  isCollapsed(prefix: string): boolean
  toggleCollapsed(prefix: string): void
  setAllCollapsed(collapsed: boolean): void
  /** Puts a chart where another of its section, of the pinned ones, or of one's own is. */
  move(metric: string, to: string): void
  /** Puts a section where another is. */
  moveSection(prefix: string, to: string): void
  change(label: string, part: Partial<ChartsView>, kind?: string): void
}

/** Charts of one's own under one name. */
export interface OwnSection {
  /** Empty for the first of them. */
  readonly name: string
  readonly charts: readonly OwnChart[]
}

/** What the options and places of a chart of one's own are known by, where those of others are by their metric. */
export function ownKey({ id }: Pick<OwnChart, 'id'>): string {
  return `own:${id}`
}

/** A chart of one's own that says nothing yet but what it may show. */
export function newOwnChart(shows: readonly string[]): OwnChart {
  return { id: createId(), kind: 'lines', title: '', section: '', shows, pattern: '', text: '' }
}

export function createCharts(workspace: Workspace, keys: Accessor<readonly string[]>): ChartsState {
  const charts = workspace.pick('charts')
  const filter = createMetricFilter(createMemo(() => charts().metrics))
  const pinnedNames = createMemo(() => charts().pinned)
  const order = createMemo(() => charts().order)
  const sectionOrder = createMemo(() => charts().sections)
  const options = createMemo(() => charts().options)
  const own = createMemo(() => charts().own)
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

  const ownOf = (key: string): OwnChart | undefined => own().find((each) => ownKey(each) === key)
  const wordsOf = (key: string): string => {
    const chart = ownOf(key)
    return chart === undefined ? key : ownWords(chart)
  }
  const optionsOf = (metric: string): ChartOptions => options()[metric] ?? PLAIN_CHART

  function putOptions(metric: string, after: ChartOptions, what: 'axes' | 'type' | 'legend'): void {
    const { [metric]: _, ...others } = options()
    const { type = DEFAULT_CHART, logX, logY, y, legend } = after
    const plain: ChartOptions = {
      logX,
      logY,
      ...(type === DEFAULT_CHART ? {} : { type }),
      ...(y === undefined ? {} : { y }),
      ...(legend === undefined ? {} : { legend }),
    }
    const isPlain = JSON.stringify(plain) === JSON.stringify(PLAIN_CHART)
    change(`Change the ${what} of ${wordsOf(metric)}`, {
      options: isPlain ? others : { ...others, [metric]: plain },
    })
  }

  return {
    pinned,
    sections,
    patternProblem: filter.problem,
    change,
    options: optionsOf,
    setOptions(metric, part) {
      const what = part.type !== undefined ? 'type' : part.legend === undefined ? 'axes' : 'legend'
      putOptions(metric, { ...optionsOf(metric), ...part }, what)
    },
    setEnds(metric, low, high) {
      const { y: _, ...others } = optionsOf(metric)
      putOptions(metric, { ...others, ...makeEnds(low, high) }, 'axes')
    },
    ownSections: createMemo(() => {
      const names = [...new Set(own().map(({ section }) => section))]
      // What has no name comes first, whatever was added last.
      names.sort((a, b) => Number(a !== '') - Number(b !== ''))
      return names.map((name) => ({ name, charts: own().filter(({ section }) => section === name) }))
    }),
    putOwn(chart) {
      const place = own().findIndex(({ id }) => id === chart.id)
      const isNew = place < 0
      change(isNew ? 'Add a chart' : `Change ${ownWords(chart)}`, {
        own: isNew ? [...own(), chart] : own().with(place, chart),
      })
    },
    removeOwn(chart) {
      const { [ownKey(chart)]: _, ...others } = options()
      change(`Remove ${ownWords(chart)}`, {
        own: own().filter(({ id }) => id !== chart.id),
        options: others,
      })
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
      const [moving, target] = [ownOf(metric), ownOf(to)]
      if (moving !== undefined && target !== undefined) {
        // It comes into the section that it is dropped in.
        const inSection = { ...moving, section: target.section }
        change(`Move ${ownWords(moving)}`, {
          own: moved(own(), moving, target).map((each) => (each === moving ? inSection : each)),
        })
        return
      }
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

/** What a chart of one's own is called: what it shows where it has no title. */
export function ownWords({ kind, title, shows, pattern, text }: OwnChart): string {
  if (title !== '') return title
  if (kind === 'text')
    return (
      text
        .trim()
        .split('\n')[0]
        ?.replace(/^#+\s*/, '')
        .slice(0, 60) || 'Text'
    )
  if (kind === 'lines') return [...shows, ...(pattern === '' ? [] : [pattern])].join(', ')
  const words = shows.map(writtenOperandWords)
  return kind === 'scatter' ? `${words[1] ?? ''} over ${words[0] ?? ''}` : words.join(', ')
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
export function moved<T>(list: readonly T[], one: T, to: T): readonly T[] {
  const index = list.indexOf(to)
  if (index < 0 || !list.includes(one)) return list
  return list.filter((each) => each !== one).toSpliced(index, 0, one)
}
