import { createMemo, createSignal, For, Show } from 'solid-js'
import type { Artifact, RegisteredModel } from '../../../model/artifact.ts'
import { useCommands } from '../../shell/create-commands.ts'
import { Button } from '../../../widgets/button.tsx'
import { formatCount, formatPlural } from '../../../widgets/number-format.ts'
import { formatMoment } from '../../../widgets/time-format.ts'
import { useArtifacts } from '../artifact-context.ts'
import { Notes } from '../../shell/notes.tsx'
import { modelCommands } from './model-commands.ts'
import { ModelRow } from './model-row.tsx'
import './model-page.css'

/** Versions shown at a time. */
const PAGE_VERSIONS = 50

/** One registered model: what is said of it, and its versions, newest first. */
export function ModelPage(props: { readonly model: RegisteredModel }) {
  const shelf = useArtifacts()
  const { all, edits, readOnly } = shelf
  const [limit, setLimit] = createSignal(PAGE_VERSIONS)
  const byId = createMemo(() => new Map(all().map((artifact) => [artifact.id, artifact])))
  const numbers = createMemo(() => props.model.versions.map(({ version }) => version))
  const newest = (): Artifact | undefined => byId().get(props.model.versions[0]?.artifactId ?? '')
  useCommands().offer(() => modelCommands(shelf, props.model, newest()))

  return (
    <article class="model-page" aria-label={props.model.name}>
      <h2 class="model-page-name" title={props.model.name} dir="auto">
        {props.model.name}
      </h2>
      <p class="model-page-facts">
        {formatPlural(props.model.versions.length, 'version')}, registered{' '}
        {formatMoment(props.model.createdAt)}
      </p>
      <Notes
        notes={props.model.notes}
        readOnly={readOnly}
        begin={(before) => edits.writeNotes(props.model.name, newest()?.experimentId ?? '', before)}
      />
      <h3 class="model-page-title">Versions</h3>
      <ul aria-label={`Versions of ${props.model.name}`}>
        {/* By their numbers: a stage that is being written must not be made anew when the list is read again. */}
        <For each={numbers().slice(0, limit())}>
          {(number) => (
            <Show when={props.model.versions.find(({ version }) => version === number)}>
              {(version) => (
                <ModelRow
                  model={props.model.name}
                  version={version()}
                  artifact={byId().get(version().artifactId)}
                />
              )}
            </Show>
          )}
        </For>
      </ul>
      <Show when={numbers().length > limit()}>
        <Button look="quiet" onClick={() => setLimit(limit() + PAGE_VERSIONS)}>
          {formatCount(numbers().length - limit())} more
        </Button>
      </Show>
    </article>
  )
}
