import { createEffect, createMemo, createSignal, Match, on, Show, Suspense, Switch } from 'solid-js'
import { CommandsContext, createCommands } from '../shell/create-commands.ts'
import { createCatalog } from './create-catalog.ts'
import { createFiles } from '../files/create-files.ts'
import { createOwner } from './create-owner.ts'
import { createProblem } from './create-problem.ts'
import { createRoute } from '../shell/create-route.ts'
import { createStorage } from '../tracker/create-storage.ts'
import { createTheme, THEMES } from '../shell/create-theme.ts'
import { ToastContext, type ToastState } from '../shell/create-toasts.ts'
import { HOME, MODELS } from '../shell/hash-route.ts'
import { busyWhile } from '../tracker/idle.ts'
import { useTracker } from '../tracker/tracker.ts'
import { OWN_DATABASE } from '../../protocol/database-id.ts'
import type { OpenedFile } from '../../protocol/files-api.ts'
import type { ExperimentRow } from '../../protocol/runs-api.ts'
import { ToastList } from '../../widgets/toast-list.tsx'
import { createTrainings, TrainingsContext } from '../trainings/create-trainings.ts'
import { readExample } from '../files/example-file.ts'
import { DropTarget, OpeningBar, pickFiles } from '../files/open-file.tsx'
import { OverlaysProvider } from '../shell/overlays.tsx'
import { Rail } from './rail.tsx'
import { StorageBanners } from './storage-banners.tsx'
import { lazyView } from '../shell/lazy-view.ts'
import './app.css'

const loadExperiment = async () => (await import('../workbench/experiment-screen.tsx')).ExperimentScreen
const ExperimentScreen = lazyView(loadExperiment)
const ModelsScreen = lazyView(
  async () => (await import('../artifacts/models/models-screen.tsx')).ModelsScreen,
)
const TrainingBars = lazyView(async () => (await import('../trainings/training-bars.tsx')).TrainingBars)
const FileHeader = lazyView(async () => (await import('../files/file-header.tsx')).FileHeader)
const FirstVisit = lazyView(async () => (await import('../trainings/first-visit.tsx')).FirstVisit)
const TrainingDialog = lazyView(async () => (await import('../trainings/training-dialog.tsx')).TrainingDialog)

interface AppProps {
  readonly toasts: ToastState
}

