import { createMemo, createSignal, type Accessor } from 'solid-js'
import type { History } from '../shell/create-history.ts'
import type { ViewKeeper } from './remembered-view.ts'
import { parseView, printView, type WorkspaceView } from './workspace-view.ts'

export interface Workspace {
  readonly view: Accessor<WorkspaceView>
  /** The view as a link says it, written once for each change. */
  readonly link: Accessor<string>
  /** Changes part of the view; can be undone, a burst of changes of one `kind` at once. */
  change(label: string, part: Partial<WorkspaceView>, kind?: string): void
  /** Shows what another link asks for; one that asks for nothing changes nothing. */
  follow(link: string): void
  /** One part of the view, which changes only when it does. */
  pick<K extends keyof WorkspaceView>(name: K): Accessor<WorkspaceView[K]>
  readonly history: History
}

/** A view, and the link to it. */
interface Shown {
  readonly view: WorkspaceView
  readonly link: string
}

/** The view of one experiment: what its keeper has at first is shown, what changes is told to it. */
export function createWorkspace(keeper: ViewKeeper, history: History): Workspace {
  const [shown, setShown] = createSignal(linked(parseView(keeper.initial)))
  const view = (): WorkspaceView => shown().view

  function show(next: Shown, isMoving = false): void {
    setShown(next)
    keeper.write(next.link, isMoving)
  }

  return {
    view,
    link: () => shown().link,
    history,
    change(label, part, kind) {
      const before = view()
      const after = linked({ ...before, ...part })
      if (after.link === shown().link) return
      show(after, kind !== undefined)
      history.push({
        label,
        ...(kind === undefined ? {} : { kind }),
        undo: () => show(linked({ ...view(), ...partOf(before, part) })),
        redo: () => show(linked({ ...view(), ...part })),
      })
    },
    follow(asked) {
      if (keeper.isOwn(asked)) return
      if (asked === '') keeper.write(shown().link, false)
      else {
        keeper.leaveFor(asked)
        setShown(linked(parseView(asked)))
      }
    },
    pick: (name) => createMemo(() => view()[name]),
  }
}

function linked(view: WorkspaceView): Shown {
  return { view, link: printView(view) }
}

/** The same parts of another view. */
function partOf(view: WorkspaceView, part: Partial<WorkspaceView>): Partial<WorkspaceView> {
  const names = Object.keys(part) as (keyof WorkspaceView)[]
  return Object.fromEntries(names.map((name) => [name, view[name]]))
}
