import Download from 'lucide-solid/icons/download'
import X from 'lucide-solid/icons/x'
import { createMemo, createUniqueId, For, onCleanup, Show } from 'solid-js'
import type { Artifact, ModelVersion } from '../../../model/artifact.ts'
import type { SeriesSummary } from '../../../model/series.ts'
import { bestAggregate, defaultMetric, guessDirection } from '../../workspace/metric-direction.ts'
import { IconButton } from '../../../widgets/icon-button.tsx'
import { formatBytes, formatValue } from '../../../widgets/number-format.ts'
import { formatMoment } from '../../../widgets/time-format.ts'
import { useArtifacts } from '../artifact-context.ts'
import { RunLink } from '../run-links.tsx'
import { directionArrow } from '../../experiment/run-words.ts'
import { STAGES } from './model-commands.ts'
import './model-row.css'

interface ModelRowProps {
  readonly model: string
  readonly version: ModelVersion
  /** Undefined when what is known of it is gone. */
  readonly artifact: Artifact | undefined
}

const MAX_STAGE = 60
const KEY_METRICS = 3

/** One version of a registered model: its stage, where it came from, and how good that was. */
export function ModelRow(props: ModelRowProps) {
  const { edits, readOnly, cards, fetch } = useArtifacts()
  const listId = createUniqueId()
  /** Says the stage that is being written: of the version it was begun for, whatever is shown by then. */
  let sayStage: (() => void) | null = null
  const card = () => (props.artifact === undefined ? null : cards.card(props.artifact.runId))
  const metrics = createMemo(() => keyMetrics(card()?.series ?? []))
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
              <span class="model-row-artifact" title={artifact().name}>
                {artifact().name} v{artifact().version}
                {artifact().aliases.length > 0 ? ` (${artifact().aliases.join(', ')})` : ''}
              </span>
              <span class="model-row-from">
                <RunLink runId={artifact().runId} />
              </span>
            </>
          )}
        </Show>
      </div>
      <ul class="model-row-metrics" aria-label="Key metrics">
        <For each={metrics()}>
          {({ key, value, arrow }) => (
            <li>
              <span class="model-row-metric" title={key}>
                {key} {arrow}
              </span>{' '}
              {formatValue(value)}
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

/** The metric a run is judged by, then others that have a best. */
function keyMetrics(series: readonly SeriesSummary[]) {
  const first = defaultMetric(series.map(({ key }) => key))
  return series
    .toSorted((a, b) => rank(a.key, first) - rank(b.key, first))
    .slice(0, KEY_METRICS)
    .map((summary) => {
      const direction = guessDirection(summary.key)
      return {
        key: summary.key,
        value: summary[bestAggregate(direction)] ?? Number.NaN,
        arrow: directionArrow(direction),
      }
    })
}

function rank(key: string, first: string | null): number {
  if (key === first) return 0
  return guessDirection(key) === 'none' ? 2 : 1
}
