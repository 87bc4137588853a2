import { createMemo, Show } from 'solid-js'
import type { RunId } from '../../model/units.ts'
import { useCommands } from '../shell/create-commands.ts'
import { versionCommands } from './artifact-commands.ts'
import { ArtifactProvider, createShelf } from './artifact-context.ts'
import { listRunArtifacts } from './artifact-entries.ts'
import { ArtifactList } from './artifact-list.tsx'
import { ArtifactsFrame, ArtifactsNote } from './artifacts-frame.tsx'
import { DownloadBar } from './download-bar.tsx'

/** What a run made and what it used. */
export function RunArtifacts(props: { readonly runId: RunId }) {
  const shelf = createShelf(() => props.runId)
  const entries = createMemo(() => listRunArtifacts(shelf.all(), props.runId))
  useCommands().offer(() => versionCommands(shelf))
  return (
    <ArtifactProvider value={shelf}>
      <ArtifactsFrame isWhole={false}>
        <DownloadBar />
        <Show when={shelf.failure()}>{(message) => <ArtifactsNote>{message()}</ArtifactsNote>}</Show>
        <Show when={shelf.list() !== undefined && entries().length === 0}>
          <ArtifactsNote>
            This run made and used no artifacts. Call <code>run.logArtifact(name, bytes)</code> in the
            training to keep files with it.
          </ArtifactsNote>
        </Show>
        <ArtifactList label="Artifacts of the run" entries={entries()} isWhole={false} />
      </ArtifactsFrame>
    </ArtifactProvider>
  )
}
