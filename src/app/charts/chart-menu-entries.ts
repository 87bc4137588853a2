import type { MenuEntry } from '../../widgets/menu.tsx'
import { useExperiment } from '../experiment/experiment-context.ts'
import type { ChartFormat } from './chart-file.ts'

const FORMATS: readonly { readonly format: ChartFormat; readonly text: string }[] = [
  { format: 'png', text: 'Save as PNG' },
  { format: 'svg', text: 'Save as SVG' },
  { format: 'csv', text: 'Save as CSV' },
  { format: 'spreadsheet', text: 'Save for spreadsheets' },
]

/** `without`: what is not offered. */
export function saveEntries(
  save: (format: ChartFormat) => Promise<void>,
  without?: ChartFormat,
): readonly MenuEntry[] {
  return FORMATS.filter(({ format }) => format !== without).map(({ format, text }) => ({
    text,
    run: () => save(format),
  }))
}

/** `neighbours`: the keys of the charts it stands among, itself one of them. */
export function moveEntries(key: string, neighbours: readonly string[]): readonly MenuEntry[] {
  const { charts } = useExperiment()
  const place = neighbours.indexOf(key)
  const moveTo = (text: string, to: string | undefined): MenuEntry => ({
    text,
    disabled: to === undefined,
    run: () => to !== undefined && charts.move(key, to),
  })
  return [
    moveTo('Move before', place > 0 ? neighbours[place - 1] : undefined),
    moveTo('Move after', neighbours[place + 1]),
  ]
}

interface AxesOf {
  /** What its options are known by. */
  readonly key: string
  /** Whether it is drawn as curves. */
  readonly isLines: boolean
  /** Whether its lines are named where that was not chosen. */
  readonly hasLegend: boolean
  /** Asks for the ends of y. */
  onEnds(): void
}

/** What can be done with the axes of a chart, and with the names of its lines. */
export function axisEntries({ key, isLines, hasLegend, onEnds }: AxesOf): readonly MenuEntry[] {
  const { charts, view } = useExperiment()
  const { logX, logY, y, legend = hasLegend } = charts.options(key)
  return [
    {
      text: 'Logarithmic x',
      checked: logX,
      // Wall time begins long before anything was logged.
      disabled: view.x() === 'time' || !isLines,
      run: () => charts.setOptions(key, { logX: !logX }),
    },
    { text: 'Logarithmic y', checked: logY, run: () => charts.setOptions(key, { logY: !logY }) },
    { text: 'Range of y', checked: y !== undefined, run: onEnds },
    {
      text: 'Legend',
      checked: legend,
      disabled: !isLines,
      run: () => charts.setOptions(key, { legend: !legend }),
    },
  ]
}
