import {
  createContext,
  createMemo,
  createSignal,
  Match,
  Show,
  Suspense,
  Switch,
  useContext,
  type JSX,
} from 'solid-js'
import type { RunId } from '../../model/units.ts'
import { StopDialog } from '../control/stop-dialog.tsx'
import { bestFirst } from '../experiment/create-ranking.ts'
import { createRunKeys } from '../experiment/create-run-keys.ts'
import { useExperiment, type ExperimentState } from '../experiment/experiment-context.ts'
import { useCommands } from '../shell/create-commands.ts'
import { copyText } from '../shell/copy-text.ts'
import { useToasts } from '../shell/create-toasts.ts'
import { lazyView } from '../shell/lazy-view.ts'
import { useTracker } from '../tracker/tracker.ts'
import { Menu } from '../../widgets/menu.tsx'
import { createRunEdits } from './create-run-edits.ts'
import { drawOnly } from './draw-only.ts'
import {
  controlEntries,
  runMenuEntries,
  type ControlEntry,
  type RunMenuDeeds,
  type RunMenuSubject,
} from './run-menu-entries.ts'
import './run-menus.css'

const loadDialogs = () => import('./run-dialogs.tsx')
const TagDialog = lazyView(async () => (await loadDialogs()).TagDialog)
const GroupDialog = lazyView(async () => (await loadDialogs()).GroupDialog)
const RenameDialog = lazyView(async () => (await loadDialogs()).RenameDialog)
const ColorDialog = lazyView(async () => (await loadDialogs()).ColorDialog)
const ForkCode = lazyView(async () => (await import('./run-code.tsx')).ForkCode)
const ControlCode = lazyView(async () => (await import('./run-code.tsx')).ControlCode)

/** Where a menu opens: under an element, or at the pointer. */
export type MenuPlace = HTMLElement | { readonly x: number; readonly y: number }

/** What is known of runs where their menu opens. */
interface OpenedRuns {
  readonly runIds: readonly RunId[]
  readonly areArchived: boolean
}

/** What a dialog asks of runs. */
type Asking = Parameters<RunMenuDeeds['ask']>[0]

export interface RunMenus {
  /** Opens the menu of runs; `areArchived` where that is known. */
  open(runIds: readonly RunId[], place: MenuPlace, areArchived?: boolean): void
  /** Asks at once, without the menu. */
  ask(what: Asking, runIds: readonly RunId[]): void
  readonly deeds: (runIds: readonly RunId[]) => RunMenuDeeds
  /** What can be asked of the training of a run, or done by its code. */
  control(runId: RunId, isRunning: boolean): readonly ControlEntry[]
}

const RunMenusContext = createContext<RunMenus>()

export function useRunMenus(): RunMenus {
  const menus = useContext(RunMenusContext)
  if (menus === undefined) throw new Error('useRunMenus outside of <RunMenusProvider>')
  return menus
}

/** The menu of runs, wherever one is opened below, and what it asks. */
export function RunMenusProvider(props: { readonly children: JSX.Element }) {
  const experiment = useExperiment()
  const [opened, setOpened] = createSignal<(OpenedRuns & { readonly anchor: HTMLElement }) | null>(null)
  const [asking, setAsking] = createSignal<{
    readonly what: Asking
    readonly runIds: readonly RunId[]
  } | null>(null)
  const deeds = createDeeds(experiment, (what, runIds) => setAsking({ what, runIds }))
  /** What a menu at the pointer hangs from. */
  let spot: HTMLDivElement | undefined

  const menus: RunMenus = {
    open(runIds, place, areArchived = false) {
      if (runIds.length === 0 || spot === undefined) return
      if (!(place instanceof HTMLElement)) {
        spot.style.left = `${place.x}px`
        spot.style.top = `${place.y}px`
      }
      setOpened({ runIds, areArchived, anchor: place instanceof HTMLElement ? place : spot })
    },
    ask: (what, runIds) => setAsking({ what, runIds }),
    deeds,
    control: (runId, isRunning) =>
      controlEntries({ isRunning, standing: experiment.control.standing(runId) }, deeds([runId])),
  }
  offerControl(experiment, menus)

  return (
    <RunMenusContext.Provider value={menus}>
      {props.children}
      <div class="run-menus-spot" aria-hidden="true" ref={(element) => (spot = element)} />
      <Show when={opened()} keyed>
        {({ runIds, areArchived, anchor }) => (
          <Menu
            label={runIds.length === 1 ? 'Run' : 'Runs'}
            entries={runMenuEntries(subjectOf(experiment, runIds, areArchived), deeds(runIds))}
            anchor={anchor}
            onClose={() => setOpened(null)}
          />
        )}
      </Show>
      <Show when={asking()} keyed>
        {({ what, runIds }) => (
          <Suspense>
            <RunQuestion what={what} runIds={runIds} onClose={() => setAsking(null)} />
          </Suspense>
        )}
      </Show>
    </RunMenusContext.Provider>
  )
}

