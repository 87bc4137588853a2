import { createSignal, type Accessor } from 'solid-js'

/** What undoes something or does it again, as text, so that it can be kept: whoever serves its type knows how. */
export interface Deed {
  readonly type: 'view' | 'commit'
  readonly what: string
}

/** Something that was done, and can be undone and done again. */
export interface Step {
  /** What it was, for a menu: “Hide run 7”. */
  readonly label: string
  readonly undo: Deed
  readonly redo: Deed
  /** A step that follows one of the same kind at once replaces how that ends: a slider is one step, not a hundred. */
  readonly kind?: string
  /** Steps of one editing of a text are one, however long it takes. */
  readonly editing?: string
}

/** What was done, and what was undone of it. */
export interface Steps {
  readonly done: readonly Step[]
  readonly undone: readonly Step[]
}

export interface History {
  /**
   * Notes what was just done; returns how to undo this very step, which does nothing once it is undone or forgotten.
   * `onUndone` is called when it is undone, whichever way.
   */
  push(step: Step, onUndone?: () => void): () => void
  undo(): void
  redo(): void
  /** What would be undone and done again; null for nothing. */
  readonly undoLabel: Accessor<string | null>
  readonly redoLabel: Accessor<string | null>
  /** Says how deeds of a type are done. */
  serve(type: Deed['type'], perform: (what: string) => void): void
  /** For whoever keeps them. */
  steps(): Steps
}

const MAX_STEPS = 200
/** Steps of one kind closer than this are one. Unit: milliseconds. */
const MERGE_MS = 800

const NO_STEPS: Steps = { done: [], undone: [] }

/** `kept`: what was done before, as by the same page until it was loaded again. */
export function createHistory(kept: Steps = NO_STEPS, now: () => number = () => performance.now()): History {
  const [done, setDone] = createSignal(kept.done)
  const [undone, setUndone] = createSignal(kept.undone)
  const served = new Map<Deed['type'], (what: string) => void>()
  let pushedAt = Number.NEGATIVE_INFINITY

  const heard = new WeakMap<Step, () => void>()

  function perform({ type, what }: Deed): void {
    served.get(type)?.(what)
  }

  function takeBack(step: Step): void {
    pushedAt = Number.NEGATIVE_INFINITY
    setDone((steps) => steps.filter((each) => each !== step))
    setUndone((steps) => [...steps, step])
    perform(step.undo)
    heard.get(step)?.()
  }

  function isOneWith(last: Step | undefined, step: Step): last is Step {
    if (last === undefined) return false
    if (step.editing !== undefined) return last.editing === step.editing
    return step.kind !== undefined && last.kind === step.kind && now() - pushedAt < MERGE_MS
  }

  return {
    push(step, onUndone) {
      const last = done().at(-1)
      const isMerged = isOneWith(last, step)
      pushedAt = now()
      setUndone([])
      const pushed = isMerged ? { ...step, undo: last.undo } : step
      if (onUndone !== undefined) heard.set(pushed, onUndone)
      setDone((steps) => [...(isMerged ? steps.slice(0, -1) : steps), pushed].slice(-MAX_STEPS))
      return () => {
        if (done().includes(pushed)) takeBack(pushed)
      }
    },
    undo() {
      const last = done().at(-1)
      if (last !== undefined) takeBack(last)
    },
    redo() {
      const last = undone().at(-1)
      if (last === undefined) return
      pushedAt = Number.NEGATIVE_INFINITY
      setUndone((steps) => steps.slice(0, -1))
      setDone((steps) => [...steps, last])
      perform(last.redo)
    },
    undoLabel: () => done().at(-1)?.label ?? null,
    redoLabel: () => undone().at(-1)?.label ?? null,
    serve: (type, how) => void served.set(type, how),
    steps: () => ({ done: done(), undone: undone() }),
  }
}
