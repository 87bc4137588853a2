import RotateCcw from 'lucide-solid/icons/rotate-ccw'
import Share from 'lucide-solid/icons/share'
import { Show } from 'solid-js'
import { Button } from '../widgets/button.tsx'
import { Toggle } from '../widgets/toggle.tsx'
import { useExperiment } from './experiment-context.ts'
import { SmoothingControl } from './smoothing-control.tsx'
import { XSelect } from './x-select.tsx'
import './chart-toolbar.css'

interface ChartToolbarProps {
  onShare(): void
}

/** What holds for all charts at once, and the way out of here. */
export function ChartToolbar(props: ChartToolbarProps) {
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
      <Button class="chart-toolbar-share" aria-label="Share" onClick={() => props.onShare()}>
        <Share size={14} />
        <span class="chart-toolbar-share-text">Share</span>
      </Button>
    </div>
  )
}
