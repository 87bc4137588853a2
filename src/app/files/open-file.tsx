import { createSignal, onCleanup, Show } from 'solid-js'
import { OPEN_FORMATS } from '../../protocol/open-formats.ts'
import './open-file.css'

interface DropTargetProps {
  onDrop(files: readonly File[]): void
}

function carriesFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes('Files') ?? false
}

/** Takes files dropped anywhere on the page. */
export function DropTarget(props: DropTargetProps) {
  const [dragging, setDragging] = createSignal(false)
  const abort = new AbortController()
  const { signal } = abort

  addEventListener(
    'dragover',
    (event) => {
      if (!carriesFiles(event)) return
      event.preventDefault()
      setDragging(true)
    },
    { signal },
  )
  addEventListener(
    'dragleave',
    (event) => {
      if (event.relatedTarget === null) setDragging(false)
    },
    { signal },
  )
  addEventListener(
    'drop',
    (event) => {
      if (!carriesFiles(event)) return
      event.preventDefault()
      setDragging(false)
      props.onDrop([...(event.dataTransfer?.files ?? [])])
    },
    { signal },
  )
  onCleanup(() => abort.abort())

  return (
    <Show when={dragging()}>
      <div class="open-file-drop">
        <p>Drop to open. The file stays as it is; nothing is uploaded.</p>
      </div>
    </Show>
  )
}

/** Asks for files with the browser's own dialog. */
export function pickFiles(onPick: (files: readonly File[]) => void): void {
  const input = document.createElement('input')
  input.type = 'file'
  input.multiple = true
  const formats = Object.values(OPEN_FORMATS)
  input.accept = [
    ...formats.flatMap(({ extensions }) => extensions),
    ...formats.map(({ mime }) => mime),
  ].join(',')
  input.addEventListener('change', () => onPick([...(input.files ?? [])]))
  input.click()
}
