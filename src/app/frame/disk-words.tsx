import { Show } from 'solid-js'
import { createDisk } from '../tracker/create-disk.ts'
import { useTracker } from '../tracker/tracker.ts'
import type { DiskReport } from '../../protocol/disk-api.ts'
import { formatPlural } from '../../widgets/number-format.ts'
import './disk-words.css'

/** Says where in the project what is tracked here is kept as well, and what of it is not. */
export function DiskWords() {
  const disk = createDisk(useTracker())
  return (
    <Show when={disk.report()}>
      {(report) => (
        <p class="disk-words" classList={{ 'is-away': report().state === 'away' }}>
          {sentence(report())} {report().folder}/
          <Show when={report().problem !== ''}>
            <span class="disk-words-problem">{report().problem}</span>
          </Show>
          <Show when={report().leftOut > 0}>
            <span class="disk-words-problem">
              {formatPlural(report().leftOut, 'file')} of artifacts larger than 1 GB stay in the browser.
            </span>
          </Show>
        </p>
      )}
    </Show>
  )
}

function sentence({ state }: DiskReport): string {
  switch (state) {
    case 'kept':
      return 'Also on disk:'
    case 'behind':
      return 'Being copied to disk:'
    case 'away':
      return 'Not on disk at the moment:'
  }
}
