import { ownKey, ownWords } from '../experiment/create-charts.ts'
import { useExperiment } from '../experiment/experiment-context.ts'
import { createId } from '../../model/units.ts'
import { Menu, type MenuEntry } from '../../widgets/menu.tsx'
import type { OwnChart } from '../workspace/charts-view.ts'
import type { ChartFormat } from './chart-file.ts'
import { axisEntries, moveEntries, saveEntries } from './chart-menu-entries.ts'

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
  const { charts } = useExperiment()
  const { chart } = props
  const key = ownKey(chart)
  const neighbours = charts.ownSections().find(({ name }) => name === chart.section)?.charts ?? []
  const axes = (): readonly MenuEntry[] => [
    null,
    ...axisEntries({
      key,
      isLines: true,
      hasLegend: chart.shows.length > 1 || chart.pattern !== '',
      onEnds: () => props.onEnds(),
    }),
  ]
  const entries: readonly MenuEntry[] = [
    { text: 'Edit', run: () => props.onEdit() },
    {
      text: 'Duplicate',
      run: () => charts.putOwn({ ...chart, id: createId(), title: `${ownWords(chart)}, copy` }),
    },
    ...moveEntries(key, neighbours.map(ownKey)),
    ...(chart.kind === 'lines' ? axes() : []),
    null,
    ...(chart.kind === 'text' ? [] : [...saveEntries((format) => props.save(format)), null]),
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
