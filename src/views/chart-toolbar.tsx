import RotateCcw from 'lucide-solid/icons/rotate-ccw'
import { Show } from 'solid-js'
import { Button } from '../widgets/button.tsx'
import { Toggle } from '../widgets/toggle.tsx'
import { useExperiment } from './experiment-context.ts'
import { SmoothingControl } from './smoothing-control.tsx'
import { XSelect } from './x-select.tsx'
import './chart-toolbar.css'

/** What holds for all charts at once. */
export function ChartToolbar() {
  const { view } = useExperiment()
  return (
    <div class="chart-toolbar">
      <XSelect />
      <SmoothingControl />
      <Toggle label="Ignore outliers" on={view.ignoreOutliers()} onChange={view.setIgnoreOutliers} />
      <Show when={view.zoom()}>
        <Button look="quiet" onClick={() => view.setZoom(null)}>
          <RotateCcw size={14} />
          Reset zoom
        </Button>
      </Show>
    </div>
  )
}
