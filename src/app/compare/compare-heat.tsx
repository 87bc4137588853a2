import { createMemo, Show } from 'solid-js'
import { HeatGrid, type HeatGridCell } from '../../widgets/plot/heat-grid.tsx'
import { formatCount, formatPlural } from '../../widgets/number-format.ts'
import { colorRamp, rampStep } from '../../widgets/plot/color-ramp.ts'
import { makeScale, spansDecades, type PlotAxis } from '../../widgets/plot/plot-axis.ts'
import { useChartColors } from '../../widgets/chart-colors.ts'
import { useExperiment } from '../experiment/experiment-context.ts'
import { drawOnly } from '../runs/draw-only.ts'
import type { HeatChoice } from '../workspace/compare-view.ts'
import { toBins, type Bins } from './bins.ts'
import { ColorLegend } from './color-legend.tsx'
import { useCompare } from './compare-context.ts'
import { CompareHint, CompareNote } from './compare-note.tsx'
import { Section } from './compare-section.tsx'
import { likelyParams } from './default-axes.ts'
import { heatCells, type HeatCell } from './heat-cells.ts'
import { OperandChoice } from './operand-choice.tsx'
import { toPlotAxis } from './plot-axes.ts'

/** More bins along an axis than this are no map. */
const MAX_BINS = 10
/** Runs of a cell that are named; of more only their number. */
const MAX_NAMES = 12
const NOTHING_CHOSEN = [{ value: '', text: 'Choose' }]

interface HeatMap {
  readonly x: PlotAxis
  readonly y: PlotAxis
  readonly metric: PlotAxis
  readonly binsX: Bins
  readonly binsY: Bins
  readonly cells: readonly (readonly HeatCell[])[]
  /** The means, as an axis of colours. */
  readonly colors: PlotAxis
}

/** The mean of a metric by two of what runs were given. */
export function CompareHeat() {
  const { view, change, compare, likeliest } = useCompare()
  const set = (label: string, part: Partial<HeatChoice>): void =>
    change(label, { heat: { ...view.heat, ...part } })
  const params = createMemo(() => likelyParams(compare))
  const byX = (): string => view.heat.x ?? params().find((by) => by !== view.heat.y) ?? ''
  const byY = (): string => view.heat.y ?? params().find((by) => by !== byX()) ?? ''
  const byMetric = (): string => view.heat.metric ?? likeliest() ?? ''
  const axis = (by: string): PlotAxis | null => toPlotAxis(compare, by, { isFlipped: false, isLog: null })
  const map = createMemo<HeatMap | null>(() => {
    const [x, y, metric] = [axis(byX()), axis(byY()), axis(byMetric())]
    if (x === null || y === null || metric === null || metric.categories !== null) return null
    const [binsX, binsY] = [toBins(x, MAX_BINS), toBins(y, MAX_BINS)]
    const cells = heatCells(binsX, binsY, metric.values)
    const means = Float64Array.from(cells.flat(), ({ mean }) => mean ?? Number.NaN)
    const colors = { ...metric, values: means, isContinuous: true, isLog: spansDecades(means) }
    return { x, y, metric, binsX, binsY, cells, colors }
  })
  const chartColors = useChartColors()
  const ramp = createMemo(() => colorRamp(chartColors().series('series-1'), chartColors().series('series-2')))

  return (
    <Section
      section="heat"
      tools={
        <>
          <OperandChoice
            label="x"
            value={byX()}
            others={byX() === '' ? NOTHING_CHOSEN : []}
            offers="all"
            onChange={(x) => set('Choose x', { x, y: x === byY() ? byX() : byY() })}
          />
          <OperandChoice
            label="y"
            value={byY()}
            others={byY() === '' ? NOTHING_CHOSEN : []}
            offers="all"
            onChange={(y) => set('Choose y', { y, x: y === byX() ? byY() : byX() })}
          />
          <OperandChoice
            label="Mean of"
            value={byMetric()}
            others={byMetric() === '' ? NOTHING_CHOSEN : []}
            offers="metrics"
            onChange={(metric) => set('Choose a metric', { metric })}
          />
          <ColorLegend axis={map()?.colors ?? null} ramp={ramp()} />
        </>
      }
    >
      <Show
        when={map()}
        fallback={
          <Show when={compare.loaded()}>
            <CompareNote>
              Two params that vary, and a metric, are needed for a map. Choose them above.
            </CompareNote>
          </Show>
        }
      >
        {(known) => <MapOfRuns map={known()} ramp={ramp()} />}
      </Show>
    </Section>
  )
}

