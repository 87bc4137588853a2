import EllipsisVertical from 'lucide-solid/icons/ellipsis-vertical'
import { For, type JSX } from 'solid-js'
import { IconButton } from './icon-button.tsx'
import { MiddleText } from './middle-text.tsx'
import { RunDot } from './run-dot.tsx'
import type { ScrollTogether } from './scroll-together.ts'
import './run-columns.css'

export interface RunColumn {
  readonly id: string
  readonly name: string
  readonly color: string
  readonly stroke: 0 | 1 | 2
}

interface RunColumnsProps<Row extends { readonly key: string }> {
  readonly label: string
  /** The baseline first. */
  readonly runs: readonly RunColumn[]
  readonly rows: readonly Row[]
  /** With what it is scrolled sideways: the head over it, and other such tables. */
  readonly together: ScrollTogether
  cell(row: Row, run: number): JSX.Element
}

/** A table of keys by runs: the keys stay while runs are scrolled past them. Its head is a `RunHeads`, over several tables. */
export function RunColumns<Row extends { readonly key: string }>(props: RunColumnsProps<Row>) {
  return (
    <div
      class="run-columns"
      tabindex={0}
      role="region"
      aria-label={props.label}
      ref={(element) => props.together.add(element)}
    >
      <table>
        <thead>
          <tr>
            <td class="run-columns-corner" />
            <For each={props.runs}>
              {(run, index) => (
                <th scope="col">
                  <span class="visually-hidden">
                    {run.name} {index() === 0 ? '(baseline)' : ''}
                  </span>
                </th>
              )}
            </For>
          </tr>
        </thead>
        <tbody>
          <For each={props.rows}>
            {(row) => (
              <tr>
                <th scope="row">
                  <span class="run-columns-key" dir="auto" title={row.key}>
                    {row.key}
                  </span>
                </th>
                <For each={props.runs}>{(_, index) => <td>{props.cell(row, index())}</td>}</For>
              </tr>
            )}
          </For>
        </tbody>
      </table>
    </div>
  )
}

interface RunHeadsProps {
  readonly label: string
  /** The baseline first. */
  readonly runs: readonly RunColumn[]
  readonly together: ScrollTogether
  onPick(id: string): void
  /** What can be done with a run, under an element. */
  onMenu(id: string, anchor: HTMLElement): void
}

/** The head of tables of keys by runs, which stays over all of them. */
export function RunHeads(props: RunHeadsProps) {
  return (
    <div
      class="run-columns-heads"
      role="group"
      aria-label={props.label}
      ref={(element) => props.together.add(element)}
    >
      <div class="run-columns-heads-corner" aria-hidden="true" />
      <For each={props.runs}>
        {(run, index) => (
          <div
            class="run-columns-run"
            onContextMenu={(event) => {
              event.preventDefault()
              props.onMenu(run.id, event.currentTarget)
            }}
          >
            <button
              type="button"
              class="run-columns-name"
              title={run.name}
              onClick={() => props.onPick(run.id)}
            >
              <RunDot color={run.color} stroke={run.stroke} />
              <MiddleText text={run.name} />
            </button>
            <IconButton
              class="run-columns-more"
              label={`What can be done with ${run.name}`}
              aria-haspopup="menu"
              onClick={(event) => props.onMenu(run.id, event.currentTarget)}
            >
              <EllipsisVertical size={14} />
            </IconButton>
            <span class="run-columns-note">{index() === 0 ? 'baseline' : ''}</span>
          </div>
        )}
      </For>
    </div>
  )
}
