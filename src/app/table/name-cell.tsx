import Eye from 'lucide-solid/icons/eye'
import EyeOff from 'lucide-solid/icons/eye-off'
import Pin from 'lucide-solid/icons/pin'
import { createMemo, Show } from 'solid-js'
import { isRunStatus, type RunStatus } from '../../model/run.ts'
import type { RunId } from '../../model/units.ts'
import { NAME_COLUMN } from '../workspace/table-columns.ts'
import { MiddleText } from '../../widgets/middle-text.tsx'
import { LiveDot } from '../../widgets/live-dot.tsx'
import { RunDot } from '../../widgets/run-dot.tsx'
import { useExperiment } from '../experiment/experiment-context.ts'
import { briefStatus, statusWords } from '../experiment/run-words.ts'
import { SelectBox } from './select-box.tsx'
import { useTable } from './table-context.ts'
import './name-cell.css'

/** What a run is called, whether it is selected and drawn, and how it ended unless it went well. */
export function NameCell(props: { readonly runId: RunId; readonly isBaseline: boolean }) {
  const { looks, pins, runs, visibility, readOnly } = useExperiment()
  const { cells, selection, baseline } = useTable()
  const name = createMemo(() => {
    const value = cells.value(props.runId, NAME_COLUMN)
    return runs.label(props.runId) ?? (typeof value === 'string' ? value : '')
  })
  const status = createMemo<RunStatus | null>(() => {
    const value = cells.value(props.runId, 'run:status')
    return isRunStatus(value) ? value : null
  })
  const drawn = createMemo(() => visibility.visible().has(props.runId))
  const style = createMemo(() => looks.style(props.runId))
  const isBaselineRun = createMemo(() => baseline() === props.runId)
  const isArchived = createMemo(() => typeof cells.value(props.runId, 'run:archivedAt') === 'number')
  return (
    <>
      <SelectBox label={`Select ${name()}`} state={selection.selected().has(props.runId)} action="select" />
      <button
        type="button"
        class="name-cell-eye"
        tabindex={-1}
        aria-pressed={drawn()}
        aria-label={`Show ${name()}`}
        title={drawn() ? 'Hide in charts' : 'Show in charts'}
        data-action="draw"
      >
        <RunDot color={style().color} stroke={style().stroke} hollow={!drawn()} />
        <Eye class="name-cell-icon name-cell-show" size={14} />
        <EyeOff class="name-cell-icon name-cell-hide" size={14} />
      </button>
      <Show when={pins.isPinned(props.runId)}>
        <Pin class="name-cell-pin" size={12} aria-label="Pinned" />
      </Show>
      <span class="name-cell-name" dir="auto" title={name()} data-action="open">
        <MiddleText text={name()} />
      </span>
      <Show when={status() === 'running' && !readOnly}>
        <LiveDot label="running" />
      </Show>
      <Show when={isArchived()}>
        <span class="name-cell-mark">archived</span>
      </Show>
      <Show when={isBaselineRun()}>
        <span class="name-cell-mark">baseline</span>
      </Show>
      <Show when={status()}>
        {(known) => (
          <Show when={briefStatus(known(), readOnly)}>
            {(brief) => (
              <span
                class="name-cell-mark"
                classList={{ 'is-failed': known() === 'failed' }}
                title={statusWords(known(), readOnly)}
              >
                {brief()}
              </span>
            )}
          </Show>
        )}
      </Show>
    </>
  )
}
