import { createSignal } from 'solid-js'
import { arrangeEvents, type ChartEvent } from '../../../src/widgets/chart/chart-event.ts'
import type { ChartLine, ChartRange } from '../../../src/widgets/chart/chart-line.ts'
import { readLines } from '../../../src/widgets/chart/chart-readout.ts'
import { ChartTooltip } from '../../../src/widgets/chart/chart-tooltip.tsx'
import { Chart, type ChartProps } from '../../../src/widgets/chart/chart.tsx'
import { useChartColors } from '../../../src/widgets/chart-colors.ts'
import { colorRamp, rampStep } from '../../../src/widgets/plot/color-ramp.ts'
import { BarPlot, type BarRow } from '../../../src/widgets/plot/bar-plot.tsx'
import { HeatGrid } from '../../../src/widgets/plot/heat-grid.tsx'
import { ParallelAxis, type AxisActions } from '../../../src/widgets/plot/parallel-axis.tsx'
import { ParallelAxisHead } from '../../../src/widgets/plot/parallel-axis-head.tsx'
import { ParallelAxisTrack } from '../../../src/widgets/plot/parallel-axis-track.tsx'
import { ParallelPlot } from '../../../src/widgets/plot/parallel-plot.tsx'
import { makeScale, type PlotAxis, type PlotRange } from '../../../src/widgets/plot/plot-axis.ts'
import { PlotTip } from '../../../src/widgets/plot/plot-tip.tsx'
import { DistributionPlot } from '../../../src/widgets/plot/distribution-plot.tsx'
import { RowPlot } from '../../../src/widgets/plot/row-plot.tsx'
import { ScatterPlot } from '../../../src/widgets/plot/scatter-plot.tsx'
import { ignore, LONG_NAME, type Demos } from './demo.ts'

const BARS: readonly BarRow[] = [0, 1, 2, 3, 4].map((index) => ({
  id: `${index}`,
  name: index === 1 ? LONG_NAME : `run ${index}`,
  color: `series-${index + 1}`,
  values: [0.2 + index / 10, index === 3 ? Number.NaN : 0.3 + index / 8],
}))
const STEPS = 400
const ALL: ChartRange = { from: 0, to: STEPS - 1 }
const RUNS = 24

/** A loss that falls, with an envelope that narrows. */
function lineOf(index: number, holes: readonly number[] = []): ChartLine {
  const x = Float64Array.from({ length: STEPS }, (_, step) => step)
  const mean = x.map((step) => (2 + index / 3) / (1 + step / 40) + 0.1 * Math.sin(step / 9 + index))
  const reach = x.map((step) => 0.4 / (1 + step / 80))
  return {
    id: `${index}`,
    name: index === 1 ? LONG_NAME : `run ${index}`,
    color: `series-${(index % 8) + 1}`,
    stroke: index < 8 ? 0 : 1,
    raw: false,
    points: STEPS * 10,
    x,
    mean,
    min: mean.map((value, at) => value - (reach[at] ?? 0)),
    max: mean.map((value, at) => value + (reach[at] ?? 0)),
    smoothed: null,
    nonFinite: {
      x: Float64Array.from(holes),
      nan: Uint32Array.from(holes, () => 3),
      posInf: Uint32Array.from(holes, () => 1),
      negInf: Uint32Array.from(holes, () => 0),
    },
  }
}

const FEW = [lineOf(0, [120, 260]), lineOf(1), lineOf(2)]
const MANY = Array.from({ length: RUNS }, (_, index) => lineOf(index))
const EVENTS: readonly ChartEvent[] = [
  { color: 'series-1', runName: 'run 0', from: 60, until: 140, words: 'page hidden for 3:20', isBad: false },
  { color: 'series-2', runName: LONG_NAME, from: 200, until: null, words: 'loss rose above 2', isBad: true },
]

const ARRANGED = arrangeEvents(EVENTS)
const READINGS = readLines(MANY, 100, 1)

