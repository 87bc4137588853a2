import { createMemo, createSignal, Show, Suspense } from 'solid-js'
import type { StorageState } from '../tracker/create-storage.ts'
import { useToasts } from '../shell/create-toasts.ts'
import { useTracker } from '../tracker/tracker.ts'
import { formatBytes, formatPlural } from '../../widgets/number-format.ts'
import { ProgressBar } from '../../widgets/progress-bar.tsx'
import { lazyView } from '../shell/lazy-view.ts'
import { hasDisk } from '../tracker/has-disk.ts'
import { DiskWords } from './disk-words.tsx'
import './storage-foot.css'

const BackupDialog = lazyView(async () => (await import('../files/backup-dialog.tsx')).BackupDialog)
const BinDialog = lazyView(async () => (await import('../files/bin-dialog.tsx')).BinDialog)

interface StorageFootProps {
  readonly storage: StorageState
  /** No run is tracked yet. */
  readonly isEmpty: boolean
  onOpenFile(): void
}

/** The truth about where everything is and whether it will stay. */
export function StorageFoot(props: StorageFootProps) {
  const toasts = useToasts()
  const inMemory = (): boolean => props.storage.memoryReason() !== null
  /** Where a server reads it; undefined where it is this browser's. */
  const onDisk = (): string | undefined => {
    const report = props.storage.report()
    return report?.kind === 'disk' ? report.reason : undefined
  }
  const words = createMemo(() => {
    if (onDisk() !== undefined) return onDisk()
    if (inMemory()) return 'In memory, gone when the tab closes'
    if (props.storage.elsewhere()) return 'On this device, in another tab'
    if (props.storage.report() === undefined) return 'Opening the storage'
    if (props.storage.room() === undefined) return 'On this device'
    return props.storage.room()?.persisted === true
      ? 'On this device, kept'
      : 'On this device, may be cleared by the browser'
  })
  const isOfBrowser = (): boolean => !inMemory() && onDisk() === undefined
  const canKeep = (): boolean => isOfBrowser() && props.storage.room()?.persisted === false

  const [shown, setShown] = createSignal<'backup' | 'bin' | null>(null)
  const close = (): void => {
    setShown(null)
  }
  const tracker = useTracker()
  const dismissed = () => (props.storage.report()?.damaged ?? []).filter((damaged) => damaged.dismissed)
  const binRuns = (): number => props.storage.report()?.binRuns ?? 0

  /** Shows again what there is to say and do about damaged files. */
  async function recall(): Promise<void> {
    await Promise.all(dismissed().map(({ name }) => tracker.api.settleDamaged({ name, action: 'recall' })))
    props.storage.refresh()
  }

  async function keep(): Promise<void> {
    if (await props.storage.keep()) toasts.say('The browser keeps this storage until you clear it yourself.')
    else
      toasts.say(
        'The browser did not agree yet. It does for sites that are bookmarked, installed or used often.',
      )
  }

  return (
    <>
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
        <Show when={hasDisk()}>
          <DiskWords />
        </Show>
        <Show when={isOfBrowser() && props.storage.room()}>
          {(room) => (
            <>
              <ProgressBar label="Storage used" done={room().usedBytes} total={room().quotaBytes} />
              <p class="storage-foot-size">
                {formatBytes(room().usedBytes)} of {formatBytes(room().quotaBytes)}
              </p>
            </>
          )}
        </Show>
        <Show when={!props.storage.elsewhere() && props.storage.report() !== undefined}>
          <p class="storage-foot-doors">
            <button type="button" onClick={() => setShown('backup')}>
              Backup
            </button>
            <Show when={binRuns() > 0}>
              <button type="button" onClick={() => setShown('bin')}>
                Bin, {formatPlural(binRuns(), 'run')}
              </button>
            </Show>
            <Show when={dismissed().length > 0}>
              <button type="button" onClick={() => void recall()}>
                Damaged file
              </button>
            </Show>
          </p>
        </Show>
      </footer>
      <Show when={shown() === 'backup'}>
        <Suspense>
          <BackupDialog isEmpty={props.isEmpty} onRestore={() => props.onOpenFile()} onClose={close} />
        </Suspense>
      </Show>
      <Show when={shown() === 'bin'}>
        <Suspense>
          <BinDialog onClose={close} />
        </Suspense>
      </Show>
    </>
  )
}
