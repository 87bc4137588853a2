import { createSignal, type Accessor } from 'solid-js'

/** Something that was done, and can be undone and done again. */
export interface Step {
  /** What it was, for a menu: “Hide run 7”. */
  readonly label: string
  undo(): void | Promise<unknown>
  redo(): void | Promise<unknown>
  /** A step that follows one of the same kind at once replaces how that ends: a slider is one step, not a hundred. */
  readonly kind?: string
}

export interface History {
  /** Notes what was just done; returns how to undo this very step, which does nothing once it is undone or forgotten. */
  push(step: Step): () => void
  undo(): void
  redo(): void
  /** What would be undone and done again; null for nothing. */
  readonly undoLabel: Accessor<string | null>
  readonly redoLabel: Accessor<string | null>
}

const MAX_STEPS = 200
/** Steps of one kind closer than this are one. Unit: milliseconds. */
const MERGE_MS = 800

export function createHistory(now: () => number = () => performance.now()): History {
  const [done, setDone] = createSignal<readonly Step[]>([])
  const [undone, setUndone] = createSignal<readonly Step[]>([])
  let pushedAt = Number.NEGATIVE_INFINITY

  return {
    push(step) {
      const last = done().at(-1)
      const isMerged = step.kind !== undefined && last?.kind === step.kind && now() - pushedAt < MERGE_MS
      pushedAt = now()
      setUndone([])
      const pushed = isMerged && last !== undefined ? { ...step, undo: last.undo } : step
      setDone((steps) => [...(isMerged ? steps.slice(0, -1) : steps), pushed].slice(-MAX_STEPS))
      return () => {
        if (!done().includes(pushed)) return
        pushedAt = Number.NEGATIVE_INFINITY
        setDone((steps) => steps.filter((each) => each !== pushed))
        setUndone((steps) => [...steps, pushed])
        void pushed.undo()
      }
    },
    undo() {
      const last = done().at(-1)
      if (last === undefined) return
      pushedAt = Number.NEGATIVE_INFINITY
      setDone((steps) => steps.slice(0, -1))
      setUndone((steps) => [...steps, last])
      void last.undo()
    },
    redo() {
      const last = undone().at(-1)
      if (last === undefined) return
      pushedAt = Number.NEGATIVE_INFINITY
      setUndone((steps) => steps.slice(0, -1))
      setDone((steps) => [...steps, last])
      void last.redo()
    },
    undoLabel: () => done().at(-1)?.label ?? null,
    redoLabel: () => undone().at(-1)?.label ?? null,
  }
}
