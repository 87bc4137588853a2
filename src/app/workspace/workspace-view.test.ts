import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SMOOTHING_METHODS, type XAxis } from '../../protocol/windows.ts'
import { columnId } from './table-columns.ts'
import { GROUP_AGGREGATES, type TableView } from './table-view.ts'
import {
  BANDS,
  DEFAULT_CHART,
  MAX_GROUP_KEYS,
  MAX_OWN_CHARTS,
  MAX_SHOWN,
  type OwnChart,
} from './charts-view.ts'
import { printOperand } from './operands.ts'
import { COMPARE_SECTIONS, COMPARED_AGGREGATES, CURVE_KINDS, type CompareView } from './compare-view.ts'
import {
  INITIAL_VIEW,
  parseView,
  printView,
  RUN_ORDERS,
  RUN_TABS,
  TABS,
  type WorkspaceView,
} from './workspace-view.ts'

const anyText = fc.string({ unit: 'binary' }).filter((text) => !/\p{Surrogate}/u.test(text))
const anyTexts = fc.array(anyText, { maxLength: 4 })
const anyOptional = fc.option(
  anyText.filter((text) => text !== ''),
  { nil: null },
)
const anyNumber = fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number || 0)
const anyX: fc.Arbitrary<XAxis> = fc.oneof(
  fc.constantFrom('step' as const, 'time' as const, 'relative' as const),
  fc.record({ metric: anyText }),
)
const anyColumn = fc
  .oneof(
    fc.record({ from: fc.constant('run' as const), field: fc.constantFrom('group' as const, 'startedAt') }),
    fc.record({ from: fc.constantFrom('param' as const, 'tag', 'summary', 'curve'), key: anyText }),
    fc.record({
      from: fc.constant('metric' as const),
      key: anyText,
      aggregate: fc.constantFrom('last' as const, 'min'),
    }),
  )
  .map(columnId)
const anyColumns = fc.uniqueArray(anyColumn, { maxLength: 4 })
const anyTable: fc.Arbitrary<TableView> = fc.record({
  columns: fc.option(anyColumns, { nil: null }),
  pinned: anyColumns,
  widths: anyColumns.chain((ids) =>
    fc.tuple(...ids.map((id) => fc.tuple(fc.constant(id), fc.integer({ min: 48, max: 1_200 })))),
  ),
  sort: anyColumns.chain((ids) =>
    fc.tuple(
      ...ids.map((column) =>
        fc.record({
          column: fc.constant(column),
          direction: fc.constantFrom('ascending' as const, 'descending'),
        }),
      ),
    ),
  ),
  group: anyColumns,
  aggregate: fc.constantFrom(...GROUP_AGGREGATES),
  closed: fc.uniqueArray(anyText, { maxLength: 3 }),
  baseline: anyOptional,
})
const anyOperandText = fc.option(
  anyText.map((key) => printOperand({ from: 'param', key })),
  { nil: null },
)
const anyOperand = fc.oneof(
  anyText.map((key) => `param:${key}`),
  anyText.map((key) => `metric.min:${key}`),
  fc.constant('run:duration'),
)
const anyFlag = fc.constantFrom(true, false, null)
const by = (each: { readonly by: string }): string => each.by
const anyCompare: fc.Arbitrary<CompareView> = fc.record({
  baseline: fc.option(anyText, { nil: null }),
  showEqual: fc.boolean(),
  aggregate: fc.constantFrom(...COMPARED_AGGREGATES),
  axes: fc.option(
    fc.uniqueArray(fc.record({ by: anyOperand, isFlipped: fc.boolean(), isLog: anyFlag }), { selector: by }),
    { nil: null },
  ),
  brushes: fc.uniqueArray(
    fc.oneof(
      fc
        .tuple(anyOperand, anyNumber, anyNumber)
        .map(([name, a, b]) => ({ by: name, from: Math.min(a, b), to: Math.max(a, b) })),
      fc.record({ by: anyOperand, categories: fc.array(anyText, { minLength: 1, maxLength: 4 }) }),
    ),
    { selector: by },
  ),
  lineColor: fc.option(fc.oneof(anyOperand, fc.constant('runs')), { nil: null }),
  scatter: fc.record({
    x: fc.option(anyOperand, { nil: null }),
    y: fc.option(anyOperand, { nil: null }),
    color: fc.option(anyOperand, { nil: null }),
    logX: anyFlag,
    logY: anyFlag,
    split: fc.option(anyOperand, { nil: null }),
  }),
  heat: fc.record({
    x: fc.option(anyOperand, { nil: null }),
    y: fc.option(anyOperand, { nil: null }),
    metric: fc.option(anyOperand, { nil: null }),
  }),
  target: fc.option(anyOperand, { nil: null }),
  curves: fc.option(anyTexts, { nil: null }),
  curveKind: fc.constantFrom(...CURVE_KINDS),
  media: fc.record({ key: anyOptional, step: fc.option(anyNumber, { nil: null }) }),
  closed: fc.subarray([...COMPARE_SECTIONS]),
})
const anyRange = fc
  .tuple(anyNumber, anyNumber)
  .filter(([a, b]) => a < b)
  .map(([from, to]) => ({ from, to }))
