import { Show } from 'solid-js'
import type { FilesState } from './create-files.ts'
import { progressWords } from '../shell/progress-words.ts'
import { Banner } from '../../widgets/banner.tsx'
import { Button } from '../../widgets/button.tsx'
import { ProgressBar } from '../../widgets/progress-bar.tsx'
import './opening-bar.css'

/** How far the file being opened is, with a way to stop. */
export function OpeningBar(props: { readonly files: FilesState }) {
  const words = (): string => {
    const progress = props.files.opening()?.progress ?? null
    return progress === null ? '' : progressWords(progress)
  }
  return (
    <Show when={props.files.opening()}>
      {(state) => (
        <div class="opening-bar">
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
            <span class="opening-bar-words">{words()}</span>
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
