import { formatCount, formatPlural } from '../../widgets/number-format.ts'
import { canBeLog, type PlotAxis } from '../../widgets/plot/plot-axis.ts'
import { pearson, spearman } from './correlation.ts'

/** How two axes go together, and how many runs have no place between them; a log axis is measured as it is drawn. */
export function scatterWords(x: PlotAxis, y: PlotAxis): string {
  return `${correlationWords(x, y)}${leftOutWords(x, y)}`
}

/** How two axes go together, and of how many runs. */
export function correlationWords(x: PlotAxis, y: PlotAxis): string {
  const [a, b] = [asDrawn(x), asDrawn(y)]
  const r = pearson(a, b)
  const n = `n = ${formatCount(r.n)}`
  if (Number.isNaN(r.value)) return `No correlation: too few runs, or one of the two does not vary. ${n}`
  const rho = spearman(a, b)
  const of = logWords(isDrawnLog(x), isDrawnLog(y))
  return `Pearson r ${r.value.toFixed(2)}${of}, Spearman ρ ${rho.value.toFixed(2)}, ${n}`.replaceAll('-', '−')
}

function logWords(isLogX: boolean, isLogY: boolean): string {
  if (isLogX && isLogY) return ' of log x and log y'
  return isLogX ? ' of log x' : isLogY ? ' of log y' : ''
}

/** What the places of an axis are measured by. */
function asDrawn(axis: PlotAxis): Float64Array {
  return isDrawnLog(axis) ? axis.values.map((value) => Math.log10(value)) : axis.values
}

function isDrawnLog({ values, isLog }: PlotAxis): boolean {
  return isLog && canBeLog(values)
}

function lacks(axis: PlotAxis, row: number): boolean {
  return Number.isNaN(axis.values[row] ?? Number.NaN)
}

function leftOutWords(x: PlotAxis, y: PlotAxis): string {
  const rows = Array.from(x.values, (_, row) => row)
  const lackX = rows.filter((row) => lacks(x, row)).length
  const lackY = rows.filter((row) => lacks(y, row)).length
  const left = rows.filter((row) => lacks(x, row) || lacks(y, row)).length
  if (left === 0) return ''
  const why = [
    ...(lackX === 0 ? [] : [`${formatCount(lackX)} without a finite ${x.label}`]),
    ...(lackY === 0 ? [] : [`${formatCount(lackY)} without a finite ${y.label}`]),
  ]
  return `. ${formatPlural(left, 'run')} left out: ${why.join(', ')}`
}
