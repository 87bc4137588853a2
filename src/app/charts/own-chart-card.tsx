import { createMemo, createSignal, on, Show, Suspense } from 'solid-js'
import { ownKey, ownWords } from '../experiment/create-charts.ts'
import { useExperiment } from '../experiment/experiment-context.ts'
import { lazyView } from '../shell/lazy-view.ts'
import type { OwnChart } from '../workspace/charts-view.ts'
import type { XRange } from '../workspace/x-range.ts'
import { ScaleWords } from './chart-card.tsx'
import { ChartEnds } from './chart-ends.tsx'
import { ChartFrame } from './chart-frame.tsx'
import type { DrawnChart } from './drawn-chart.ts'
import { OwnChartMenu } from './own-chart-menu.tsx'
import { createOwnBarsChart } from './own-bars-chart.tsx'
import { createOwnLinesChart } from './own-lines-chart.tsx'
import { createOwnScatterChart } from './own-scatter-chart.tsx'
import './own-chart-card.css'

const Markdown = lazyView(async () => (await import('../shell/markdown.tsx')).Markdown)

interface OwnChartCardProps {
  readonly chart: OwnChart
  /** How far x of all charts reaches, unzoomed. */
  readonly sharedExtent: XRange | null
  onEdit(chart: OwnChart): void
}

/** A chart of one's own: several metrics, bars, dots, or a text. */
export function OwnChartCard(props: OwnChartCardProps) {
  const { charts } = useExperiment()
  const [ends, setEnds] = createSignal(false)
  let card: HTMLElement | undefined
  const own = (): OwnChart => props.chart
  const key = createMemo(() => ownKey(props.chart))
  const title = createMemo(() => ownWords(props.chart))
  const kind = createMemo(() => props.chart.kind)
  const drawn = createMemo(
    on(kind, (each): DrawnChart | null => {
      switch (each) {
        case 'lines':
          return createOwnLinesChart(own, title, () => props.sharedExtent)
        case 'bars':
          return createOwnBarsChart(own, title)
        case 'scatter':
          return createOwnScatterChart(own, title)
        case 'text':
          return null
      }
    }),
  )

  return (
    <ChartFrame
      title={title()}
      heading={<bdi>{title()}</bdi>}
      isExpanded={false}
      dragged={key()}
      onDrop={(dragged) => charts.move(dragged, key())}
      onElement={(element) => (card = element)}
      marks={<ScaleWords options={charts.options(key())} />}
      receipt={drawn()?.receipt() ?? ''}
      menu={(anchor, close) => (
        <OwnChartMenu
          chart={props.chart}
          anchor={anchor}
          save={(format) => drawn()?.save(format, card ?? null) ?? Promise.resolve()}
          onEdit={() => props.onEdit(props.chart)}
          onEnds={() => setEnds(true)}
          onClose={close}
        />
      )}
      popover={
        ends()
          ? (anchor) => (
              <ChartEnds chart={key()} name={title()} anchor={anchor} onClose={() => setEnds(false)} />
            )
          : undefined
      }
    >
      <Show
        when={drawn()}
        fallback={
          <div class="own-chart-card-text" tabindex={0} role="document" aria-label={title()}>
            <Suspense>
              <Markdown text={bodyOf(props.chart)} />
            </Suspense>
          </div>
        }
      >
        {(chart) => chart().draw()}
      </Show>
    </ChartFrame>
  )
}

/** A heading that it begins with is its title, unless it has another. */
function bodyOf({ title, text }: OwnChart): string {
  return title === '' ? text.replace(/^\s*#+ [^\n]*\n?/, '') : text
}
