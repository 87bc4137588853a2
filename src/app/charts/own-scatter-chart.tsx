import { createMemo, Show, type Accessor } from 'solid-js'
import { CSV_TYPE, csvLine } from '../../model/csv.ts'
import { useChartColors } from '../../widgets/chart-colors.ts'
import type { Stroke } from '../../widgets/dashes.ts'
import { formatCount, formatPlural } from '../../widgets/number-format.ts'
import { spansDecades, type PlotAxis } from '../../widgets/plot/plot-axis.ts'
import { ScatterPlot } from '../../widgets/plot/scatter-plot.tsx'
import { useExperiment } from '../experiment/experiment-context.ts'
import type { OwnChart } from '../workspace/charts-view.ts'
import { writtenOperandWords } from '../workspace/operands.ts'
import { EmptyChart } from './chart-frame.tsx'
import type { DrawnChart } from './drawn-chart.ts'
import { useOwnValues } from './own-values.ts'
import { savePlot } from './save-plot.ts'

/** As high as the plots of other charts. Unit: CSS pixels. */
const HEIGHT = 216

/** A dot for each drawn run, by two of its numbers. */
export function createOwnScatterChart(own: Accessor<OwnChart>, title: Accessor<string>): DrawnChart {
  const { looks, runs, select, selected } = useExperiment()
  const colors = useChartColors()
  const valueOf = useOwnValues()
  const all = createMemo(() => (runs.runs() ?? []).filter(({ id }) => looks.covered().has(id)))
  const dots = createMemo(() => {
    const [byX = '', byY = ''] = own().shows
    return all().filter(({ id }) => Number.isFinite(valueOf(byX, id)) && Number.isFinite(valueOf(byY, id)))
  })
  const axis = (place: 0 | 1): PlotAxis => {
    const by = own().shows[place] ?? ''
    const values = Float64Array.from(dots(), ({ id }) => valueOf(by, id))
    return {
      id: by,
      label: writtenOperandWords(by),
      values,
      categories: null,
      unit: 'number',
      isLog: spansDecades(values),
      isFlipped: false,
    }
  }
  const x = createMemo(() => axis(0))
  const y = createMemo(() => axis(1))
  const receipt = createMemo(() => {
    const lacking = all().length - dots().length
    return [
      formatPlural(dots().length, 'run'),
      ...(lacking > 0 ? [`${formatCount(lacking)} without both numbers`] : []),
    ].join(', ')
  })
  /** New functions where looks change: dots are painted again for those. */
  const dotLooks = createMemo(() => {
    const styles = dots().map(({ id }) => looks.style(id))
    const { series } = colors()
    return {
      color: (dot: number): string => series(styles[dot]?.color ?? ''),
      stroke: (dot: number): Stroke => styles[dot]?.stroke ?? 0,
    }
  })
  const nameOf = (dot: number): string => dots()[dot]?.label ?? ''
  const highlighted = createMemo(() => {
    const place = dots().findIndex(({ id }) => id === selected())
    return place < 0 ? null : place
  })

  return {
    receipt,
    draw: () => (
      <Show when={dots().length > 0} fallback={<EmptyChart words="No drawn run has both numbers." />}>
        <ScatterPlot
          x={x()}
          y={y()}
          color={dotLooks().color}
          stroke={dotLooks().stroke}
          name={nameOf}
          height={HEIGHT}
          highlighted={highlighted()}
          summary={`${title()}. ${receipt()}.`}
          onPick={(dot) => select(dots()[dot]?.id ?? null)}
        />
      </Show>
    ),
    async save(format) {
      const { scatterToSvg } = await import('../../widgets/plot/scatter-svg.ts')
      const picture = { x: x(), y: y(), ...dotLooks(), name: nameOf }
      const draw = () => scatterToSvg(picture, colors())
      await savePlot({ title: title(), format, csv: toCsv, draw, colors: colors() })
    },
  }

  function toCsv(): Blob {
    return new Blob(
      [
        csvLine(['run_name', x().label, y().label]),
        ...dots().map(({ label }, dot) =>
          csvLine([label, x().values[dot] ?? Number.NaN, y().values[dot] ?? Number.NaN]),
        ),
      ],
      { type: CSV_TYPE },
    )
  }
}
