import { createMemo, onCleanup } from 'solid-js'
import { CSV_TYPE, csvLine } from '../../model/csv.ts'
import type { RunId } from '../../model/units.ts'
import { useChartColors } from '../../widgets/chart-colors.ts'
import { formatCount, formatPlural, formatValue } from '../../widgets/number-format.ts'
import { quartilesOf, type DistributionGroup } from '../../widgets/plot/distribution.ts'
import { DistributionPlot } from '../../widgets/plot/distribution-plot.tsx'
import { useExperiment } from '../experiment/experiment-context.ts'
import type { ChartSubject } from './create-chart-lines.ts'
import type { DrawnChart } from './drawn-chart.ts'
import { drawnRows, savePlot } from './save-plot.ts'

/** Where the last values of each group lie, of all its runs; without groups, of the runs that are drawn. */
export function createDistributionChart(subject: ChartSubject, title: () => string): DrawnChart {
  const { charts, looks, runs, series } = useExperiment()
  const colors = useChartColors()
  const members = createMemo<
    readonly {
      readonly name: string
      readonly text: string
      readonly color: string
      readonly runIds: readonly RunId[]
    }[]
  >(() => {
    const groups = looks.groups() ?? [
      { name: 'drawn runs', text: 'drawn runs', style: { color: 'series-1' }, runIds: [...looks.covered()] },
    ]
    return groups.map(({ name, text, style, runIds }) => ({
      name,
      text,
      color: style.color,
      runIds: runIds.filter((id) => subject.runIds?.has(id) !== false),
    }))
  })
  const shown = createMemo<readonly DistributionGroup[]>(() =>
    members().map(({ name, text, color, runIds }) => ({
      name,
      text,
      color,
      members: runIds.flatMap((id) => {
        const value = series.summary(id, subject.metric)?.last
        return value === undefined || !Number.isFinite(value) ? [] : [{ name: runs.label(id) ?? id, value }]
      }),
    })),
  )
  const receipt = createMemo(() => {
    const all = members().flatMap(({ runIds }) => runIds)
    const lacking = all.filter((id) => series.summary(id, subject.metric) === undefined).length
    const counted = shown().reduce((sum, group) => sum + group.members.length, 0)
    const odd = all.length - counted - lacking
    const of = counted === all.length ? '' : `${formatCount(counted)} of `
    return [
      `last value of ${of}${formatPlural(all.length, 'run')}`,
      ...(looks.groups() === null ? [] : [`in ${formatPlural(members().length, 'group')}`]),
      ...(lacking > 0
        ? [`${formatCount(lacking)} ${lacking === 1 ? 'has' : 'have'} no ${subject.metric}`]
        : []),
      ...(odd > 0 ? [`${formatCount(odd)} ${odd === 1 ? 'ends' : 'end'} with NaN or ±∞`] : []),
    ].join(', ')
  })
  const summary = createMemo(() => {
    const medians = shown().map(({ name, members: each }) => {
      const found = quartilesOf(each.map(({ value }) => value))
      return `${name} ${found === null ? 'none' : formatValue(found.median)}`
    })
    return `${title()}. Medians: ${medians.slice(0, 12).join(', ')}. ${receipt()}.`
  })
  subject.onExtent(null)
  onCleanup(() => subject.onExtent(null))

  return {
    receipt,
    draw: () => (
      <DistributionPlot groups={shown()} isLog={charts.options(subject.metric).logY} summary={summary()} />
    ),
    save: (format, card) =>
      savePlot({
        title: title(),
        unnamed: 'distribution',
        format,
        csv: () => new Blob([toCsv(shown(), subject.metric)], { type: CSV_TYPE }),
        draw: () => drawnRows(card),
        colors: colors(),
      }),
  }
}

function toCsv(groups: readonly DistributionGroup[], metric: string): string {
  const rows = groups.flatMap((group) =>
    group.members.map(({ name, value }) => csvLine([group.name, name, value])),
  )
  return [csvLine(['group', 'run_name', metric]), ...rows].join('')
}
