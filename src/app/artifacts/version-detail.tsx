import { createMemo, createSignal, Show, Suspense, type JSX } from 'solid-js'
import type { Artifact } from '../../model/artifact.ts'
import { Button } from '../../widgets/button.tsx'
import { FactTable } from '../../widgets/fact-table.tsx'
import { formatPlural } from '../../widgets/number-format.ts'
import { formatMoment } from '../../widgets/time-format.ts'
import { lazyView } from '../shell/lazy-view.ts'
import { flattenFacts } from '../shell/json-words.ts'
import { AliasEdit } from './alias-edit.tsx'
import { useArtifacts } from './artifact-context.ts'
import { FileList } from './file-list.tsx'
import { Registering } from './registering.tsx'
import { RunLinks } from './run-links.tsx'
import './version-detail.css'

const ForkCode = lazyView(async () => (await import('../runs/run-code.tsx')).ForkCode)

/** Metadata of a stranger may be any length; more of it is in the file. */
const MAX_FACTS = 200

/** All that is known of a version, and what can be done with it. */
export function VersionDetail(props: { readonly artifact: Artifact }) {
  const { cards, readOnly, edits, fetch } = useArtifacts()
  const facts = createMemo(() => flattenFacts(props.artifact.metadata))
  const [isForking, setForking] = createSignal(false)
  /** A fork goes on from it as well: nothing does from what a deleted run made. */
  const maker = () => cards.card(props.artifact.runId)
  const version = (): string => `${props.artifact.name}:v${props.artifact.version}`
  return (
    <>
      <div class="version-detail-actions">
        <Button disabled={props.artifact.erasedAt !== null} onClick={() => void fetch(props.artifact)}>
          {props.artifact.files.length === 1
            ? 'Download'
            : `Download ${formatPlural(props.artifact.files.length, 'file')} as a zip`}
        </Button>
        <Show when={!readOnly}>
          <Registering artifact={props.artifact} />
          <Button
            look="quiet"
            aria-haspopup="dialog"
            disabled={props.artifact.erasedAt !== null || maker() === null}
            onClick={() => setForking(true)}
          >
            Fork from this version
          </Button>
          <Button look="quiet" onClick={() => void edits.remove([props.artifact])}>
            Delete
          </Button>
        </Show>
      </div>
      <Show when={isForking()}>
        <Suspense>
          <ForkCode
            name={version()}
            from={version()}
            experiment={maker()?.experimentName}
            start="this version"
            onClose={() => setForking(false)}
          />
        </Suspense>
      </Show>
      <Show when={props.artifact.erasedAt}>
        {(erasedAt) => (
          <p class="version-detail-note">
            Its bytes were given up {formatMoment(erasedAt())}. What is known of it stays.
          </p>
        )}
      </Show>
      <div class="version-detail-parts">
        <Part title={formatPlural(props.artifact.files.length, 'file')}>
          <FileList artifact={props.artifact} />
        </Part>
        <div class="version-detail-side">
          <Show when={!readOnly || props.artifact.aliases.length > 0}>
            <Part title="Aliases">
              <AliasEdit artifact={props.artifact} />
            </Part>
          </Show>
          <Part title="Lineage">
            <dl class="version-detail-lineage">
              <dt>Made by</dt>
              <dd>
                <RunLinks runIds={[props.artifact.runId]} />
              </dd>
              <dt>Used by</dt>
              <dd>
                <Show
                  when={props.artifact.usedBy.length > 0}
                  fallback={<span class="version-detail-none">no run</span>}
                >
                  <RunLinks runIds={props.artifact.usedBy} />
                </Show>
              </dd>
            </dl>
          </Part>
          <Show when={facts().length > 0}>
            <Part title="Metadata">
              <FactTable label="Metadata" facts={facts().slice(0, MAX_FACTS)} />
              <Show when={facts().length > MAX_FACTS}>
                <p class="version-detail-none">
                  and {formatPlural(facts().length - MAX_FACTS, 'more value')}
                </p>
              </Show>
            </Part>
          </Show>
        </div>
      </div>
    </>
  )
}

function Part(props: { readonly title: string; readonly children: JSX.Element }) {
  return (
    <section>
      <h3 class="version-detail-part-title">{props.title}</h3>
      {props.children}
    </section>
  )
}
