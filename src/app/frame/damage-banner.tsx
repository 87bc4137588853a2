import { createSignal, Show } from 'solid-js'
import { createDamageActions } from './create-damage.ts'
import type { StorageState } from '../tracker/create-storage.ts'
import { useToasts } from '../shell/create-toasts.ts'
import { useTracker } from '../tracker/tracker.ts'
import type { DamagedDatabase } from '../../protocol/store-api.ts'
import { Banner } from '../../widgets/banner.tsx'
import { Button } from '../../widgets/button.tsx'
import { Dialog, DialogFoot } from '../../widgets/dialog.tsx'
import { formatBytes } from '../../widgets/number-format.ts'
import { damageWords } from './damage-words.ts'
import { downloadFile } from '../shell/download.ts'

interface DamageBannerProps {
  readonly damaged: DamagedDatabase
  readonly storage: StorageState
}

/** Says what became of a database that was damaged on disk, until the user has read it. */
export function DamageBanner(props: DamageBannerProps) {
  const toasts = useToasts()
  const actions = createDamageActions(useTracker(), props.storage, props.damaged.name)
  const [downloaded, setDownloaded] = createSignal(false)
  const [deleting, setDeleting] = createSignal(false)
  const { working, failed } = actions.download

  async function download(): Promise<void> {
    const exported = await actions.start()
    const problem = failed()
    if (problem !== undefined) toasts.complain(problem.message)
    if (exported === undefined) return
    downloadFile(exported.file, exported.fileName)
    setDownloaded(true)
  }

  async function settle(action: 'dismiss' | 'delete'): Promise<void> {
    const { bytes } = props.damaged
    const problem = await actions.settle(action)
    if (problem !== null) toasts.complain(problem)
    else if (action === 'delete') toasts.say(`${formatBytes(bytes)} of the damaged file were freed.`)
  }

  return (
    <>
      <Banner
        tone="bad"
        label="The database was damaged"
        actions={
          <Show when={props.damaged.state !== 'recovering'}>
            <Show
              when={working()}
              fallback={<Button onClick={() => void download()}>Download the damaged file</Button>}
            >
              {(state) => (
                <Button disabled={state().cancelling} onClick={actions.download.cancel}>
                  Cancel, {formatBytes(state().progress?.done ?? 0)} read
                </Button>
              )}
            </Show>
            <Show when={downloaded()}>
              <Button look="danger" onClick={() => setDeleting(true)}>
                Delete it here
              </Button>
            </Show>
            <Button look="quiet" onClick={() => void settle('dismiss')}>
              Dismiss
            </Button>
          </Show>
        }
      >
        <p>
          <strong>The database on this device was damaged.</strong> {damageWords(props.damaged)}
        </p>
      </Banner>
      <Show when={deleting()}>
        <Dialog title="Delete the damaged file" onClose={() => setDeleting(false)}>
          <p>
            Delete the damaged file from this device? That frees {formatBytes(props.damaged.bytes)}. What was
            recovered stays; what could not be recovered is then only in the file you downloaded.
          </p>
          <DialogFoot>
            <Button look="quiet" onClick={() => setDeleting(false)}>
              Keep it
            </Button>
            <Button
              look="danger"
              onClick={() => {
                setDeleting(false)
                void settle('delete')
              }}
            >
              Delete
            </Button>
          </DialogFoot>
        </Dialog>
      </Show>
    </>
  )
}
