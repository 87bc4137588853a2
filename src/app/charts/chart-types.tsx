import type { ChartType } from '../workspace/charts-view.ts'
import type { ChartSubject } from './create-chart-lines.ts'
import type { DrawnChart } from './drawn-chart.ts'
import { createDistributionChart } from './distribution-chart.tsx'
import { createLinesChart } from './lines-chart.tsx'

/** How each type draws a metric. */
export const CHART_TYPES: Readonly<
  Record<ChartType, (subject: ChartSubject, title: () => string) => DrawnChart>
> = {
  lines: createLinesChart,
  distribution: createDistributionChart,
}
