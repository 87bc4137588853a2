import Download from 'lucide-solid/icons/download'
import X from 'lucide-solid/icons/x'
import { createMemo, createUniqueId, For, onCleanup, Show } from 'solid-js'
import type { Artifact, ModelVersion } from '../../../model/artifact.ts'
import { IconButton } from '../../../widgets/icon-button.tsx'
import { formatBytes, formatValue } from '../../../widgets/number-format.ts'
import { formatMoment } from '../../../widgets/time-format.ts'
import { aliasWords } from '../alias-words.ts'
import { useArtifacts } from '../artifact-context.ts'
import { RunLink } from '../run-links.tsx'
import { directionArrow } from '../../experiment/run-words.ts'
import { versionValues } from '../version-values.ts'
import { STAGES } from './model-commands.ts'
import './model-row.css'

interface ModelRowProps {
  readonly model: string
  readonly version: ModelVersion
  /** Undefined when what is known of it is gone. */
  readonly artifact: Artifact | undefined
}

const MAX_STAGE = 60
const KEY_VALUES = 3

/** One version of a registered model: its stage, where it came from, and how good it is. */
export function ModelRow(props: ModelRowProps) {
  const { edits, readOnly, cards, fetch, nameOf } = useArtifacts()
  const listId = createUniqueId()
  /** Says the stage that is being written: of the version it was begun for, whatever is shown by then. */
  let sayStage: (() => void) | null = null
  const values = createMemo(() => {
    const { artifact } = props
    if (artifact === undefined) return []
    return versionValues(artifact, cards.card(artifact.runId)?.series ?? []).slice(0, KEY_VALUES)
  })
  const aliases = (artifact: Artifact): string =>
    artifact.heldAliases.map((held) => aliasWords(held, true, nameOf)).join(', ')
  const registered = () => ({
    model: props.model,
    version: props.version.version,
    artifactId: props.version.artifactId,
    experimentId: props.artifact?.experimentId ?? '',
  })

  function writeStage(written: string): void {
    const [version, before] = [registered(), props.version.stage]
    const stage = written.trim() === '' ? null : written.trim()
    sayStage = stage === before ? null : () => edits.setStage(version, stage, before)
  }

  function endStage(): void {
    sayStage?.()
    sayStage = null
  }

  onCleanup(endStage)

  return (
    <li class="model-row">
      <span class="model-row-number">{props.version.version}</span>
      <Show when={!readOnly} fallback={<span class="model-row-stage">{props.version.stage ?? ''}</span>}>
        <input
          class="model-row-stage"
          aria-label={`Stage of version ${props.version.version}`}
          placeholder="No stage"
          autocomplete="off"
          spellcheck={false}
          maxlength={MAX_STAGE}
          list={listId}
          value={props.version.stage ?? ''}
          onInput={(event) => writeStage(event.currentTarget.value)}
          onChange={endStage}
          onKeyDown={(event) => {
            if (event.key === 'Enter') event.currentTarget.blur()
            if (event.key !== 'Escape') return
            event.stopPropagation()
            sayStage = null
            event.currentTarget.value = props.version.stage ?? ''
            event.currentTarget.blur()
          }}
        />
        <datalist id={listId}>
          <For each={STAGES}>{(stage) => <option value={stage} />}</For>
        </datalist>
      </Show>
      <div class="model-row-origin">
        <Show when={props.artifact} fallback={<span>What it was is not here any more</span>}>
          {(artifact) => (
            <>
              <span class="model-row-artifact" title={`${artifact().name} ${aliases(artifact())}`}>
                {artifact().name} v{artifact().version}
                {artifact().aliases.length > 0 ? ` (${aliases(artifact())})` : ''}
              </span>
              <span class="model-row-from">
                <RunLink runId={artifact().runId} />
              </span>
            </>
          )}
        </Show>
      </div>
      <ul class="model-row-metrics" aria-label="How good it is">
        <For each={values()}>
          {({ key, value, direction, isOfRun }) => (
            <li>
              <span class="model-row-metric" title={key}>
                {key} {directionArrow(direction)}
              </span>{' '}
              {formatValue(value)}
              <Show when={isOfRun}>
                <span class="model-row-metric" title="The version itself says no metric">
                  {' '}
                  {direction === 'none' ? 'last' : 'best'} of its run
                </span>
              </Show>
            </li>
          )}
        </For>
      </ul>
      <span class="model-row-size">
        {stateWords(props.artifact)}
        <time>{formatMoment(props.version.createdAt)}</time>
      </span>
      <span class="model-row-tools">
        <IconButton
          label={`Download version ${props.version.version}`}
          disabled={props.artifact === undefined || props.artifact.erasedAt !== null}
          onClick={() => {
            if (props.artifact !== undefined) void fetch(props.artifact)
          }}
        >
          <Download size={14} />
        </IconButton>
        <Show when={!readOnly}>
          <IconButton
            label={`Unregister version ${props.version.version}`}
            onClick={() => edits.unregister(registered(), props.version.stage)}
          >
            <X size={14} />
          </IconButton>
        </Show>
      </span>
    </li>
  )
}

function stateWords(artifact: Artifact | undefined): string {
  if (artifact === undefined) return ''
  if (artifact.erasedAt !== null) return 'given up'
  return artifact.removedAt === null ? formatBytes(artifact.bytes) : 'deleted, bytes still here'
}
