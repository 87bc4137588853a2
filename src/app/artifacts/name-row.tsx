import { Show } from 'solid-js'
import { formatBytes, formatPlural } from '../../widgets/number-format.ts'
import { roomOf } from './artifact-room.ts'
import type { NameEntry } from './artifact-entries.ts'
import { PolicyControl } from './policy-control.tsx'
import './name-row.css'

/** What the versions under it are called, and what they take. */
export function NameRow(props: { readonly entry: NameEntry; readonly isWhole: boolean }) {
  const versions = () => props.entry.versions
  const bytes = (): number => roomOf(versions(), new Set(versions().map(({ id }) => id)))
  return (
    <div class="name-row">
      <h2 class="name-row-name" title={props.entry.name} dir="auto">
        {props.entry.name}
      </h2>
      <span class="name-row-facts">
        {versions()[0]?.type}, {formatPlural(versions().length, 'version')}, {formatBytes(bytes())}
      </span>
      <Show when={props.isWhole && versions()[0]}>
        {(newest) => <PolicyControl name={props.entry.name} experimentId={newest().experimentId} />}
      </Show>
      <Show when={props.entry.isUsed}>
        <span class="name-row-used">used by this run</span>
      </Show>
    </div>
  )
}
