import { csvLine } from '../../model/csv.ts'
import type { ChartLine } from './chart-line.ts'

/** What is drawn, one row an entry: the points where all are drawn, else each bucket's mean, least and greatest value. */
export function linesToCsv(lines: readonly ChartLine[], xName: string): string {
  const rows = lines.flatMap(({ id, name, x, mean, min, max }) =>
    Array.from(x, (at, index) => csvLine([id, name, at, mean[index], min[index], max[index]])),
  )
  return [csvLine(['run_id', 'run_name', xName, 'mean', 'min', 'max']), ...rows].join('')
}
