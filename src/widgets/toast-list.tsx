import X from 'lucide-solid/icons/x'
import { For, Show } from 'solid-js'
import { IconButton } from './icon-button.tsx'
import './toast-list.css'

interface ToastListProps {
  readonly toasts: readonly {
    readonly id: number
    readonly text: string
    readonly tone: 'plain' | 'bad'
    readonly action: { readonly label: string; run(): void } | null
  }[]
  onDismiss(id: number): void
}

/** What just happened, with a way back. Errors stay until they are read. */
export function ToastList(props: ToastListProps) {
  return (
    <div class="toast-list" role="status" aria-live="polite">
      <For each={props.toasts}>
        {(toast) => (
          <div class="toast-list-toast" classList={{ 'is-bad': toast.tone === 'bad' }}>
            <p class="toast-list-text">{toast.text}</p>
            <Show when={toast.action}>
              {(action) => (
                <button
                  type="button"
                  class="toast-list-action"
                  onClick={() => {
                    action().run()
                    props.onDismiss(toast.id)
                  }}
                >
                  {action().label}
                </button>
              )}
            </Show>
            <IconButton label="Dismiss" onClick={() => props.onDismiss(toast.id)}>
              <X size={14} />
            </IconButton>
          </div>
        )}
      </For>
    </div>
  )
}
