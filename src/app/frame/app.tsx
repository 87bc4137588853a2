import { createSignal, Show, Suspense } from 'solid-js'
import { CommandsContext, createCommands } from '../shell/create-commands.ts'
import { appCommands } from './app-commands.ts'
import { createCatalog } from './create-catalog.ts'
import { createFiles } from '../files/create-files.ts'
import { createOwner } from './create-owner.ts'
import { createProblem } from './create-problem.ts'
import { createShownExperiment } from './create-shown-experiment.ts'
import { createRoute } from '../shell/create-route.ts'
import { createStorage } from '../tracker/create-storage.ts'
import { hasDisk } from '../tracker/has-disk.ts'
import { createTheme } from '../shell/create-theme.ts'
import { ToastContext, type ToastState } from '../shell/create-toasts.ts'
import { useTracker } from '../tracker/tracker.ts'
import { mendLanguage } from '../../widgets/host-language.ts'
import { ToastList } from '../../widgets/toast-list.tsx'
import { createTrainings, TrainingsContext } from '../trainings/create-trainings.ts'
import { DropTarget, pickFiles } from '../files/open-file.tsx'
import { makeFileActions } from './file-actions.ts'
import { OverlaysProvider } from '../shell/overlays.tsx'
import { Rail } from './rail.tsx'
import { Screen } from './screen.tsx'
import { StorageBanners } from './storage-banners.tsx'
import { lazyView } from '../shell/lazy-view.ts'
import './app.css'

const TrainingBars = lazyView(async () => (await import('../trainings/training-bars.tsx')).TrainingBars)
const DiskOffer = lazyView(async () => (await import('./disk-offer.tsx')).DiskOffer)
const FileHeader = lazyView(async () => (await import('../files/file-header.tsx')).FileHeader)
const OpeningBar = lazyView(async () => (await import('../files/opening-bar.tsx')).OpeningBar)
const TrainingDialog = lazyView(async () => (await import('../trainings/training-dialog.tsx')).TrainingDialog)

interface AppProps {
  readonly toasts: ToastState
}

/** The shell: what there is on the left, one experiment beside it, and whatever has to be said above. */
export function App(props: AppProps) {
  // Charts are loaded later, and with them what asks for it.
  mendLanguage(navigator)
  const tracker = useTracker()
  const themeState = createTheme()
  const commands = createCommands()
  const routeState = createRoute()
  const storage = createStorage(tracker)
  const catalog = createCatalog(tracker, storage)
  const files = createFiles(tracker, storage, props.toasts)
  const owner = createOwner(tracker)
  const problem = createProblem()
  const [choosingTraining, setChoosingTraining] = createSignal(false)
  const shown = createShownExperiment(routeState, catalog, storage)
  const fileActions = makeFileActions({ files, catalog, routeState, shown, toasts: props.toasts })
  const trainings = createTrainings(props.toasts, (demo, since) =>
    shown.follow((row) => row.name === demo.experiment && row.lastStartedAt >= since),
  )
  const pick = (): void => pickFiles(fileActions.open)
  const chooseTraining = (): void => void setChoosingTraining(true)

  commands.offer(() =>
    appCommands({
      catalog,
      routeState,
      themeState,
      pickFiles: pick,
      openExample: fileActions.openExample,
      chooseTraining,
    }),
  )

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
                onOpenFile={pick}
                onCloseFile={fileActions.close}
                onTrain={shown.isEmpty() || storage.report()?.kind === 'disk' ? undefined : chooseTraining}
                trainings={
                  <Show when={trainings.running().length > 0}>
                    <Suspense>
                      <TrainingBars />
                    </Suspense>
                  </Show>
                }
              />
              <main class="app-main">
                <StorageBanners storage={storage} catalog={catalog} owner={owner} problem={problem} />
                <Show when={hasDisk()}>
                  <Suspense>
                    <DiskOffer onOpen={fileActions.openFromDisk} onImport={fileActions.importFromDisk} />
                  </Suspense>
                </Show>
                <Show when={files.opening()}>
                  <Suspense>
                    <OpeningBar files={files} />
                  </Suspense>
                </Show>
                <Show when={shown.file()}>
                  {(opened) => (
                    <Suspense>
                      <FileHeader
                        file={opened()}
                        files={files}
                        onKeep={() => fileActions.keep(opened())}
                        onClose={() => fileActions.close(opened())}
                      />
                    </Suspense>
                  )}
                </Show>
                <Screen
                  routeState={routeState}
                  catalog={catalog}
                  shown={shown}
                  onOpenExample={fileActions.openExample}
                  onOpenFile={pick}
                />
              </main>
            </div>
            <Show when={choosingTraining()}>
              <Suspense>
                <TrainingDialog
                  onOpenExample={fileActions.openExample}
                  onClose={() => setChoosingTraining(false)}
                />
              </Suspense>
            </Show>
            <DropTarget onDrop={fileActions.open} />
            <ToastList toasts={props.toasts.toasts()} onDismiss={props.toasts.dismiss} />
          </OverlaysProvider>
        </TrainingsContext.Provider>
      </ToastContext.Provider>
    </CommandsContext.Provider>
  )
}
