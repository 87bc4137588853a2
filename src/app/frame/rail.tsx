import FolderOpen from 'lucide-solid/icons/folder-open'
import Menu from 'lucide-solid/icons/menu'
import Monitor from 'lucide-solid/icons/monitor'
import Moon from 'lucide-solid/icons/moon'
import Play from 'lucide-solid/icons/play'
import Sun from 'lucide-solid/icons/sun'
import Trash from 'lucide-solid/icons/trash'
import X from 'lucide-solid/icons/x'
import { createSignal, For, Match, onCleanup, Show, Switch, type JSX, Suspense } from 'solid-js'
import type { CatalogState } from './create-catalog.ts'
import type { RouteState } from '../shell/create-route.ts'
import type { StorageState } from '../tracker/create-storage.ts'
import { THEMES, type ThemeState } from '../shell/create-theme.ts'
import { HOME, MODELS, routeToHash } from '../shell/hash-route.ts'
import { OWN_DATABASE, type DatabaseId } from '../../protocol/database-id.ts'
import type { OpenedFile } from '../../protocol/files-api.ts'
import type { ExperimentRow } from '../../protocol/runs-api.ts'
import { Brand } from '../../widgets/brand.tsx'
import { IconButton } from '../../widgets/icon-button.tsx'
import { LiveDot } from '../../widgets/live-dot.tsx'
import { formatCount } from '../../widgets/number-format.ts'
import { useToasts } from '../shell/create-toasts.ts'
import { useTracker } from '../tracker/tracker.ts'
import { lazyView } from '../shell/lazy-view.ts'
import './rail.css'

const StorageFoot = lazyView(async () => (await import('./storage-foot.tsx')).StorageFoot)

interface RailProps {
  readonly catalog: CatalogState
  readonly storage: StorageState
  readonly routeState: RouteState
  readonly themeState: ThemeState
  onOpenFile(): void
  onCloseFile(file: OpenedFile): void
  /** Undefined while the first visit offers the trainings already. */
  readonly onTrain: (() => void) | undefined
  /** What trains in this tab. */
  readonly trainings: JSX.Element
}

/** What there is to look at, and where it is stored. On a phone a bar with a menu. */
export function Rail(props: RailProps) {
  const [open, setOpen] = createSignal(false)
  const tracker = useTracker()
  const toasts = useToasts()
  const own = (): readonly ExperimentRow[] => props.catalog.experiments(OWN_DATABASE) ?? []

  async function remove({ id, name }: ExperimentRow): Promise<void> {
    const { removeExperiment } = await import('../experiment/create-edits.ts')
    await removeExperiment(tracker, toasts, id, name)
  }

  function closeOnEscape(event: KeyboardEvent): void {
    if (event.key === 'Escape' && document.querySelector('dialog[open]') === null) setOpen(false)
  }
  addEventListener('keydown', closeOnEscape)
  onCleanup(() => removeEventListener('keydown', closeOnEscape))

  return (
    <div class="rail" classList={{ 'is-open': open() }}>
      <header class="rail-head">
        <IconButton
          class="rail-menu"
          label={open() ? 'Close the menu' : 'Open the menu'}
          aria-expanded={open()}
          onClick={() => setOpen(!open())}
        >
          <Show when={open()} fallback={<Menu size={18} />}>
            <X size={18} />
          </Show>
        </IconButton>
        <Brand />
        <div class="rail-tools">
          <IconButton label="Open a file" onClick={() => props.onOpenFile()}>
            <FolderOpen size={15} />
          </IconButton>
          <ThemeButton themeState={props.themeState} />
        </div>
      </header>
      <div class="rail-body">
        <nav class="rail-nav" aria-label="Experiments" onClick={() => setOpen(false)}>
          <Show when={own().length > 0}>
            <h2 class="rail-title">Experiments</h2>
            <ul>
              <For each={own()}>
                {(row) => (
                  <Entry
                    routeState={props.routeState}
                    database={OWN_DATABASE}
                    experiment={row}
                    isLive
                    onRemove={() => void remove(row)}
                  />
                )}
              </For>
            </ul>
            <a
              class="rail-train"
              href={routeToHash({ ...HOME, experimentId: MODELS })}
              aria-current={props.routeState.route().experimentId === MODELS ? 'page' : undefined}
            >
              Registered models
            </a>
          </Show>
          <Show when={props.catalog.files().length > 0}>
            <h2 class="rail-title">Opened files</h2>
            <ul>
              <For each={props.catalog.files()}>{(file) => <FileEntry {...props} file={file} />}</For>
            </ul>
          </Show>
          <Show when={props.onTrain}>
            {(onTrain) => (
              <button type="button" class="rail-train" onClick={() => onTrain()()}>
                <Play size={13} />
                Start a training
              </button>
            )}
          </Show>
        </nav>
        {props.trainings}
        <Suspense>
          <StorageFoot
            storage={props.storage}
            isEmpty={own().length === 0}
            onOpenFile={() => props.onOpenFile()}
          />
        </Suspense>
      </div>
    </div>
  )
}