/** The shell: what there is on the left, one experiment beside it, and whatever has to be said above. */
export function App(props: AppProps) {
  const tracker = useTracker()
  const themeState = createTheme()
  const commands = createCommands()
  const routeState = createRoute()
  const { route, go } = routeState
  // A page that will show an experiment loads its code while the database opens.
  if (route().experimentId !== null) void loadExperiment()
  const storage = createStorage(tracker)
  const catalog = createCatalog(tracker, storage)
  const files = createFiles(tracker, storage, props.toasts)
  const owner = createOwner(tracker)
  const problem = createProblem()
  const [choosingTraining, setChoosingTraining] = createSignal(false)
  /** A training just started or a file was kept: its experiment is shown once it is there. */
  const [awaited, setAwaited] = createSignal<{ matches(row: ExperimentRow): boolean } | null>(null)
  const trainings = createTrainings(props.toasts, (demo, since) =>
    setAwaited({ matches: (row) => row.name === demo.experiment && row.lastStartedAt >= since }),
  )

  const experiments = createMemo(() => catalog.experiments(route().database))
  const experiment = createMemo(() => experiments()?.find((row) => row.id === route().experimentId))
  const file = createMemo(() => catalog.files().find((opened) => opened.database === route().database))
  const isEmpty = createMemo(
    () =>
      catalog.experiments(OWN_DATABASE)?.length === 0 &&
      storage.report() !== undefined &&
      catalog.files().length === 0,
  )

  createEffect(() => {
    const wanted = awaited()
    const found = catalog.experiments(OWN_DATABASE)?.find((row) => wanted?.matches(row))
    if (found === undefined) return
    setAwaited(null)
    go({ ...HOME, experimentId: found.id })
  })

  createEffect(() => {
    // Nothing chosen, or what was chosen is gone: the newest experiment, else the first opened file.
    const known = experiments()
    const { database, experimentId } = route()
    if (database !== OWN_DATABASE && storage.report() !== undefined && file() === undefined) {
      go(HOME, true)
      return
    }
    if (known === undefined || experiment() !== undefined || experimentId === MODELS) return
    const first = known[0]
    if (first !== undefined) {
      go({ ...HOME, database, experimentId: first.id }, true)
      return
    }
    const firstFile = catalog.files()[0]
    if (database === OWN_DATABASE && firstFile !== undefined) {
      go({ ...HOME, database: firstFile.database }, true)
    } else if (experimentId !== null) go({ ...HOME, database }, true)
  })

  createEffect(
    on(experiment, (row) => {
      document.title = row === undefined ? 'Kymo' : `${row.name} · Kymo`
    }),
  )

  async function openFiles(chosen: readonly { readonly name: string; readonly blob: Blob }[]): Promise<void> {
    for (const { name, blob } of chosen) {
      const opened = await files.open(name, blob)
      if (opened === undefined) continue
      catalog.refresh(opened.database)
      go({ ...HOME, database: opened.database })
    }
  }

  const openPicked = (picked: readonly File[]): void => {
    void openFiles(picked.map((picked) => ({ name: picked.name, blob: picked })))
  }

  async function openExample(): Promise<void> {
    const example = await busyWhile(readExample())
    if (example.ok) await openFiles([example.value])
    else props.toasts.complain(example.error)
  }

  async function closeFile(closing: OpenedFile): Promise<void> {
    if ((await files.close(closing.database)) && route().database === closing.database) go(HOME, true)
  }

  /** What is kept is among the own experiments from now on; the copy that was looked at is closed. */
  async function keepFile(keeping: OpenedFile): Promise<void> {
    const { experimentId } = route()
    if (!(await files.keep(keeping))) return
    setAwaited({ matches: (row) => row.id === experimentId })
    catalog.refresh(OWN_DATABASE)
    await closeFile(keeping)
  }

  commands.offer(() => [
    ...(catalog.experiments(OWN_DATABASE) ?? []).map((row) => ({
      title: `Open ${row.name}`,
      group: 'Experiments',
      run: () => go({ ...HOME, experimentId: row.id }),
    })),
    ...catalog.files().map((opened) => ({
      title: `Show ${opened.fileName}`,
      group: 'Files',
      run: () => go({ ...HOME, database: opened.database }),
    })),
    { title: 'Open a file', group: 'Files', key: 'mod+o', run: () => pickFiles(openPicked) },
    { title: 'Open the example experiment', group: 'Files', run: () => void openExample() },
    {
      title: 'Show registered models',
      group: 'Kymo',
      run: () => go({ ...HOME, database: route().database, experimentId: MODELS }),
    },
    { title: 'Start a training', group: 'Kymo', run: () => setChoosingTraining(true) },
    ...THEMES.filter((theme) => theme !== themeState.theme()).map((theme) => ({
      title: theme === 'system' ? 'Let the system choose the theme' : `Use the ${theme} theme`,
      group: 'Kymo',
      run: () => themeState.setTheme(theme),
    })),
  ])

  return (
    <CommandsContext.Provider value={commands}>
      <ToastContext.Provider value={props.toasts}>
        <TrainingsContext.Provider value={trainings}>
          <OverlaysProvider>
            <div class="app">
              <Rail
                catalog={catalog}
                storage={storage}
                routeState={routeState}
                themeState={themeState}
                onOpenFile={() => pickFiles(openPicked)}
                onCloseFile={(closing) => void closeFile(closing)}
                onTrain={isEmpty() ? undefined : () => setChoosingTraining(true)}
              />
              <main class="app-main">
                <StorageBanners storage={storage} catalog={catalog} owner={owner} problem={problem} />
                <Show when={trainings.running().length > 0}>
                  <Suspense>
                    <TrainingBars />
                  </Suspense>
                </Show>
                <OpeningBar files={files} />
                <Show when={file()}>
                  {(opened) => (
                    <Suspense>
                      <FileHeader
                        file={opened()}
                        files={files}
                        onKeep={() => void keepFile(opened())}
                        onClose={() => void closeFile(opened())}
                      />
                    </Suspense>
                  )}
                </Show>
                <Switch>
                  <Match
                    when={experiment() !== undefined && `${route().database} ${route().experimentId}`}
                    keyed
                  >
                    {(_key) => (
                      <Suspense>
                        <ExperimentScreen
                          database={route().database}
                          experimentId={route().experimentId ?? ''}
                          experiment={experiment()}
                          runId={route().runId}
                          view={route().view}
                          onView={(view) => go({ ...route(), view }, true)}
                          onSelect={(runId) => go({ ...route(), runId })}
                        />
                      </Suspense>
                    )}
                  </Match>
                  <Match when={route().experimentId === MODELS && route().database} keyed>
                    {(database) => (
                      <Suspense>
                        <ModelsScreen
                          database={database}
                          view={route().view}
                          onView={(view) => go({ ...route(), view }, true)}
                        />
                      </Suspense>
                    )}
                  </Match>
                  <Match when={isEmpty()}>
                    <Suspense>
                      <FirstVisit
                        onOpenExample={() => void openExample()}
                        onOpenFile={() => pickFiles(openPicked)}
                      />
                    </Suspense>
                  </Match>
                  <Match when={experiments()?.length === 0 && file()}>
                    <p class="app-note">There are no runs in this file.</p>
                  </Match>
                  <Match when={catalog.failure()}>{(message) => <p class="app-note">{message()}</p>}</Match>
                </Switch>
              </main>
            </div>
            <Show when={choosingTraining()}>
              <Suspense>
                <TrainingDialog
                  onOpenExample={() => void openExample()}
                  onClose={() => setChoosingTraining(false)}
                />
              </Suspense>
            </Show>
            <DropTarget onDrop={openPicked} />
            <ToastList toasts={props.toasts.toasts()} onDismiss={props.toasts.dismiss} />
          </OverlaysProvider>
        </TrainingsContext.Provider>
      </ToastContext.Provider>
    </CommandsContext.Provider>
  )
}
