import { createMemo, Show, type JSX } from 'solid-js'
import { parseMediaView } from '../media/media-view.ts'
import { ChartGrid } from './chart-grid.tsx'
import { useExperiment } from '../experiment/experiment-context.ts'
import { OwnCharts } from './own-charts.tsx'
import { RefusedValues } from './refused-values.tsx'
import { MediaPart } from '../media/media-part.tsx'

interface ChartsAndMediaProps {
  /** What holds for all charts, over them. */
  readonly head: JSX.Element
}

/** The charts of the drawn runs, and what else they logged to be looked at; one may have the screen to itself. */
export function ChartsAndMedia(props: ChartsAndMediaProps) {
  const { media, series, visibility, workspace } = useExperiment()
  const charts = workspace.pick('charts')
  const mediaView = workspace.pick('media')
  const isMediaAlone = createMemo(() => {
    const having = media.table()?.get(parseMediaView(mediaView()).expanded ?? '')
    return having !== undefined && [...having.keys()].some((id) => visibility.visible().has(id))
  })
  const isChartAlone = createMemo(() => series.keys().includes(charts().expanded ?? ''))
  const hasCharts = (): boolean => !isMediaAlone() && series.keys().length > 0
  return (
    <OwnCharts>
      <Show when={hasCharts()}>
        {props.head}
        <Show when={!isChartAlone()}>
          <RefusedValues />
        </Show>
        <ChartGrid />
      </Show>
      <Show when={!hasCharts() && !isMediaAlone()}>
        <RefusedValues />
      </Show>
      <Show when={isMediaAlone() || !isChartAlone()}>
        <MediaPart isBelow={hasCharts()} />
      </Show>
    </OwnCharts>
  )
}