interface EntryProps {
  readonly routeState: RouteState
  readonly database: DatabaseId
  readonly experiment: ExperimentRow
  readonly isLive?: boolean
  readonly isInner?: boolean
  onRemove?(): void
}

function Entry(props: EntryProps) {
  const target = () => ({ ...HOME, database: props.database, experimentId: props.experiment.id })
  const isCurrent = (): boolean => {
    const route = props.routeState.route()
    return route.database === props.database && route.experimentId === props.experiment.id
  }
  return (
    <li classList={{ 'rail-file': props.onRemove !== undefined }}>
      <a
        class="rail-entry"
        classList={{ 'is-inner': props.isInner ?? false }}
        href={routeToHash(target())}
        aria-current={isCurrent() ? 'page' : undefined}
      >
        <span class="rail-entry-name" title={props.experiment.name}>
          {props.experiment.name}
        </span>
        <Show when={props.isLive === true && props.experiment.runningCount > 0}>
          <LiveDot label={`${formatCount(props.experiment.runningCount)} running`} />
        </Show>
        <span class="rail-entry-count">{formatCount(props.experiment.runCount)}</span>
      </a>
      <Show when={props.onRemove !== undefined}>
        <IconButton
          label={`Delete all runs of ${props.experiment.name}`}
          onClick={(event) => {
            event.stopPropagation()
            props.onRemove?.()
          }}
        >
          <Trash size={13} />
        </IconButton>
      </Show>
    </li>
  )
}

function FileEntry(props: RailProps & { readonly file: OpenedFile }) {
  const experiments = (): readonly ExperimentRow[] => props.catalog.experiments(props.file.database) ?? []
  const isCurrent = (): boolean => props.routeState.route().database === props.file.database
  return (
    <>
      <li class="rail-file">
        <a
          class="rail-entry"
          href={routeToHash({
            ...HOME,
            database: props.file.database,
            experimentId: experiments()[0]?.id ?? null,
          })}
          aria-current={isCurrent() && experiments().length < 2 ? 'page' : undefined}
        >
          <span class="rail-entry-name" title={props.file.fileName}>
            {props.file.fileName}
          </span>
          <span class="rail-entry-count">{formatCount(props.file.runs)}</span>
        </a>
        <IconButton label={`Close ${props.file.fileName}`} onClick={() => props.onCloseFile(props.file)}>
          <X size={13} />
        </IconButton>
      </li>
      <Show when={experiments().length > 1}>
        <For each={experiments()}>
          {(row) => (
            <Entry routeState={props.routeState} database={props.file.database} experiment={row} isInner />
          )}
        </For>
      </Show>
    </>
  )
}

function ThemeButton(props: { readonly themeState: ThemeState }) {
  const theme = () => props.themeState.theme()
  const next = () => THEMES[(THEMES.indexOf(theme()) + 1) % THEMES.length] ?? 'system'
  return (
    <IconButton
      label={`Theme: ${theme()}. Change to ${next()}`}
      onClick={() => props.themeState.setTheme(next())}
    >
      <Switch fallback={<Monitor size={15} />}>
        <Match when={theme() === 'light'}>
          <Sun size={15} />
        </Match>
        <Match when={theme() === 'dark'}>
          <Moon size={15} />
        </Match>
      </Switch>
    </IconButton>
  )
}
