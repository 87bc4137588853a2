import { createEffect, createSignal, on, onCleanup, type Accessor } from 'solid-js'
import type { Workspace } from '../workspace/create-workspace.ts'

/** A filter that is being typed is asked after a pause this long. Unit: milliseconds. */
const TYPING_MS = 180

/** A filter as it is written, which is asked when the typing pauses. */
export interface FilterText {
  readonly text: Accessor<string>
  /** Whether what is written is what is asked. */
  isAsked(): boolean
  edit(next: string): void
  /** Asks at once. */
  apply(): void
  clear(): void
}

/** `isTyping`: whether the field has the focus; then what others change stays outside. */
export function createFilterText(workspace: Workspace, isTyping: () => boolean): FilterText {
  const filter = workspace.pick('filter')
  const [text, setText] = createSignal(filter())
  let typing: number | undefined

  createEffect(on(filter, (now) => now !== text() && !isTyping() && setText(now), { defer: true }))
  onCleanup(() => clearTimeout(typing))

  function apply(): void {
    clearTimeout(typing)
    workspace.change('Filter runs', { filter: text() }, 'filter')
  }

  return {
    text,
    isAsked: () => text() === filter(),
    edit(next) {
      setText(next)
      clearTimeout(typing)
      typing = window.setTimeout(apply, TYPING_MS)
    },
    apply,
    clear() {
      setText('')
      apply()
    },
  }
}
