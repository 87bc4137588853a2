import { createMemo, Match, Show, Switch } from 'solid-js'
import type { Artifact } from '../../model/artifact.ts'
import { removedWithBytes } from './artifact-room.ts'
import { useCommands } from '../shell/create-commands.ts'
import { Button } from '../../widgets/button.tsx'
import { Segmented } from '../../widgets/segmented.tsx'
import { versionCommands } from './artifact-commands.ts'
import { ArtifactCompare } from './artifact-compare.tsx'
import { ArtifactLineage } from './artifact-lineage.tsx'
import { EraseDialog } from './erase-dialog.tsx'
import { PickedBar } from './picked-bar.tsx'
import { MAX_ARTIFACT_SEARCH } from './artifacts-view.ts'
import { formatBytes, formatPlural } from '../../widgets/number-format.ts'
import { ArtifactProvider, createShelf } from './artifact-context.ts'
import { listArtifacts } from './artifact-entries.ts'
import { ArtifactList } from './artifact-list.tsx'
import { ArtifactsFrame, ArtifactsNote } from './artifacts-frame.tsx'
import { DownloadBar } from './download-bar.tsx'
import './artifacts-tab.css'

const LOOKS = [
  { value: 'list', text: 'List' },
  { value: 'lineage', text: 'Lineage' },
] as const

/** All artifacts of an experiment: what there is, what it takes, and where it came from. */
export function ArtifactsTab() {
  const shelf = createShelf(() => null)
  const { view, change, all, list } = shelf
  const entries = createMemo(() => listArtifacts(all(), view().search))
  const there = createMemo(() => all().filter(({ removedAt }) => removedAt === null))
  /** What is registered is not given up with them. */
  const removed = createMemo(() =>
    removedWithBytes(all()).filter(({ id }) => shelf.registrations(id).length === 0),
  )
  const picked = createMemo(() => {
    const ids = new Set(view().picked)
    return there().filter(({ id }) => ids.has(id))
  })
  /** The older first. */
  const compared = createMemo((): readonly [Artifact, Artifact] | undefined => {
    const [before, after] = picked().toSorted((a, b) => a.createdAt - b.createdAt || a.version - b.version)
    if (view().look !== 'compare' || picked().length !== 2) return undefined
    return before !== undefined && after !== undefined ? [before, after] : undefined
  })
  useCommands().offer(() => [
    ...versionCommands(shelf),
    {
      title: view().look === 'lineage' ? 'Show artifacts as a list' : 'Show the lineage of artifacts',
      group: 'Artifacts',
      run: () =>
        change('Look at artifacts another way', { look: view().look === 'lineage' ? 'list' : 'lineage' }),
    },
    ...(shelf.readOnly || removed().length === 0
      ? []
      : [
          {
            title: 'Free the room of deleted versions',
            group: 'Artifacts',
            run: () => shelf.askToErase(removed()),
          },
        ]),
  ])
  return (
    <ArtifactProvider value={shelf}>
      <ArtifactsFrame isWhole>
        <div class="artifacts-tab-toolbar">
          <input
            class="artifacts-tab-search"
            type="search"
            aria-label="Search artifacts"
            placeholder="Name, type, alias or v3"
            autocomplete="off"
            spellcheck={false}
            maxlength={MAX_ARTIFACT_SEARCH}
            value={view().search}
            onInput={(event) =>
              change('Search artifacts', { search: event.currentTarget.value }, 'search artifacts')
            }
          />
          <Segmented
            label="Look at artifacts as"
            showLabel={false}
            options={LOOKS}
            value={view().look === 'lineage' ? 'lineage' : 'list'}
            onChange={(look) => change(`Show the ${look} of artifacts`, { look })}
          />
          <Show when={compared()}>
            <Button look="quiet" onClick={() => change('Back to the list', { look: 'list' })}>
              Back to the list
            </Button>
          </Show>
          <p class="artifacts-tab-total" role="status">
            <Show when={list()}>{(known) => totalWords(known().storedBytes, there())}</Show>
          </p>
          <Show when={!shelf.readOnly && removed().length > 0}>
            <Button look="quiet" onClick={() => shelf.askToErase(removed())}>
              Free the room of {formatPlural(removed().length, 'deleted version')}
            </Button>
          </Show>
        </div>
        <DownloadBar />
        <Show when={shelf.failure()}>{(message) => <ArtifactsNote>{message()}</ArtifactsNote>}</Show>
        <Show when={list() !== undefined && there().length === 0}>
          <ArtifactsNote>
            No run of this experiment made artifacts. Call <code>run.logArtifact(name, bytes)</code> in the
            training to keep files with it.
          </ArtifactsNote>
        </Show>
        <Show when={there().length > 0 && entries().length === 0}>
          <ArtifactsNote>None of {formatPlural(there().length, 'version')} is like that.</ArtifactsNote>
        </Show>
        <Switch>
          <Match when={view().look === 'lineage'}>
            <ArtifactLineage />
          </Match>
          <Match when={compared()}>{(two) => <ArtifactCompare before={two()[0]} after={two()[1]} />}</Match>
          <Match when={true}>
            <Show when={picked().length > 0}>
              <PickedBar picked={picked()} />
            </Show>
            <ArtifactList label="Artifacts" entries={entries()} isWhole />
          </Match>
        </Switch>
        <Show when={shelf.erasing()}>
          {(artifacts) => <EraseDialog artifacts={artifacts()} onClose={shelf.stopAsking} />}
        </Show>
      </ArtifactsFrame>
    </ArtifactProvider>
  )
}

/** `1.2 GB in 34 versions, 5 of them given up` */
function totalWords(bytes: number, there: readonly Artifact[]): string {
  const given = there.filter(({ erasedAt }) => erasedAt !== null)
  const all = `${formatBytes(bytes)} in ${formatPlural(there.length, 'version')}`
  if (given.length === 0) return all
  const before = given.reduce((sum, artifact) => sum + artifact.bytes, 0)
  return `${all}, ${given.length} of them given up (${formatBytes(before)} before)`
}
