import Eye from 'lucide-solid/icons/eye'
import EllipsisVertical from 'lucide-solid/icons/ellipsis-vertical'
import EyeOff from 'lucide-solid/icons/eye-off'
import Pin from 'lucide-solid/icons/pin'
import { Show } from 'solid-js'
import { useRunMenus, type MenuPlace } from '../runs/run-menus.tsx'
import { IconButton } from '../../widgets/icon-button.tsx'
import { LiveDot } from '../../widgets/live-dot.tsx'
import { MiddleText } from '../../widgets/middle-text.tsx'
import { formatCount, formatValue } from '../../widgets/number-format.ts'
import { PausedDot } from '../../widgets/paused-dot.tsx'
import { RunDot } from '../../widgets/run-dot.tsx'
import { formatDuration } from '../../widgets/time-format.ts'
import type { RunRow } from '../experiment/create-runs.ts'
import { ARCHIVED_FILTER } from '../experiment/create-run-totals.ts'
import { useExperiment } from '../experiment/experiment-context.ts'
import { briefStatus, statusWords } from '../experiment/run-words.ts'
import './run-list-row.css'

interface RunListRowProps {
  readonly run: RunRow
  /** The one that is reached by Tab. */
  readonly isReached: boolean
  /** Of the metric the list is ranked by. */
  readonly value: number | null
  readonly isBest: boolean
  /** Unit: milliseconds. */
  readonly duration: number | null
}

/** One run of the list: whether it is drawn, what it is called, and how well it did. */
export function RunListRow(props: RunListRowProps) {
  const { control, looks, pins, view, visibility, selected, select, readOnly, workspace } = useExperiment()
  const menus = useRunMenus()
  const openMenu = (place: MenuPlace): void =>
    menus.open([props.run.id], place, workspace.view().filter === ARCHIVED_FILTER)
  const shown = (): boolean => visibility.visible().has(props.run.id)
  const style = () => looks.style(props.run.id)
  const isSelected = (): boolean => props.run.id === selected()
  return (
    <div
      class="run-list-row"
      classList={{
        'is-hidden': !shown(),
        'is-selected': isSelected(),
        'is-best': props.isBest,
        'is-raised': view.raised() === props.run.id,
      }}
      onContextMenu={(event) => {
        event.preventDefault()
        openMenu({ x: event.clientX, y: event.clientY })
      }}
      onPointerEnter={() => view.raise(props.run.id)}
      onPointerLeave={() => view.raise(null)}
    >
      <button
        type="button"
        class="run-list-row-eye"
        tabindex={-1}
        aria-pressed={shown()}
        aria-label={`Show ${props.run.label}`}
        title={shown() ? 'Hide in charts (double-click: show this run alone)' : 'Show in charts'}
        onClick={() => visibility.toggle(props.run.id)}
        onDblClick={() => visibility.solo(props.run.id)}
      >
        <RunDot color={style().color} stroke={style().stroke} hollow={!shown()} />
        <Show when={shown()} fallback={<Eye class="run-list-row-eye-icon" size={14} />}>
          <EyeOff class="run-list-row-eye-icon" size={14} />
        </Show>
      </button>
      <button
        type="button"
        class="run-list-row-main"
        data-row-focus
        tabindex={props.isReached ? 0 : -1}
        aria-current={isSelected() ? 'true' : undefined}
        title={`${props.run.label}, ${statusWords(props.run.status, readOnly)}`}
        onClick={() => select(isSelected() ? null : props.run.id)}
        onKeyDown={(event) => {
          if (event.key === 'h') visibility.toggle(props.run.id)
          else if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) {
            event.preventDefault()
            openMenu(event.currentTarget)
          }
        }}
      >
        <span class="run-list-row-name">
          <Show when={pins.isPinned(props.run.id)}>
            <Pin class="run-list-row-pin" size={12} aria-label="Pinned" />
          </Show>
          <span class="run-list-row-text">
            <MiddleText text={props.run.label} />
          </span>
          <Show when={props.run.status === 'running' && !readOnly}>
            <Show
              when={control.standing(props.run.id)?.state === 'paused'}
              fallback={<LiveDot label="running" />}
            >
              <PausedDot />
            </Show>
          </Show>
          <Show when={briefStatus(props.run.status, readOnly)}>
            {(status) => (
              <span class="run-list-row-status" classList={{ 'is-failed': props.run.status === 'failed' }}>
                {status()}
              </span>
            )}
          </Show>
          <Show when={props.run.refusedCount > 0}>
            <span class="run-list-row-status">{formatCount(props.run.refusedCount)} refused</span>
          </Show>
        </span>
        <span class="run-list-row-value">{valueText(props.value)}</span>
        <span class="run-list-row-duration">{durationText(props.duration)}</span>
      </button>
      <IconButton
        class="run-list-row-more"
        label={`What can be done with ${props.run.label}`}
        aria-haspopup="menu"
        tabindex={-1}
        onClick={(event: MouseEvent & { readonly currentTarget: HTMLElement }) =>
          openMenu(event.currentTarget)
        }
      >
        <EllipsisVertical size={14} />
      </IconButton>
    </div>
  )
}

function valueText(value: number | null): string {
  return value === null ? '–' : formatValue(value)
}

function durationText(duration: number | null): string {
  return duration === null ? '–' : formatDuration(duration)
}
