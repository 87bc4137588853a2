import type { BarsContent } from '../../../src/model/media-content/bars-content.ts'
import type { CaptionsContent } from '../../../src/model/media-content/drawing.ts'
import type { HeatMapContent } from '../../../src/model/media-content/heat-map-content.ts'
import type { HistogramContent } from '../../../src/model/media-content/histogram-content.ts'
import type { LinesContent } from '../../../src/model/media-content/lines-content.ts'
import type { ScatterContent } from '../../../src/model/media-content/scatter-content.ts'
import { BarsPlot } from '../../../src/widgets/media/bars-plot.tsx'
import { ConfusionMap } from '../../../src/widgets/media/confusion-map.tsx'
import { CONFUSION_LOOKS, ConfusionTable } from '../../../src/widgets/media/confusion-table.tsx'
import { EmbeddingCloud } from '../../../src/widgets/media/embedding-cloud.tsx'
import { HeatMapPlot } from '../../../src/widgets/media/heat-map-plot.tsx'
import { HISTORY_LOOKS, HistogramHistoryPlot } from '../../../src/widgets/media/histogram-history-plot.tsx'
import { HistogramPlot } from '../../../src/widgets/media/histogram-plot.tsx'
import { LinesPlot } from '../../../src/widgets/media/lines-plot.tsx'
import { numberScale } from '../../../src/widgets/media/number-scale.ts'
import { PlotFrame } from '../../../src/widgets/media/plot-frame.tsx'
import { ScatterDots } from '../../../src/widgets/media/scatter-dots.tsx'
import { hiding, LONG_NAME, MANY_NAMES, type Demos } from './demo.ts'

const CAPTIONS: CaptionsContent = { title: 'A title', xLabel: 'what lies across', yLabel: 'what lies up' }
const NO_CAPTIONS: CaptionsContent = { title: '', xLabel: '', yLabel: '' }
const range = (count: number, of: (index: number) => number): Float64Array =>
  Float64Array.from({ length: count }, (_, index) => of(index))

function histogramOf(middle: number): HistogramContent {
  return {
    kind: 'histogram',
    edges: range(41, (bin) => bin / 10 - 2),
    counts: range(40, (bin) => Math.round(900 * Math.exp(-((bin / 10 - 2 - middle) ** 2) / 0.4))),
    count: 9_000,
    nanCount: 3,
    posInfCount: 1,
    negInfCount: 0,
    zeroCount: 120,
    min: -2,
    max: 2,
    mean: middle,
  }
}
const HISTORY = Array.from({ length: 20 }, (_, at) => ({
  step: at * 100,
  content: histogramOf(at / 20 - 0.5),
}))

const linesOf = (names: readonly string[], captions = CAPTIONS): LinesContent => ({
  kind: 'lines',
  ...captions,
  lines: names.map((name, index) => ({
    name,
    x: range(50, (at) => at / 49),
    y: range(50, (at) => (at / 49) ** (0.3 + index / 8)),
    score: index === 0 ? 0.93 : null,
  })),
})

function scatterOf(classes: readonly string[], count: number): ScatterContent {
  return {
    kind: 'scatter',
    ...CAPTIONS,
    x: range(count, (at) => Math.sin(at) * (1 + (at % 5))),
    y: range(count, (at) => Math.cos(at * 1.3) * (1 + (at % 3))),
    classes,
    classOf: Int32Array.from({ length: classes.length === 0 ? 0 : count }, (_, at) => at % classes.length),
  }
}

const LABELS = ['zero', 'one', 'two']
const CONFUSION = {
  kind: 'confusion-matrix',
  title: 'Digits',
  labels: LABELS,
  values: Float64Array.of(90, 4, 6, 2, 95, 3, 0, 11, 89),
  other: 0,
} as const
const WIDE_CONFUSION = {
  kind: 'confusion-matrix',
  title: 'Many classes',
  labels: MANY_NAMES,
  values: range(MANY_NAMES.length ** 2, (at) => (at % 41 === 0 ? 90 : at % 7)),
  other: 0,
} as const

/** As ImageNet's. */
const VAST = 1_000
const VAST_CONFUSION = {
  kind: 'confusion-matrix',
  title: 'Very many classes',
  labels: Array.from({ length: VAST }, (_, at) => `class ${at}`),
  values: range(VAST ** 2, (at) => (at % (VAST + 1) === 0 ? 900 : at % 97 === 0 ? at % 13 : 0)),
  other: 0,
} as const

function cloudOf(axes: 2 | 3, count: number) {
  return {
    axes,
    points: Float32Array.from(
      { length: count * axes },
      (_, at) => Math.sin(at * 1.7) + Math.floor(at / axes / 30),
    ),
    rows: Uint32Array.from({ length: count }, (_, at) => at),
    labels: Array.from({ length: count }, (_, at) => LABELS[Math.floor(at / 30) % 3] ?? ''),
    names: Array.from({ length: count }, (_, at) => `vector ${at}`),
  }
}
const CLOUDS = [cloudOf(2, 90), cloudOf(3, 90)]

