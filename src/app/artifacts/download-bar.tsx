import { Show } from 'solid-js'
import { Button } from '../../widgets/button.tsx'
import { formatBytes } from '../../widgets/number-format.ts'
import { ProgressBar } from '../../widgets/progress-bar.tsx'
import { useArtifacts } from './artifact-context.ts'
import './download-bar.css'

/** What is being read for the downloads, and how far it came. */
export function DownloadBar() {
  const { download } = useArtifacts()
  return (
    <Show when={download.working()}>
      {(working) => (
        <div class="download-bar" role="region" aria-label="Download">
          <p class="download-bar-words" title={working().name}>
            {working().name}, {formatBytes(working().done)} of {formatBytes(working().total)}
          </p>
          <ProgressBar label="Download" done={working().done} total={working().total} />
          <Button onClick={() => download.cancel()}>Cancel</Button>
        </div>
      )}
    </Show>
  )
}