function MapOfRuns(props: { readonly map: HeatMap; readonly ramp: readonly string[] }) {
  const experiment = useExperiment()
  const { runs } = useCompare()
  const scale = createMemo(() => makeScale(props.map.colors))
  const nameOf = (row: number): string => runs()[row]?.label ?? ''

  function cellAt(x: number, y: number): HeatGridCell | null {
    const cell = props.map.cells[y]?.[x]
    if (cell === undefined || cell.rows.length === 0) return null
    const { binsX, binsY, metric } = props.map
    const place = `${props.map.x.label} ${binsX.labels[x] ?? ''}, ${props.map.y.label} ${binsY.labels[y] ?? ''}`
    return {
      text: cell.mean === null ? '–' : scale().format(cell.mean),
      note: countWords(cell),
      color: cell.mean === null ? null : (props.ramp[rampStep(scale().toPart(cell.mean))] ?? null),
      words: `${place}: ${metric.label} ${meanWords(cell, scale().format)}: ${namesWords(cell.rows.map(nameOf))}`,
    }
  }

  return (
    <>
      <CompareHint isStatus>{coverWords(props.map)}</CompareHint>
      <HeatGrid
        label={`Mean of ${props.map.metric.label} by ${props.map.x.label} and ${props.map.y.label}`}
        x={{ label: props.map.x.label, bins: props.map.binsX.labels }}
        y={{ label: props.map.y.label, bins: props.map.binsY.labels }}
        cell={cellAt}
        hint="Point at a cell for the runs in it; click to draw only them."
        onPick={(x, y) =>
          drawOnly(
            experiment,
            (props.map.cells[y]?.[x]?.rows ?? []).flatMap((row) => runs()[row]?.id ?? []),
          )
        }
      />
    </>
  )
}

function countWords({ rows, counted }: HeatCell): string {
  return counted === rows.length
    ? formatPlural(counted, 'run')
    : `${formatCount(counted)} of ${formatPlural(rows.length, 'run')}`
}

function meanWords(cell: HeatCell, format: (value: number) => string): string {
  if (cell.mean === null) return `of none of ${formatPlural(cell.rows.length, 'run')}`
  return `${format(cell.mean)}, ${cell.counted === 1 ? 'from' : 'mean of'} ${countWords(cell)}`
}

function namesWords(names: readonly string[]): string {
  const more = names.length - MAX_NAMES
  return `${names.slice(0, MAX_NAMES).join(', ')}${more > 0 ? ` and ${formatPlural(more, 'more run')}` : ''}`
}

/** Of how many runs the map is, and of how many it is not. */
function coverWords({ x, y, metric, cells, binsX, binsY }: HeatMap): string {
  const counted = cells.flat().reduce((sum, cell) => sum + cell.counted, 0)
  const left = metric.values.length - counted
  return [
    `From ${formatCount(counted)} of ${formatPlural(metric.values.length, 'drawn run')}`,
    ...(left === 0
      ? []
      : [`${formatPlural(left, 'run')} without a finite ${metric.label}, ${x.label} or ${y.label} left out`]),
    ...(binsX.areRanges || binsY.areRanges
      ? ['a range holds what is from its lower end up to, not at, its upper one']
      : []),
  ].join('. ')
}
