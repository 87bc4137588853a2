import { ownKey, ownWords } from '../experiment/create-charts.ts'
import { useExperiment } from '../experiment/experiment-context.ts'
import { createId } from '../../model/units.ts'
import { Menu, type MenuEntry } from '../../widgets/menu.tsx'
import type { OwnChart } from '../workspace/charts-view.ts'
import type { ChartFormat } from './chart-file.ts'
import { CHART_FORMATS } from './chart-menu.tsx'

interface OwnChartMenuProps {
  readonly chart: OwnChart
  readonly anchor: HTMLElement
  save(format: ChartFormat): Promise<void>
  onEdit(): void
  /** Asks for the ends of y. */
  onEnds(): void
  onClose(): void
}

/** What can be done with a chart of one's own. */
export function OwnChartMenu(props: OwnChartMenuProps) {
  const { charts, view } = useExperiment()
  const { chart } = props
  const key = ownKey(chart)
  const { logX, logY, y, legend = chart.shows.length > 1 || chart.pattern !== '' } = charts.options(key)
  const neighbours = charts.ownSections().find(({ name }) => name === chart.section)?.charts ?? []
  const place = neighbours.findIndex(({ id }) => id === chart.id)
  const moveTo = (text: string, to: OwnChart | undefined): MenuEntry => ({
    text,
    disabled: to === undefined,
    run: () => to !== undefined && charts.move(key, ownKey(to)),
  })
  const axes: readonly MenuEntry[] = [
    null,
    {
      text: 'Logarithmic x',
      checked: logX,
      // Wall time begins long before anything was logged.
      disabled: view.x() === 'time',
      run: () => charts.setOptions(key, { logX: !logX }),
    },
    { text: 'Logarithmic y', checked: logY, run: () => charts.setOptions(key, { logY: !logY }) },
    { text: 'Range of y', checked: y !== undefined, run: () => props.onEnds() },
    { text: 'Legend', checked: legend, run: () => charts.setOptions(key, { legend: !legend }) },
  ]
  const entries: readonly MenuEntry[] = [
    { text: 'Edit', run: () => props.onEdit() },
    {
      text: 'Duplicate',
      run: () => charts.putOwn({ ...chart, id: createId(), title: `${ownWords(chart)}, copy` }),
    },
    moveTo('Move before', place > 0 ? neighbours[place - 1] : undefined),
    moveTo('Move after', neighbours[place + 1]),
    ...(chart.kind === 'lines' ? axes : []),
    null,
    ...(chart.kind === 'text'
      ? []
      : [...CHART_FORMATS.map(({ format, text }) => ({ text, run: () => props.save(format) })), null]),
    { text: 'Remove', run: () => charts.removeOwn(chart) },
  ]
  return (
    <Menu
      label={`Chart ${ownWords(chart)}`}
      entries={entries}
      anchor={props.anchor}
      onClose={props.onClose}
    />
  )
}
