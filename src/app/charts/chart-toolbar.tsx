import RotateCcw from 'lucide-solid/icons/rotate-ccw'
import { Show } from 'solid-js'
import { Button } from '../../widgets/button.tsx'
import { Toggle } from '../../widgets/toggle.tsx'
import { useExperiment } from '../experiment/experiment-context.ts'
import { AddChart } from './own-charts.tsx'
import { LinesControl } from './lines-control.tsx'
import { SmoothingControl } from './smoothing-control.tsx'
import { XSelect } from './x-select.tsx'
import './chart-toolbar.css'

/** What holds for all charts at once. */
export function ChartToolbar() {
  const { charts, view, workspace } = useExperiment()
  const arranged = workspace.pick('charts')
  return (
    <div class="chart-toolbar">
      <div class="chart-toolbar-row">
        <XSelect />
        <SmoothingControl />
        <LinesControl />
        <Toggle label="Ignore outliers" on={view.ignoreOutliers()} onChange={view.setIgnoreOutliers} />
        <Toggle label="Events" on={view.events()} onChange={view.setEvents} />
        <Show when={view.isZoomed()}>
          <Button
            look="quiet"
            class="chart-toolbar-reset"
            aria-label="Reset zoom"
            onClick={() => view.setZoom(null)}
          >
            <RotateCcw size={14} />
            <span>Reset zoom</span>
          </Button>
        </Show>
        <AddChart />
        <label class="chart-toolbar-metrics">
          <span class="visually-hidden">Search metrics</span>
          <input
            type="search"
            placeholder="Search metrics"
            title="A part of a name, or a pattern like loss|acc"
            spellcheck={false}
            autocomplete="off"
            maxlength={500}
            aria-invalid={charts.patternProblem() !== null}
            value={arranged().metrics}
            onInput={(event) =>
              charts.change('Search metrics', { metrics: event.currentTarget.value }, 'metrics')
            }
          />
        </label>
      </div>
    </div>
  )
}
