import Download from 'lucide-solid/icons/download'
import { createMemo, createSignal, For, Show, Suspense, type Accessor } from 'solid-js'
import type { CatalogState } from './create-catalog.ts'
import type { OwnerWatch } from './create-owner.ts'
import type { StorageState } from '../tracker/create-storage.ts'
import { OWN_DATABASE } from '../../protocol/database-id.ts'
import type { ExperimentRow } from '../../protocol/runs-api.ts'
import { Banner } from '../../widgets/banner.tsx'
import { Button } from '../../widgets/button.tsx'
import { formatBytes } from '../../widgets/number-format.ts'
import { lazyView } from '../shell/lazy-view.ts'
import { OwnerBanner } from './owner-banner.tsx'

const DamageBanner = lazyView(async () => (await import('./damage-banner.tsx')).DamageBanner)
const ExportDialog = lazyView(async () => (await import('../files/export-dialog.tsx')).ExportDialog)

interface StorageBannersProps {
  readonly storage: StorageState
  readonly catalog: CatalogState
  readonly owner: OwnerWatch
  /** Why what this page logs is not stored at the moment. */
  readonly problem: Accessor<string | null>
}

/** Says for as long as it holds that nothing will stay, that there is no room left, or that another tab is in the way. */
export function StorageBanners(props: StorageBannersProps) {
  const [exporting, setExporting] = createSignal(false)
  const own = (): readonly ExperimentRow[] => props.catalog.experiments(OWN_DATABASE) ?? []
  const isFull = (): boolean => props.storage.report()?.full === true
  const isElsewhere = (): boolean => props.owner.state() !== 'reached'
  const fileBytes = (): number => props.catalog.files().reduce((sum, file) => sum + file.fileBytes, 0)

  const unread = createMemo(() => (props.storage.report()?.damaged ?? []).filter((each) => !each.dismissed))
  const unreadNames = createMemo(() =>
    unread()
      .map(({ name }) => name)
      .join(' '),
  )

  return (
    <>
      <OwnerBanner owner={props.owner} isWaiting={() => props.problem() !== null} />
      <Show when={props.storage.memoryReason()}>
        {(reason) => (
          <Banner
            tone="bad"
            label="Nothing is stored on this device"
            actions={<DownloadButton experiments={own()} onClick={() => setExporting(true)} />}
          >
            <p>
              <strong>In memory only.</strong> {reason()} It is gone when the tab that opened Kymo first is
              closed; download what should stay.
            </p>
          </Banner>
        )}
      </Show>
      <Show when={unreadNames() !== ''}>
        <Suspense>
          <For each={unreadNames().split(' ')}>
            {(name) => (
              <Show when={unread().find((each) => each.name === name)}>
                {(damaged) => <DamageBanner damaged={damaged()} storage={props.storage} />}
              </Show>
            )}
          </For>
        </Suspense>
      </Show>
      <Show when={isFull()}>
        <Banner
          tone="bad"
          label="The storage is full"
          actions={<DownloadButton experiments={own()} onClick={() => setExporting(true)} />}
        >
          <p>
            <strong>The storage is full.</strong> New points wait in memory and are written once there is
            room. Download what matters, then{' '}
            {props.catalog.files().length > 0 ? `close opened files (${formatBytes(fileBytes())}) or ` : ''}
            {(props.storage.report()?.binRuns ?? 0) > 0 ? 'empty the bin or ' : ''}free disk space for this
            browser.
          </p>
        </Banner>
      </Show>
      <Show when={!isElsewhere() && !isFull() && props.storage.memoryReason() === null && props.problem()}>
        {(problem) => (
          <Banner tone="bad" label="Logging is held up">
            <p>{problem()}</p>
          </Banner>
        )}
      </Show>
      <Show when={exporting() && own()[0]}>
        {(first) => (
          <Suspense>
            <ExportDialog
              database={OWN_DATABASE}
              experiments={own()}
              experimentId={first().id}
              choices={[]}
              onClose={() => setExporting(false)}
            />
          </Suspense>
        )}
      </Show>
    </>
  )
}

function DownloadButton(props: { readonly experiments: readonly ExperimentRow[]; onClick(): void }) {
  return (
    <Button disabled={props.experiments.length === 0} onClick={() => props.onClick()}>
      <Download size={14} />
      Download
    </Button>
  )
}