const anyOwnCharts = fc.uniqueArray(
  fc.oneof(
    fc.record({
      id: fc.string({ minLength: 1 }),
      kind: fc.constant('lines' as const),
      title: anyText,
      section: anyText,
      shows: fc.uniqueArray(anyText, { maxLength: MAX_SHOWN }),
      pattern: anyText,
      text: anyText,
    }),
    fc.record({
      id: fc.string({ minLength: 1 }),
      kind: fc.constant('text' as const),
      title: anyText,
      section: anyText,
      shows: fc.constant([]),
      pattern: fc.constant(''),
      text: anyText,
    }),
    fc.record({
      id: fc.string({ minLength: 1 }),
      kind: fc.constantFrom('bars' as const, 'scatter' as const),
      title: anyText,
      section: anyText,
      shows: fc.uniqueArray(anyOperand, { maxLength: MAX_SHOWN }),
      pattern: fc.constant(''),
      text: anyText,
    }),
  ),
  { selector: ({ id }) => id, maxLength: 8 },
)

const anyView: fc.Arbitrary<WorkspaceView> = fc.record({
  tab: fc.constantFrom(...TABS),
  filter: anyText,
  x: anyX,
  zoom: fc.option(anyRange, { nil: null }),
  zoomY: fc.option(
    fc.tuple(anyRange, anyText).map(([range, metric]) => ({ metric, ...range })),
    { nil: null },
  ),
  smoothing: fc.option(
    fc.record({
      method: fc.constantFrom(...SMOOTHING_METHODS),
      width: fc.double({ min: 1e-9, max: 1e9, noNaN: true }),
    }),
    { nil: null },
  ),
  ignoreOutliers: fc.boolean(),
  events: fc.boolean(),
  charts: fc.record({
    metrics: anyText,
    pinned: anyTexts,
    own: anyOwnCharts,
    collapsed: anyTexts,
    order: anyTexts,
    sections: anyTexts,
    options: fc.dictionary(
      anyText,
      fc.record(
        {
          logX: fc.boolean(),
          logY: fc.boolean(),
          y: anyRange.map(({ from, to }) => ({ low: from, high: to })),
          legend: fc.boolean(),
        },
        { requiredKeys: ['logX', 'logY'] },
      ),
      { noNullPrototype: true },
    ),
    expanded: fc.option(anyText, { nil: null }),
    groupBy: fc.uniqueArray(anyOperand, { maxLength: MAX_GROUP_KEYS }),
    band: fc.constantFrom(...BANDS),
    colorBy: anyOperandText,
    dashBy: anyOperandText,
    splitBy: anyOperandText,
  }),
  drawn: fc.record({ others: fc.constantFrom(true, false, null), shown: anyTexts, hidden: anyTexts }),
  isRunAlone: fc.boolean(),
  runTab: fc.constantFrom(...RUN_TABS),
  rank: anyOptional,
  runOrder: fc.constantFrom(...RUN_ORDERS),
  pinnedRuns: anyTexts,
  table: anyTable,
  compare: anyCompare,
  media: anyText,
  artifacts: anyText,
  sql: anyText,
})

