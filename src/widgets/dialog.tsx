import X from 'lucide-solid/icons/x'
import { onCleanup, onMount, type JSX } from 'solid-js'
import { Portal } from 'solid-js/web'
import { IconButton } from './icon-button.tsx'
import './dialog.css'

interface DialogProps {
  readonly title: string
  readonly children: JSX.Element
  onClose(): void
}

/** A modal dialog: the browser keeps the focus inside and closes it on Esc. Outside of whatever opened it, which may hide. */
export function Dialog(props: DialogProps) {
  let dialog: HTMLDialogElement | undefined
  onMount(() => {
    const opener = document.activeElement
    dialog?.showModal()
    // The browser gives the focus back where a dialog is closed, not where it is taken away.
    onCleanup(() => {
      if (document.activeElement === document.body && opener instanceof HTMLElement) opener.focus()
    })
  })
  const close = (): void => dialog?.close()
  return (
    <Portal>
      <dialog
        class="dialog"
        ref={(element) => (dialog = element)}
        aria-labelledby="dialog-title"
        onClose={() => props.onClose()}
        onMouseDown={(event) => {
          if (event.target === dialog) close()
        }}
      >
        <div class="dialog-body">
          <header class="dialog-head">
            <h2 id="dialog-title">{props.title}</h2>
            <IconButton label="Close" onClick={close}>
              <X size={16} />
            </IconButton>
          </header>
          {props.children}
        </div>
      </dialog>
    </Portal>
  )
}

/** The buttons a dialog ends with. */
export function DialogFoot(props: { readonly children: JSX.Element }) {
  return <div class="dialog-foot">{props.children}</div>
}

/** Why what was asked for was not done. */
export function DialogProblem(props: { readonly message: string }) {
  return (
    <p class="dialog-problem" role="alert">
      {props.message}
    </p>
  )
}
