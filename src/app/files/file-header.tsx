import { For, Show } from 'solid-js'
import type { FilesState } from './create-files.ts'
import type { OpenedFile } from '../../protocol/files-api.ts'
import { Banner } from '../../widgets/banner.tsx'
import { Button } from '../../widgets/button.tsx'
import { formatBytes, formatCount, formatPlural } from '../../widgets/number-format.ts'
import './file-header.css'

interface FileHeaderProps {
  readonly file: OpenedFile
  readonly files: FilesState
  onKeep(): void
  onClose(): void
}

/** Says that this is a stranger's file, looked at and not imported, and what of it could not be read. */
export function FileHeader(props: FileHeaderProps) {
  return (
    <>
      <Banner
        tone="plain"
        label="Opened file"
        actions={
          <Show
            when={props.files.keeping()}
            fallback={
              <>
                <Button aria-label={`Import ${props.file.fileName}`} onClick={() => props.onKeep()}>
                  Import
                </Button>
                <Button look="quiet" onClick={() => props.onClose()}>
                  Close
                </Button>
              </>
            }
          >
            {(state) => (
              <Button disabled={state().cancelling} onClick={() => props.files.cancelKeep()}>
                Cancel
              </Button>
            )}
          </Show>
        }
      >
        <strong class="file-header-name">{props.file.fileName}</strong>
        <Show when={props.files.keeping()} fallback={<span>opened, not imported</span>}>
          {(state) => (
            <span>
              importing {formatCount(state().progress?.done ?? 0)} of {formatCount(props.file.points)} points
            </span>
          )}
        </Show>
        <span class="file-header-size">
          {formatPlural(props.file.runs, 'run')}, {formatPlural(props.file.points, 'point')},{' '}
          {formatBytes(props.file.fileBytes)}
        </span>
      </Banner>
      <Show when={props.file.warnings.length > 0}>
        <ul class="file-header-warnings" aria-label={`What could not be read of ${props.file.fileName}`}>
          <For each={props.file.warnings}>{(warning) => <li>{warning}</li>}</For>
        </ul>
      </Show>
    </>
  )
}
