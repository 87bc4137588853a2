import { createContext, createSignal, useContext, type Accessor } from 'solid-js'

export interface Toast {
  readonly id: number
  readonly text: string
  readonly tone: 'plain' | 'bad'
  /** One thing the user can do about it, such as undo. */
  readonly action: { readonly label: string; run(): void } | null
}

export interface ToastState {
  readonly toasts: Accessor<readonly Toast[]>
  /** Returns how to take it back, for when it is true no more. */
  say(text: string, action?: Toast['action']): () => void
  /** Stays until it is dismissed: an error must not vanish while it is read. */
  complain(text: string): void
  dismiss(id: number): void
}

/** Long enough to read a sentence and reach for undo. */
const TOAST_MS = 10_000

/** More than this at once and the oldest goes. */
const MAX_TOASTS = 4

export function createToasts(): ToastState {
  const [toasts, setToasts] = createSignal<readonly Toast[]>([])
  let lastId = 0

  function dismiss(id: number): void {
    setToasts((all) => all.filter((toast) => toast.id !== id))
  }

  function add(toast: Omit<Toast, 'id'>): number {
    lastId += 1
    const id = lastId
    setToasts((all) =>
      [...all.filter((other) => other.text !== toast.text), { ...toast, id }].slice(-MAX_TOASTS),
    )
    return id
  }

  return {
    toasts,
    dismiss,
    say(text, action = null) {
      const id = add({ text, tone: 'plain', action })
      setTimeout(() => dismiss(id), TOAST_MS)
      return () => dismiss(id)
    },
    complain(text) {
      add({ text, tone: 'bad', action: null })
    },
  }
}

export const ToastContext = createContext<ToastState>()

export function useToasts(): ToastState {
  const toasts = useContext(ToastContext)
  if (toasts === undefined) throw new Error('useToasts outside of <ToastContext.Provider>')
  return toasts
}
