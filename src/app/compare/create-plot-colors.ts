import { createMemo, type Accessor } from 'solid-js'
import { useChartColors } from '../../widgets/chart-colors.ts'
import type { Stroke } from '../../widgets/dashes.ts'
import { colorRamp, rampStep } from '../../widgets/plot/color-ramp.ts'
import { makeScale, type PlotAxis } from '../../widgets/plot/plot-axis.ts'
import { useCompare } from './compare-context.ts'

export interface PlotColors {
  /** The colour of each run, by row. */
  readonly color: Accessor<(row: number) => string>
  /** What tells runs of one colour apart, where runs are what is told apart. */
  readonly stroke: Accessor<(row: number) => Stroke>
  /** From small to large; null where runs or categories are what is told apart. */
  readonly ramp: Accessor<readonly string[] | null>
}

/** The colours of runs in a picture: by a value, or each its own. */
export function createPlotColors(by: Accessor<PlotAxis | null>): PlotColors {
  const { runs } = useCompare()
  const colors = useChartColors()
  const ramp = createMemo(() => {
    const axis = by()
    if (axis === null || axis.categories !== null) return null
    return colorRamp(colors().series('series-1'), colors().series('series-2'))
  })
  const color = createMemo(() => {
    const axis = by()
    const { series, axis: missing } = colors()
    if (axis === null) {
      const own = runs().map((run) => series(run.style.color))
      return (row: number): string => own[row] ?? missing
    }
    const steps = ramp()
    const scale = makeScale({ ...axis, isFlipped: false })
    return (row: number): string => {
      const value = axis.values[row] ?? Number.NaN
      if (Number.isNaN(value)) return missing
      if (steps === null) return series(`series-${(value % 8) + 1}`)
      return steps[rampStep(scale.toPart(value))] ?? missing
    }
  })
  const stroke = createMemo(() => {
    const own = by() === null ? runs().map((run) => run.style.stroke) : []
    return (row: number): Stroke => own[row] ?? 0
  })
  return { color, stroke, ramp }
}