/** One line whose values are others. */
function scaled(value: (drawn: number) => number): ChartLine {
  const { mean, min, max, ...line } = lineOf(3)
  return { ...line, mean: mean.map(value), min: min.map(value), max: max.map(value) }
}

/** A chart that can be zoomed and pointed at. */
function Shown(props: Partial<ChartProps> & { readonly label: string }) {
  const [range, setRange] = createSignal(props.range ?? ALL)
  const [cursor, setCursor] = createSignal<number | null>(null)
  return (
    <Chart
      lines={FEW}
      xKind="step"
      xScale="linear"
      yScale="linear"
      ignoreOutliers={false}
      summary={`${props.label}, a picture`}
      {...props}
      range={range()}
      cursor={cursor()}
      onCursor={setCursor}
      onZoom={setRange}
      onReset={() => setRange(ALL)}
      onPlotWidth={ignore}
    />
  )
}

const axis = (id: string, of: (run: number) => number, more: Partial<PlotAxis> = {}): PlotAxis => ({
  id,
  label: id,
  values: Float64Array.from({ length: RUNS }, (_, run) => of(run)),
  categories: null,
  unit: 'number',
  isLog: false,
  isFlipped: false,
  ...more,
})
const LR = axis('lr', (run) => 10 ** (-1 - (run % 4)), { isLog: true })
const MODEL = axis('model', (run) => run % 3, { categories: ['cnn', 'mlp', LONG_NAME] })
const ACC = axis('val/acc max', (run) => (run === 5 ? Number.NaN : 0.6 + 0.3 * Math.sin(run)))
const TOOK = axis(LONG_NAME, (run) => 60_000 * (run + 1), { unit: 'duration', isFlipped: true })
const MIXED = [LR, MODEL, ACC, TOOK]
const RUN = axis('run', (run) => run)
const PARAMS = Array.from({ length: 14 }, (_, at) => axis(`param ${at}`, (run) => (run * (at + 3)) % 11))
const NO_ACTIONS: AxisActions = {
  onBrush: ignore,
  onMove: ignore,
  onFlip: ignore,
  onLog: ignore,
  onRemove: ignore,
}

function Parallel(props: { readonly axes: readonly PlotAxis[]; readonly summary: string }) {
  const colors = useChartColors()
  const [brushes, setBrushes] = createSignal<ReadonlyMap<string, PlotRange>>(new Map())
  return (
    <ParallelPlot
      axes={props.axes}
      brushes={brushes()}
      picked={null}
      color={(line) => colors().series(`series-${(line % 8) + 1}`)}
      highlighted={2}
      name={(line) => `run ${line}`}
      summary={props.summary}
      onPick={ignore}
      {...NO_ACTIONS}
      onBrush={(id, range) =>
        setBrushes(
          (all) =>
            new Map([
              ...[...all].filter(([each]) => each !== id),
              ...(range === null ? [] : [[id, range] as const]),
            ]),
        )
      }
    />
  )
}

function Scatter(props: {
  readonly x: PlotAxis
  readonly y: PlotAxis
  readonly summary: string
  readonly hasLine?: boolean
}) {
  const colors = useChartColors()
  const best = { x: Float64Array.of(0, 8, 20), y: Float64Array.of(0.6, 0.8, 0.9) }
  return (
    <ScatterPlot
      x={props.x}
      y={props.y}
      color={(dot) => colors().series(`scale-${(dot % 8) + 1}`)}
      name={(dot) => `run ${dot}`}
      {...(props.hasLine === true ? { line: best } : {})}
      height={200}
      highlighted={3}
      summary={props.summary}
      onPick={ignore}
    />
  )
}

const DISTRIBUTION = [12, 5, 3, 0].map((count, group) => ({
  name: group === 1 ? LONG_NAME : `lr ${10 ** -group}`,
  text: group === 1 ? LONG_NAME : `${10 ** -group}`,
  color: `series-${group + 1}`,
  members: Array.from({ length: count }, (_, run) => ({
    name: `run ${run}`,
    value: 0.2 + group / 4 + 0.2 * Math.abs(Math.sin(run * 7 + group)),
  })),
}))

