import { Show } from 'solid-js'
import { createDisk } from '../tracker/create-disk.ts'
import { useTracker } from '../tracker/tracker.ts'
import type { ExperimentOnDisk } from '../../protocol/disk-api.ts'
import { Banner } from '../../widgets/banner.tsx'
import { Button } from '../../widgets/button.tsx'
import { formatPlural } from '../../widgets/number-format.ts'

interface DiskOfferProps {
  onOpen(files: readonly string[]): void
  onImport(files: readonly string[]): void
}

/** More names than these are a number. */
const NAMED = 3

/** Offers what is in the folder of the project and not in this browser: it was cleared, or something else logged it. */
export function DiskOffer(props: DiskOfferProps) {
  const { offered, decline, report } = createDisk(useTracker())

  function take(by: (files: readonly string[]) => void): void {
    const experiments = offered()
    decline(experiments)
    by([...new Set(experiments.map(({ file }) => file))])
  }

  return (
    <Show when={offered().length > 0}>
      <Banner
        tone="plain"
        label="Experiments on disk"
        actions={
          <>
            <Button onClick={() => take((files) => props.onOpen(files))}>Open</Button>
            <Button onClick={() => take((files) => props.onImport(files))}>Import</Button>
            <Button look="quiet" onClick={() => decline(offered())}>
              Not now
            </Button>
          </>
        }
      >
        <p>
          <strong>
            {formatPlural(offered().length, 'experiment')} in <code>{report()?.folder}/</code> that this
            browser lacks:
          </strong>{' '}
          {namesOf(offered())}
        </p>
      </Banner>
    </Show>
  )
}

function namesOf(experiments: readonly ExperimentOnDisk[]): string {
  const named = experiments
    .slice(0, NAMED)
    .map(({ name, runs }) => `${name} (${formatPlural(runs, 'run')})`)
    .join(', ')
  const more = experiments.length - NAMED
  return more > 0 ? `${named} and ${more} more.` : `${named}.`
}
