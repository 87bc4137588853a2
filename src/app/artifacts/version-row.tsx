import ChevronDown from 'lucide-solid/icons/chevron-down'
import ChevronRight from 'lucide-solid/icons/chevron-right'
import Download from 'lucide-solid/icons/download'
import { createMemo, createUniqueId, For, Show } from 'solid-js'
import type { Artifact } from '../../model/artifact.ts'
import { IconButton } from '../../widgets/icon-button.tsx'
import { formatBytes, formatCount, formatStep } from '../../widgets/number-format.ts'
import { formatMoment } from '../../widgets/time-format.ts'
import { aliasReason, aliasWords, isOneOfMany } from './alias-words.ts'
import { useArtifacts } from './artifact-context.ts'
import { VersionDetail } from './version-detail.tsx'
import './version-row.css'

interface VersionRowProps {
  readonly artifact: Artifact
  /** Whether it can be picked. */
  readonly isWhole: boolean
}

/** The alias that training gives to the best checkpoint. */
const BEST = 'best'

/** One version in a line, and all that is known of it below when it is open. */
export function VersionRow(props: VersionRowProps) {
  const { all, view, toggleOpen, change, registrations, fetch, nameOf } = useArtifacts()
  const bodyId = createUniqueId()
  const isOpen = createMemo(() => view().open.includes(props.artifact.id))
  const isPicked = createMemo(() => view().picked.includes(props.artifact.id))
  const aliases = createMemo(() =>
    props.artifact.heldAliases.map((held) => ({
      alias: held.alias,
      words: aliasWords(held, isOneOfMany(all(), props.artifact, held.alias), nameOf),
      reason: aliasReason(held, nameOf),
    })),
  )
  const said = (): string => `${props.artifact.name} v${props.artifact.version}`

  function pick(): void {
    const { id } = props.artifact
    const { picked } = view()
    change(isPicked() ? 'Let go of a version' : 'Pick a version', {
      picked: isPicked() ? picked.filter((each) => each !== id) : [...picked, id],
    })
  }

  return (
    <div class="version-row" classList={{ 'is-open': isOpen() }}>
      <div class="version-row-line">
        <Show when={props.isWhole}>
          <input
            class="version-row-pick"
            type="checkbox"
            aria-label={`Pick ${said()}`}
            checked={isPicked()}
            onChange={pick}
          />
        </Show>
        <button
          type="button"
          class="version-row-toggle"
          data-row-focus=""
          aria-label={[said(), ...aliases().map(({ words }) => words)].join(', ')}
          aria-expanded={isOpen()}
          aria-controls={isOpen() ? bodyId : undefined}
          onClick={() => toggleOpen(props.artifact.id)}
        >
          <Show when={isOpen()} fallback={<ChevronRight size={14} />}>
            <ChevronDown size={14} />
          </Show>
          <span>v{formatCount(props.artifact.version)}</span>
        </button>
        <span class="version-row-words">
          <For each={aliases()}>
            {({ alias, words, reason }) => (
              <span
                class="version-row-alias"
                classList={{ 'is-best': alias === BEST }}
                title={`${alias}: ${reason}`}
              >
                {words}
              </span>
            )}
          </For>
          <For each={registrations(props.artifact.id)}>
            {({ model, version, stage }) => (
              <span class="version-row-model" title={`Registered as ${model}, version ${version}`}>
                {model} {version}
                {stage === null ? '' : `, ${stage}`}
              </span>
            )}
          </For>
        </span>
        <span class="version-row-step">
          <Show when={props.artifact.step !== null}>step {formatStep(props.artifact.step ?? 0)}</Show>
        </span>
        <time class="version-row-time">{formatMoment(props.artifact.createdAt)}</time>
        <span
          class="version-row-size"
          title={props.artifact.erasedAt === null ? '' : 'Its bytes were given up'}
        >
          {props.artifact.erasedAt === null ? formatBytes(props.artifact.bytes) : 'given up'}
        </span>
        <IconButton
          class="version-row-download"
          label={`Download ${said()}`}
          disabled={props.artifact.erasedAt !== null}
          onClick={() => void fetch(props.artifact)}
        >
          <Download size={14} />
        </IconButton>
      </div>
      <Show when={isOpen()}>
        <div id={bodyId} class="version-row-body" role="group" aria-label={said()}>
          <VersionDetail artifact={props.artifact} />
        </div>
      </Show>
    </div>
  )
}
