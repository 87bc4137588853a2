import { createSignal, onCleanup, Show } from 'solid-js'
import { OPEN_FORMATS } from '../../protocol/open-formats.ts'
import type { FilesState } from './create-files.ts'
import { progressWords } from '../shell/progress-words.ts'
import { Banner } from '../../widgets/banner.tsx'
import { Button } from '../../widgets/button.tsx'
import { ProgressBar } from '../../widgets/progress-bar.tsx'
import './open-file.css'

/** How far the file being opened is, with a way to stop. */
export function OpeningBar(props: { readonly files: FilesState }) {
  const words = (): string => {
    const progress = props.files.opening()?.progress ?? null
    return progress === null ? '' : progressWords(progress)
  }
  return (
    <Show when={props.files.opening()}>
      {(state) => (
        <div class="open-file-bar">
          <Banner
            tone="plain"
            label="Opening a file"
            actions={
              <Button disabled={state().cancelling} onClick={() => props.files.cancelOpen()}>
                Cancel
              </Button>
            }
          >
            <span>
              Opening <strong>{props.files.openingName()}</strong>
            </span>
            <span class="open-file-words">{words()}</span>
          </Banner>
          <ProgressBar
            label={`Opening ${props.files.openingName()}`}
            done={state().progress?.done ?? 0}
            total={state().progress?.total ?? 0}
          />
        </div>
      )}
    </Show>
  )
}

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
