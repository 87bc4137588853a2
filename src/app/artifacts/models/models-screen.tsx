import { createMemo, For, Show } from 'solid-js'
import type { RegisteredModel } from '../../../model/artifact.ts'
import { INITIAL_ARTIFACTS } from '../artifacts-view.ts'
import { commitChanges, parseChanges } from '../../experiment/commit-changes.ts'
import { useCommands } from '../../shell/create-commands.ts'
import { useToasts } from '../../shell/create-toasts.ts'
import { historyCommands } from '../../shell/history-commands.ts'
import { rememberHistory } from '../../shell/remembered-history.ts'
import { useTracker } from '../../tracker/tracker.ts'
import { INITIAL_VIEW, printView } from '../../workspace/workspace-view.ts'
import { OWN_DATABASE, type DatabaseId } from '../../../protocol/database-id.ts'
import { formatPlural } from '../../../widgets/number-format.ts'
import { ArtifactProvider, makeShelf } from '../artifact-context.ts'
import { DownloadBar } from '../download-bar.tsx'
import { ModelPage } from './model-page.tsx'
import './models-screen.css'

interface ModelsScreenProps {
  readonly database: DatabaseId
  /** Which model is shown, as `?model=` of a link. */
  readonly view: string
  onView(view: string): void
}

/** More than this are found by their names in the palette and in links. */
const MAX_LISTED = 1_000

const RUN_VIEW = printView({ ...INITIAL_VIEW, isRunAlone: true, runTab: 'artifacts' })

/** The registered models of a database, whatever runs they came from. */
export function ModelsScreen(props: ModelsScreenProps) {
  const { database } = props
  const tracker = useTracker()
  const toasts = useToasts()
  const history = rememberHistory(`${database}:models`)
  history.serve('commit', (what) => void commitChanges(tracker, toasts, parseChanges(what)))
  const shelf = makeShelf({
    database,
    history,
    readOnly: database !== OWN_DATABASE,
    request: () => ({ database, experimentId: null, runId: null }),
    view: () => INITIAL_ARTIFACTS,
    change: () => undefined,
    viewOfRun: () => RUN_VIEW,
  })
  const models = createMemo(() => shelf.list()?.models ?? [])
  const shown = createMemo((): RegisteredModel | undefined => {
    const asked = new URLSearchParams(props.view).get('model')
    return models().find(({ name }) => name === asked) ?? models()[0]
  })
  const show = (model: string): void => props.onView(new URLSearchParams({ model }).toString())
  useCommands().offer(() => [
    ...historyCommands(history),
    ...models()
      .slice(0, MAX_LISTED)
      .map(({ name }) => ({ title: `Show the model ${name}`, group: 'Models', run: () => show(name) })),
  ])

  return (
    <ArtifactProvider value={shelf}>
      <section class="models-screen" aria-label="Registered models">
        <header class="models-screen-head">
          <h1>Registered models</h1>
        </header>
        <DownloadBar />
        <Show when={shelf.failure()}>{(message) => <p class="models-screen-note">{message()}</p>}</Show>
        <Show when={shelf.list() !== undefined && models().length === 0}>
          <p class="models-screen-note">
            No model is registered. Open a version under Artifacts and choose “Register as a model”: it then
            has a name of its own, a stage and notes, and stays when its run is deleted.
          </p>
        </Show>
        <Show when={shown()}>
          {(model) => (
            <div class="models-screen-body">
              <nav class="models-screen-list" aria-label="Models">
                <ul>
                  <For each={models().slice(0, MAX_LISTED)}>
                    {(each) => (
                      <li>
                        <button
                          type="button"
                          class="models-screen-entry"
                          aria-current={each.name === model().name ? 'true' : undefined}
                          onClick={() => show(each.name)}
                        >
                          <span class="models-screen-entry-name" title={each.name} dir="auto">
                            {each.name}
                          </span>
                          <span class="models-screen-entry-facts">{entryWords(each)}</span>
                        </button>
                      </li>
                    )}
                  </For>
                </ul>
              </nav>
              <Show when={model().name} keyed>
                {(_name) => <ModelPage model={model()} />}
              </Show>
            </div>
          )}
        </Show>
      </section>
    </ArtifactProvider>
  )
}

/** `3 versions, 2 in production`: the newest version that has a stage. */
function entryWords({ versions }: RegisteredModel): string {
  const staged = versions.find(({ stage }) => stage !== null)
  const all = formatPlural(versions.length, 'version')
  return staged === undefined ? all : `${all}, ${staged.version} in ${staged.stage}`
}