/** Running trainings by their names, for the palette; the controls of the open run offer its own, with keys. */
function offerControl({ readOnly, runs, selected }: ExperimentState, menus: RunMenus): void {
  useCommands().offerNamed(() =>
    (readOnly ? [] : (runs.runs() ?? [])).flatMap(({ id, label, status }) => {
      const [isOpen, isRunning] = [id === selected(), status === 'running']
      if (!isOpen && !isRunning) return []
      return menus
        .control(id, isRunning)
        .filter(({ disabled, isCode }) => disabled !== true && (isCode || !isOpen))
        .map(({ of, run }) => ({ title: of(label), group: 'Run', run }))
    }),
  )
}

function subjectOf(
  { control, readOnly, runs, pins, selected, visibility, workspace }: ExperimentState,
  runIds: readonly RunId[],
  areArchived: boolean,
): RunMenuSubject {
  const [first] = runIds
  const one = runIds.length === 1 ? first : undefined
  return {
    runIds,
    readOnly,
    areArchived,
    areDrawn: runIds.every((id) => visibility.visible().has(id)),
    arePinned: runIds.every(pins.isPinned),
    isBaseline: one !== undefined && workspace.view().table.baseline === one,
    isOpen: one !== undefined && selected() === one,
    isRunning: (runs.runs() ?? []).some((run) => run.id === one && run.status === 'running'),
    standing: one === undefined ? undefined : control.standing(one),
  }
}

function createDeeds(
  experiment: ExperimentState,
  ask: (what: Asking, runIds: readonly RunId[]) => void,
): (runIds: readonly RunId[]) => RunMenuDeeds {
  const toasts = useToasts()
  const { control, database, pins, ranking, runs, select, share, visibility, workspace } = experiment
  const edits = createRunEdits(useTracker(), database, workspace.history, toasts)

  /** Of the runs that are drawn. */
  function best(): RunId | undefined {
    return bestFirst([...visibility.visible()], ranking.value, ranking.direction())[0]
  }

  return (runIds) => {
    const [first = ''] = runIds
    return {
      open: () => select(first),
      close: () => select(null),
      openAlone() {
        select(first)
        workspace.change('Show the run on a page of its own', { isRunAlone: true })
      },
      pin: (pinned) => pins.set(runIds, pinned),
      draw: (drawn) => visibility.set(runIds, drawn),
      drawOnly: () => drawOnly(experiment, runIds),
      compare() {
        const other = runIds.length === 1 ? best() : undefined
        drawOnly(experiment, [...new Set([...runIds, ...(other === undefined ? [] : [other])])])
        workspace.change('Compare runs', { tab: 'compare' })
      },
      setBaseline(isBaseline) {
        const { table, compare } = workspace.view()
        const baseline = isBaseline ? first : null
        workspace.change(isBaseline ? 'Choose a baseline' : 'Remove the baseline', {
          table: { ...table, baseline },
          compare: { ...compare, baseline },
        })
      },
      ask: (what) => ask(what, runIds),
      control: (type) => control.ask(first, runs.label(first) ?? first, { type }),
      setArchived: (archived) => void edits[archived ? 'archive' : 'unarchive'](runIds),
      remove: () => void edits.remove(runIds),
      share: () => share(runIds),
      copyId: () =>
        void copyText(
          toasts,
          runIds.join('\n'),
          runIds.length === 1 ? 'The id was copied.' : 'The ids were copied.',
        ),
    }
  }
}

interface RunQuestionProps {
  readonly what: Asking
  readonly runIds: readonly RunId[]
  onClose(): void
}

function RunQuestion(props: RunQuestionProps) {
  const tracker = useTracker()
  const { control, database, experimentId, runs, series, workspace } = useExperiment()
  const edits = createRunEdits(tracker, database, workspace.history, useToasts())
  const { what, runIds, onClose } = props
  const [first = ''] = runIds
  const name = createMemo(() => runs.runs()?.find((run) => run.id === first)?.name ?? '')

  function Tag() {
    const { keys } = createRunKeys(tracker, database, experimentId, series.keys)
    const known = (): readonly string[] =>
      (keys() ?? []).filter(({ from }) => from === 'tag').map(({ key }) => key)
    return (
      <TagDialog
        count={runIds.length}
        known={known()}
        onTag={(key, value) => void edits.setTag(runIds, key, value)}
        onClose={onClose}
      />
    )
  }

  return (
    <Switch>
      <Match when={what === 'tag'}>
        <Tag />
      </Match>
      <Match when={what === 'group'}>
        <GroupDialog
          count={runIds.length}
          onGroup={(group) => void edits.setGroup(runIds, group)}
          onClose={onClose}
        />
      </Match>
      <Match when={what === 'color'}>
        <ColorDialog
          count={runIds.length}
          onPick={(color) => void edits.setColor(runIds, color)}
          onClose={onClose}
        />
      </Match>
      <Match when={what === 'rename'}>
        <RenameDialog name={name()} onRename={(next) => void edits.rename(first, next)} onClose={onClose} />
      </Match>
      <Match when={what === 'stop'}>
        <StopDialog
          name={name()}
          onStop={() => control.ask(first, name(), { type: 'stop' })}
          onClose={onClose}
        />
      </Match>
      <Match when={what === 'fork'}>
        <ForkCode name={name()} from={first} onClose={onClose} />
      </Match>
      <Match when={what === 'control'}>
        <ControlCode name={name()} onClose={onClose} />
      </Match>
    </Switch>
  )
}