/** What a link says of one part of the view. */
function linked(part: string, said: unknown): WorkspaceView {
  return parseView(`${part}=${JSON.stringify(said)}`)
}

function own(said: unknown): readonly OwnChart[] {
  return linked('charts', { own: said }).charts.own
}

describe('a view in a link', () => {
  it('takes charts of one’s own for what they are, whatever it says they are', () => {
    expect(own('nothing')).toEqual([])
    expect(own([null, 7, {}, { id: 'a' }, { id: '', kind: 'lines' }, { id: 'b', kind: 'hologram' }])).toEqual(
      [],
    )
    expect(own([{ id: 'a', kind: 'scatter', shows: ['loss', 'param:lr', 7, 'metric.last:loss'] }])).toEqual([
      {
        id: 'a',
        kind: 'scatter',
        title: '',
        section: '',
        shows: ['param:lr', 'metric.last:loss'],
        pattern: '',
        text: '',
      },
    ])
    expect(own([{ id: 'a', kind: 'lines', shows: ['loss', 'loss', 'val_loss'], title: 'both' }])).toEqual([
      {
        id: 'a',
        kind: 'lines',
        title: 'both',
        section: '',
        shows: ['loss', 'val_loss'],
        pattern: '',
        text: '',
      },
    ])
    const many = Array.from({ length: 500 }, (_, index) => ({
      id: `${index % 200}`,
      kind: 'text',
      text: 'x',
    }))
    expect(own(many)).toHaveLength(MAX_OWN_CHARTS)
  })

  it('is read as it was written', () => {
    fc.assert(
      fc.property(anyView, (view) => {
        expect(parseView(printView(view))).toEqual(view)
      }),
    )
  })

  it('says nothing of what is as it was at first', () => {
    expect(printView(INITIAL_VIEW)).toBe('')
    expect(printView({ ...INITIAL_VIEW, filter: 'lr < 0.01', x: 'time' })).toBe('filter=lr+%3C+0.01&x=time')
  })

  it('draws a chart as by default where it names a type that is not known, and does not name the default', () => {
    for (const type of ['hologram', DEFAULT_CHART]) {
      const options = { loss: { type, logX: true, logY: false } }
      const { charts } = parseView(`charts=${JSON.stringify({ options })}`)
      expect(charts.options).toEqual({ loss: { logX: true, logY: false } })
    }
  })

  it('groups by one thing where a link of before says one, and by each thing once', () => {
    expect(linked('charts', { groupBy: 'param:lr' }).charts.groupBy).toEqual(['param:lr'])
    expect(
      linked('charts', { groupBy: ['param:lr', 'tag:model', 'param:lr', 'nonsense'] }).charts.groupBy,
    ).toEqual(['param:lr', 'tag:model'])
    expect(linked('charts', { groupBy: null }).charts.groupBy).toEqual([])
    expect(linked('table', { group: 'param:lr' }).table.group).toEqual(['param:lr'])
    expect(linked('table', { group: ['param:lr', 'tag:model', 'param:lr', 7] }).table.group).toEqual([
      'param:lr',
      'tag:model',
    ])
  })

  it('is a view whatever the link says', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(...Object.keys(INITIAL_VIEW)), fc.oneof(anyText, fc.json()))),
        (parameters) => {
          const view = parseView(
            new URLSearchParams(parameters.map(([name, value]) => [name, value])).toString(),
          )
          expect(parseView(printView(view))).toEqual(view)
        },
      ),
    )
    expect(
      parseView('zoom={"from":5,"to":1}&tab=constructor&drawn=7&smoothing={"method":"ema","width":-1}'),
    ).toEqual(INITIAL_VIEW)
  })
})
