import { createEffect, createSignal, on, onCleanup, type Accessor } from 'solid-js'

/** Keeps a text; called again with every later one of the same editing. */
export type KeepText = (text: string) => void

interface DraftOptions {
  /** The text as it is stored. */
  readonly stored: Accessor<string>
  /** Begins an editing of what was stored `before`. What it is about stays the same until the editing ends. */
  begin(before: string): KeepText
  /** What is kept of what is written; null where that is nothing to keep. */
  readonly toKept?: (text: string) => string | null
}

export interface Draft {
  readonly text: Accessor<string>
  write(text: string): void
  /** Keeps what is left; what is written afterwards is another editing. */
  end(): void
}

/** Long enough not to keep every letter, short enough that nobody leaves sooner. Unit: milliseconds. */
export const KEEP_PAUSE_MS = 400

/** A text that is kept while it is written: in every pause, when the page is hidden or left, and when its field is gone. */
export function createDraft({ stored, begin, toKept = (text) => text }: DraftOptions): Draft {
  const [text, setText] = createSignal('')
  let known = ''
  let keep: KeepText | null = null
  let timer: ReturnType<typeof setTimeout> | undefined

  // What others write meanwhile waits: nobody's letters change under the hand.
  createEffect(
    on(stored, (now) => {
      if (keep !== null) return
      known = now
      setText(now)
    }),
  )

  function keepNow(): void {
    clearTimeout(timer)
    const next = toKept(text())
    if (keep === null || next === null || next === known) return
    known = next
    keep(next)
  }

  function end(): void {
    keepNow()
    if (keep === null) return
    keep = null
    setText(known)
  }

  addEventListener('pagehide', keepNow)
  document.addEventListener('visibilitychange', keepNow)
  onCleanup(() => {
    removeEventListener('pagehide', keepNow)
    document.removeEventListener('visibilitychange', keepNow)
    end()
  })

  return {
    text,
    write(next) {
      keep ??= begin(known)
      setText(next)
      clearTimeout(timer)
      timer = setTimeout(keepNow, KEEP_PAUSE_MS)
    },
    end,
  }
}
