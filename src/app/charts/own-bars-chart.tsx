import { createMemo, type Accessor } from 'solid-js'
import { CSV_TYPE, csvLine } from '../../model/csv.ts'
import { useChartColors } from '../../widgets/chart-colors.ts'
import { formatCount, formatPlural, formatValue } from '../../widgets/number-format.ts'
import { BarPlot, type BarRow } from '../../widgets/plot/bar-plot.tsx'
import { useExperiment } from '../experiment/experiment-context.ts'
import type { OwnChart } from '../workspace/charts-view.ts'
import { writtenOperandWords } from '../workspace/operands.ts'
import type { DrawnChart } from './drawn-chart.ts'
import { useOwnValues } from './own-values.ts'
import { drawnRows, savePlot } from './save-plot.ts'

/** More rows are not looked at. */
const MAX_ROWS = 100

/** A bar for each run, or for the mean of each group, of everything that is shown. */
export function createOwnBarsChart(own: Accessor<OwnChart>, title: Accessor<string>): DrawnChart {
  const { looks, pick, runs, view } = useExperiment()
  const colors = useChartColors()
  const valueOf = useOwnValues()
  const all = createMemo<readonly BarRow[]>(() => {
    const groups = looks.groups()
    if (groups !== null)
      return groups.map(({ id, text, style, runIds }) => ({
        id,
        name: text,
        color: style.color,
        values: own().shows.map((by) => meanOf(runIds.map((run) => valueOf(by, run)))),
      }))
    const covered = looks.covered()
    return (runs.runs() ?? [])
      .filter(({ id }) => covered.has(id))
      .map(({ id, label }) => ({
        id,
        name: label,
        color: looks.style(id).color,
        values: own().shows.map((by) => valueOf(by, id)),
      }))
  })
  const having = createMemo(() => all().filter(({ values }) => values.some(Number.isFinite)))
  const rows = createMemo(() => having().slice(0, MAX_ROWS))
  const receipt = createMemo(() => {
    const of = looks.groups() === null ? 'run' : 'group'
    const lacking = all().length - having().length
    return [
      `${of === 'group' ? 'means of ' : ''}${formatPlural(rows().length, of)}`,
      ...(having().length > rows().length ? [`the first of ${formatCount(having().length)}`] : []),
      ...(lacking > 0 ? [`${formatCount(lacking)} without such a number`] : []),
    ].join(', ')
  })
  const names = createMemo(() => own().shows.map(writtenOperandWords))

  return {
    receipt,
    draw: () => (
      <BarPlot
        rows={rows()}
        names={names()}
        raised={view.raised()}
        summary={`${title()}. ${rows()
          .slice(0, 8)
          .map(({ name, values }) => `${name} ${values.map(formatValue).join(', ')}`)
          .join('; ')}. ${receipt()}.`}
        onRaise={view.raise}
        onPick={pick}
      />
    ),
    save: (format, card) =>
      savePlot({ title: title(), format, csv: toCsv, draw: () => drawnRows(card), colors: colors() }),
  }

  function toCsv(): Blob {
    return new Blob(
      [
        csvLine([looks.groups() === null ? 'run_name' : 'group', ...names()]),
        ...having().map(({ name, values }) => csvLine([name, ...values])),
      ],
      { type: CSV_TYPE },
    )
  }
}

function meanOf(values: readonly number[]): number {
  const finite = values.filter(Number.isFinite)
  return finite.length === 0 ? Number.NaN : finite.reduce((sum, value) => sum + value, 0) / finite.length
}
