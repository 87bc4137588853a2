import X from 'lucide-solid/icons/x'
import { Show } from 'solid-js'
import type { Artifact } from '../../model/artifact.ts'
import { Button } from '../../widgets/button.tsx'
import { IconButton } from '../../widgets/icon-button.tsx'
import { formatPlural } from '../../widgets/number-format.ts'
import { useArtifacts } from './artifact-context.ts'
import './picked-bar.css'

/** What can be done with the picked versions. */
export function PickedBar(props: { readonly picked: readonly Artifact[] }) {
  const { change, edits, readOnly } = useArtifacts()

  async function remove(): Promise<void> {
    if (await edits.remove(props.picked)) change('Delete versions', { picked: [] })
  }

  return (
    <div class="picked-bar" role="toolbar" aria-label="Picked versions">
      <span role="status">{formatPlural(props.picked.length, 'version')} picked</span>
      <Show
        when={props.picked.length === 2}
        fallback={<span class="picked-bar-hint">Pick two to compare them.</span>}
      >
        <Button look="quiet" onClick={() => change('Compare two versions', { look: 'compare' })}>
          Compare
        </Button>
      </Show>
      <Show when={!readOnly}>
        <Button look="quiet" onClick={() => void remove()}>
          Delete
        </Button>
      </Show>
      <IconButton label="Pick none" onClick={() => change('Pick none', { picked: [] })}>
        <X size={14} />
      </IconButton>
    </div>
  )
}
