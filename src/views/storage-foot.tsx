import { createMemo, Show } from 'solid-js'
import type { StorageState } from '../state/create-storage.ts'
import { useToasts } from '../state/create-toasts.ts'
import { formatBytes } from '../widgets/number-format.ts'
import { ProgressBar } from '../widgets/progress-bar.tsx'
import './storage-foot.css'

interface StorageFootProps {
  readonly storage: StorageState
}

/** The truth about where everything is and whether it will stay. */
export function StorageFoot(props: StorageFootProps) {
  const toasts = useToasts()
  const inMemory = (): boolean => props.storage.memoryReason() !== null
  const words = createMemo(() => {
    if (inMemory()) return 'In memory, gone when the tab closes'
    if (props.storage.elsewhere()) return 'On this device, in another tab'
    if (props.storage.report() === undefined) return 'Opening the storage'
    if (props.storage.room() === undefined) return 'On this device'
    return props.storage.room()?.persisted === true
      ? 'On this device, kept'
      : 'On this device, may be cleared by the browser'
  })
  const canKeep = (): boolean => !inMemory() && props.storage.room()?.persisted === false

  async function keep(): Promise<void> {
    if (await props.storage.keep()) toasts.say('The browser keeps this storage until you clear it yourself.')
    else
      toasts.say(
        'The browser did not agree yet. It does for sites that are bookmarked, installed or used often.',
      )
  }

  return (
    <footer class="storage-foot">
      <p>
        {words()}
        <Show when={canKeep()}>
          {' '}
          <button
            type="button"
            class="storage-foot-keep"
            aria-label="Keep the storage on this device"
            onClick={() => void keep()}
          >
            Keep
          </button>
        </Show>
      </p>
      <Show when={!inMemory() && props.storage.room()}>
        {(room) => (
          <>
            <ProgressBar label="Storage used" done={room().usedBytes} total={room().quotaBytes} />
            <p class="storage-foot-size">
              {formatBytes(room().usedBytes)} of {formatBytes(room().quotaBytes)}
            </p>
          </>
        )}
      </Show>
    </footer>
  )
}
