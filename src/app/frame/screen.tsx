import { Match, Suspense, Switch } from 'solid-js'
import type { RouteState } from '../shell/create-route.ts'
import { MODELS } from '../shell/hash-route.ts'
import { lazyView } from '../shell/lazy-view.ts'
import type { CatalogState } from './create-catalog.ts'
import type { ShownExperiment } from './create-shown-experiment.ts'
import './screen.css'

const loadExperiment = async () => (await import('../workbench/experiment-screen.tsx')).ExperimentScreen
const ExperimentScreen = lazyView(loadExperiment)
const ModelsScreen = lazyView(
  async () => (await import('../artifacts/models/models-screen.tsx')).ModelsScreen,
)
const FirstVisit = lazyView(async () => (await import('../trainings/first-visit.tsx')).FirstVisit)

interface ScreenProps {
  readonly routeState: RouteState
  readonly catalog: CatalogState
  readonly shown: ShownExperiment
  onOpenExample(): void
  onOpenFile(): void
}

/** The one screen the route leads to, or why there is none. */
export function Screen(props: ScreenProps) {
  const { route, go } = props.routeState
  // A page that will show an experiment loads its code while the database opens.
  if (route().experimentId !== null) void loadExperiment()
  return (
    <Switch>
      <Match
        when={props.shown.experiment() !== undefined && `${route().database} ${route().experimentId}`}
        keyed
      >
        {(_key) => (
          <Suspense>
            <ExperimentScreen
              database={route().database}
              experimentId={route().experimentId ?? ''}
              experiment={props.shown.experiment()}
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
      <Match when={props.shown.isEmpty()}>
        <Suspense>
          <FirstVisit onOpenExample={props.onOpenExample} onOpenFile={props.onOpenFile} />
        </Suspense>
      </Match>
      <Match when={props.shown.experiments()?.length === 0 && props.shown.file()}>
        <p class="screen-note">There are no runs in this file.</p>
      </Match>
      <Match when={props.catalog.failure()}>{(message) => <p class="screen-note">{message()}</p>}</Match>
    </Switch>
  )
}