/* What is told is made here, once: in the markup it would be made anew wherever it is looked at. */
const BARS: BarsContent = {
  kind: 'bars',
  ...CAPTIONS,
  labels: ['cnn', 'mlp', LONG_NAME],
  values: Float64Array.of(3, -1, 2),
}
const MANY_BARS: BarsContent = {
  kind: 'bars',
  ...NO_CAPTIONS,
  labels: MANY_NAMES,
  values: range(40, (at) => (at * 7) % 11),
}
const ATTENTION: HeatMapContent = {
  kind: 'heat-map',
  ...CAPTIONS,
  rows: 3,
  columns: 4,
  values: range(12, (at) => (at === 5 ? Number.NaN : at)),
  xLabels: ['a', 'b', 'c', LONG_NAME],
  yLabels: LABELS,
}
const WEIGHTS: HeatMapContent = {
  kind: 'heat-map',
  ...NO_CAPTIONS,
  rows: 60,
  columns: 80,
  values: range(4_800, (at) => Math.sin(at / 90) * Math.cos(at % 80)),
  xLabels: [],
  yLabels: [],
}
const HISTOGRAM = histogramOf(0.2)
const LINES = linesOf(['first', LONG_NAME])
const ROC: LinesContent = { ...linesOf(MANY_NAMES.slice(0, 20), NO_CAPTIONS), kind: 'roc' }
const DOTS = scatterOf(LABELS, 90)
const MANY_DOTS = scatterOf([], 5_000)

/** What is drawn between axes. */
export const DRAWINGS: Demos = {
  'media/bars-plot.tsx': [
    {
      state: 'with captions',
      room: 'drawing',
      show: () => <BarsPlot label="Bars" color="series-2" content={BARS} />,
    },
    {
      state: 'many',
      room: 'drawing',
      show: () => <BarsPlot label="Many bars" color="#c23f78" content={MANY_BARS} />,
    },
  ],
  'media/confusion-map.tsx': CONFUSION_LOOKS.map((look) => ({
    state: look,
    room: 'drawing' as const,
    show: () => <ConfusionMap label="Very many classes" look={look} content={VAST_CONFUSION} />,
  })),
  'media/confusion-table.tsx': [
    ...CONFUSION_LOOKS.map((look) => ({
      state: look,
      room: 'drawing' as const,
      show: () => <ConfusionTable label={`Digits by ${look}`} look={look} content={CONFUSION} />,
    })),
    {
      state: 'many classes',
      room: 'drawing',
      show: () => <ConfusionTable label="Many classes" look="counts" content={WIDE_CONFUSION} />,
    },
  ],
  'media/embedding-cloud.tsx': CLOUDS.map((cloud) => ({
    state: `${cloud.axes} axes`,
    room: 'drawing',
    show: hiding((hidden, toggle) => (
      <EmbeddingCloud
        label={`Vectors on ${cloud.axes} axes`}
        {...cloud}
        receipt={`${cloud.rows.length} vectors, all drawn`}
        hidden={hidden()}
        onToggle={toggle}
      />
    )),
  })),
  'media/heat-map-plot.tsx': [
    {
      state: 'with labels and a missing value',
      room: 'drawing',
      show: () => <HeatMapPlot label="Attention" content={ATTENTION} />,
    },
    {
      state: 'many cells of no names',
      room: 'drawing',
      show: () => <HeatMapPlot label="Weights" content={WEIGHTS} />,
    },
  ],
  'media/histogram-plot.tsx': [
    {
      state: 'with values that are not finite',
      room: 'drawing',
      show: () => <HistogramPlot label="Weights" color="series-5" content={HISTOGRAM} />,
    },
  ],
  'media/histogram-history-plot.tsx': HISTORY_LOOKS.map((look) => ({
    state: look,
    room: 'drawing',
    show: () => (
      <HistogramHistoryPlot label={`Weights as ${look}`} color="series-5" look={look} histograms={HISTORY} />
    ),
  })),
  'media/lines-plot.tsx': [
    {
      state: 'some, with a score',
      room: 'drawing',
      show: hiding((hidden, toggle) => (
        <LinesPlot label="Lines" content={LINES} hidden={hidden()} onToggle={toggle} />
      )),
    },
    {
      state: 'ROC curves of many classes',
      room: 'drawing',
      show: hiding((hidden, toggle) => (
        <LinesPlot label="ROC" content={ROC} hidden={hidden()} onToggle={toggle} />
      )),
    },
  ],
  'media/plot-frame.tsx': [
    {
      state: 'nothing in it',
      room: 'drawing',
      show: () => (
        <PlotFrame
          x={numberScale(0, 1)}
          y={numberScale(-1_000, 1_000)}
          xLabel="across"
          yLabel="up"
          label="An empty frame"
          count={0}
          words={() => ''}
          placeOf={() => [0, 0]}
          find={() => null}
        />
      ),
    },
  ],
  'media/scatter-dots.tsx': [
    {
      state: 'of classes',
      room: 'drawing',
      show: hiding((hidden, toggle) => (
        <ScatterDots label="Dots" content={DOTS} hidden={hidden()} onToggle={toggle} />
      )),
    },
    {
      state: 'many, of none',
      room: 'drawing',
      show: hiding((hidden, toggle) => (
        <ScatterDots label="Many dots" content={MANY_DOTS} hidden={hidden()} onToggle={toggle} />
      )),
    },
  ],
}
