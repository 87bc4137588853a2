import { createMemo, createSignal, type Accessor } from 'solid-js'
import type { History } from '../shell/create-history.ts'
import type { ViewKeeper } from './remembered-view.ts'
import { parseView, printView, type WorkspaceView } from './workspace-view.ts'

export interface Workspace {
  readonly view: Accessor<WorkspaceView>
  /** Changes part of the view; can be undone, a burst of changes of one `kind` at once. */
  change(label: string, part: Partial<WorkspaceView>, kind?: string): void
  /** Shows what another link asks for; one that asks for nothing changes nothing. */
  follow(link: string): void
  /** One part of the view, which changes only when it does. */
  pick<K extends keyof WorkspaceView>(name: K): Accessor<WorkspaceView[K]>
  readonly history: History
}

/** The view of one experiment: what its keeper has at first is shown, what changes is told to it. */
export function createWorkspace(keeper: ViewKeeper, history: History): Workspace {
  const [view, setView] = createSignal(parseView(keeper.initial))

  function show(next: WorkspaceView, isMoving = false): void {
    setView(next)
    keeper.write(printView(next), isMoving)
  }

  return {
    view,
    history,
    change(label, part, kind) {
      const before = view()
      const after = { ...before, ...part }
      if (printView(after) === printView(before)) return
      show(after, kind !== undefined)
      history.push({
        label,
        ...(kind === undefined ? {} : { kind }),
        undo: () => show({ ...view(), ...partOf(before, part) }),
        redo: () => show({ ...view(), ...part }),
      })
    },
    follow(asked) {
      if (asked === '') keeper.write(printView(view()), false)
      else if (asked !== printView(view())) {
        keeper.drop()
        setView(parseView(asked))
      }
    },
    pick: (name) => createMemo(() => view()[name]),
  }
}

/** The same parts of another view. */
function partOf(view: WorkspaceView, part: Partial<WorkspaceView>): Partial<WorkspaceView> {
  const names = Object.keys(part) as (keyof WorkspaceView)[]
  return Object.fromEntries(names.map((name) => [name, view[name]]))
}