/** Charts over a shared x, and plots of runs. */
function Heat() {
  const colors = useChartColors()
  const ramp = () => colorRamp(colors().series('series-1'), colors().series('series-2'))
  return (
    <HeatGrid
      label="Mean of a metric"
      x={{ label: 'lr', bins: ['0.001', '0.01', '0.1', LONG_NAME] }}
      y={{ label: 'model', bins: ['mlp', LONG_NAME] }}
      cell={(x, y) =>
        x === 2 && y === 1
          ? null
          : {
              text: x === 0 && y === 0 ? '–' : `0.${x}${y}`,
              note: `${x + 1} runs`,
              color: x === 0 && y === 0 ? null : (ramp()[rampStep((x + y) / 4)] ?? null),
              words: `lr ${x}, model ${y}: ${LONG_NAME}`,
            }
      }
      hint="Point at a cell."
      onPick={ignore}
    />
  )
}

export const CHARTS: Demos = {
  'chart/chart.tsx': [
    {
      state: 'envelopes, non-finite values and events',
      room: 'drawing',
      show: () => <Shown label="A loss" events={ARRANGED} />,
    },
    {
      state: 'many runs on a log axis, one stands out',
      room: 'drawing',
      show: () => <Shown label="Many losses" lines={MANY} yScale="log" highlighted={new Set(['3'])} />,
    },
    {
      state: 'raw points of one run, over time',
      room: 'drawing',
      show: () => {
        const { mean, ...line } = lineOf(4)
        return (
          <Shown
            label="One loss"
            xKind="relative"
            lines={[{ ...line, mean, raw: true, min: mean, max: mean }]}
          />
        )
      },
    },
    {
      state: 'values that hardly differ',
      room: 'drawing',
      show: () => <Shown label="A near constant" lines={[scaled((value) => 2.7 + value * 1e-11)]} />,
    },
    {
      state: 'a log axis within one decade',
      room: 'drawing',
      show: () => <Shown label="An accuracy" lines={[scaled((value) => 0.6 + value / 10)]} yScale="log" />,
    },
    {
      state: 'from the least number there is to the largest',
      room: 'drawing',
      show: () => <Shown label="A wide one" lines={[scaled((value) => (value - 1.7) * 1e308)]} />,
    },
    {
      state: 'over days, as the clock is put back',
      room: 'drawing',
      show: () => {
        const start = new Date(2026, 9, 24).getTime()
        const { x, ...line } = lineOf(5)
        return (
          <Shown
            label="A night"
            xKind="time"
            lines={[{ ...line, x: x.map((step) => start + step * 600_000) }]}
            range={{ from: start, to: start + STEPS * 600_000 }}
          />
        )
      },
    },
    {
      state: 'no points in the range',
      room: 'drawing',
      show: () => <Shown label="No points" range={{ from: 900, to: 1_000 }} />,
    },
    { state: 'no runs', room: 'drawing', show: () => <Shown label="No runs" lines={[]} /> },
  ],
  'chart/chart-tooltip.tsx': [
    {
      state: 'more runs than fit, and events',
      show: () => (
        <div class="gallery-tooltip">
          <ChartTooltip
            readings={READINGS}
            events={EVENTS}
            picked={null}
            x={100}
            y={1}
            xKind="step"
            area={{
              left: 0,
              top: 0,
              width: 300,
              height: 200,
              ratio: 1,
              x: ALL,
              y: [0, 3],
              xScale: 'linear',
              yScale: 'linear',
            }}
          />
        </div>
      ),
    },
  ],
  'plot/parallel-plot.tsx': [
    {
      state: 'numbers, categories, times and missing values',
      room: 'wide',
      show: () => <Parallel axes={MIXED} summary="24 runs over four axes" />,
    },
    {
      state: 'more axes than fit',
      room: 'wide',
      show: () => <Parallel axes={PARAMS} summary="24 runs over fourteen axes" />,
    },
  ],
  'plot/parallel-axis.tsx': [
    {
      state: 'a part is picked',
      room: 'drawing',
      show: () => (
        <div class="gallery-axis">
          <ParallelAxis
            axis={ACC}
            index={1}
            last={3}
            brush={{ from: 0.5, to: 0.7 }}
            height={160}
            spacing={160}
            {...NO_ACTIONS}
          />
        </div>
      ),
    },
  ],
  'plot/parallel-axis-head.tsx': [
    {
      state: 'named, with its tools',
      room: 'drawing',
      show: () => (
        <div class="gallery-axis">
          <ParallelAxisHead
            axis={LR}
            index={1}
            last={3}
            spacing={160}
            shift={0}
            onShift={ignore}
            {...NO_ACTIONS}
          />
        </div>
      ),
    },
  ],
  'plot/parallel-axis-track.tsx': [
    {
      state: 'a part is picked',
      room: 'drawing',
      show: () => (
        <div class="gallery-axis">
          <ParallelAxisTrack
            axis={ACC}
            scale={makeScale(ACC)}
            brush={{ from: 0.5, to: 0.7 }}
            height={160}
            {...NO_ACTIONS}
          />
        </div>
      ),
    },
  ],
  'plot/plot-tip.tsx': [
    {
      state: 'on either side',
      room: 'wide',
      show: () => (
        <div class="gallery-tips">
          <PlotTip x={260} y={16} isLeft={false}>
            run 3
          </PlotTip>
          <PlotTip x={260} y={16} isLeft>
            {LONG_NAME}
          </PlotTip>
        </div>
      ),
    },
  ],
  'plot/distribution-plot.tsx': [
    {
      state: 'groups of many and of few, one with a long name',
      room: 'drawing',
      show: () => <DistributionPlot groups={DISTRIBUTION} isLog={false} summary="Loss by group" />,
    },
    {
      state: 'a log axis',
      room: 'drawing',
      show: () => <DistributionPlot groups={DISTRIBUTION} isLog summary="Loss by group" />,
    },
  ],
  'plot/bar-plot.tsx': [
    {
      state: 'two numbers of some runs, one with a long name',
      room: 'drawing',
      show: () => (
        <BarPlot
          rows={BARS}
          names={['loss', 'val loss']}
          raised={null}
          summary="Losses of runs"
          onRaise={ignore}
          onPick={ignore}
        />
      ),
    },
    {
      state: 'below and above nought, one pointed at',
      room: 'drawing',
      show: () => (
        <BarPlot
          rows={BARS.map(({ id, name, color }, index) => ({ id, name, color, values: [index - 2] }))}
          names={['change']}
          raised="1"
          summary="Changes of runs"
          onRaise={ignore}
          onPick={ignore}
        />
      ),
    },
  ],
  'plot/row-plot.tsx': [
    {
      state: 'rows of their own height, a long label cut',
      room: 'drawing',
      show: () => (
        <RowPlot
          rows={BARS}
          values={[0, 4]}
          isLog={false}
          rowHeight={32}
          fills={false}
          maxLabelPart={0.3}
          endRoom={12}
          summary="Names of runs"
          draw={(_row, _place, _places, label) => label}
        />
      ),
    },
  ],
  'plot/heat-grid.tsx': [{ state: 'means, some of nothing', room: 'wide', show: () => <Heat /> }],
  'plot/scatter-plot.tsx': [
    {
      state: 'numbers, with a line of the best',
      room: 'drawing',
      show: () => <Scatter x={RUN} y={ACC} hasLine summary="Accuracy by run" />,
    },
    {
      state: 'a log axis and categories',
      room: 'drawing',
      show: () => <Scatter x={LR} y={MODEL} summary="Model by learning rate" />,
    },
  ],
}
