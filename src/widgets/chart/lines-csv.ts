import type { ChartLine } from './chart-line.ts'

/** A field as RFC 4180 wants it. A text that a spreadsheet would run as a formula gets a quote mark before it. */
export function csvField(value: string | number): string {
  if (typeof value === 'number') return String(value)
  const harmless = /^[=+\-@\t\r]/.test(value) && !Number.isFinite(Number(value)) ? `'${value}` : value
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}

/** What is drawn, one row an entry: the points where all are drawn, else each bucket's mean, least and greatest value. */
export function linesToCsv(lines: readonly ChartLine[], xName: string): string {
  const rows = lines.flatMap((line) =>
    Array.from(line.x, (x, index) =>
      [
        line.name,
        x,
        line.mean[index] ?? Number.NaN,
        line.min[index] ?? Number.NaN,
        line.max[index] ?? Number.NaN,
      ]
        .map(csvField)
        .join(','),
    ),
  )
  return [`run,${csvField(xName)},mean,min,max`, ...rows, ''].join('\r\n')
}
