import { createMemo, createSignal, type Accessor } from 'solid-js'
import type { Deed, History } from '../shell/create-history.ts'
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
  history.serve('view', (what) => show(linked({ ...view(), ...parsePart(what) })))
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
      const before = shown()
      const after = linked({ ...before.view, ...part })
      if (after.link === before.link) return
      show(after, kind !== undefined)
      history.push({
        label,
        ...(kind === undefined ? {} : { kind }),
        undo: partToDeed(part, before),
        redo: partToDeed(part, after),
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

/** Shows parts of a view again, as its link says them: `filter,tab?tab=table`. */
function partToDeed(part: Partial<WorkspaceView>, { link }: Shown): Deed {
  return { type: 'view', what: `${Object.keys(part).join(',')}?${link}` }
}

function parsePart(what: string): Partial<WorkspaceView> {
  const end = what.indexOf('?')
  const names = what.slice(0, end).split(',')
  return Object.fromEntries(
    Object.entries(parseView(what.slice(end + 1))).filter(([name]) => names.includes(name)),
  )
}
