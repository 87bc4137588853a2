import { For, type JSX } from 'solid-js'
import { RunDot } from './run-dot.tsx'
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
  cell(row: Row, run: number): JSX.Element
  onPick(id: string): void
}

/** A table of keys by runs: the keys stay while the runs are scrolled past them. */
export function RunColumns<Row extends { readonly key: string }>(props: RunColumnsProps<Row>) {
  return (
    <div class="run-columns" tabindex={0} role="region" aria-label={props.label}>
      <table>
        <thead>
          <tr>
            <td class="run-columns-corner" />
            <For each={props.runs}>
              {(run, index) => (
                <th scope="col">
                  <button type="button" class="run-columns-run" onClick={() => props.onPick(run.id)}>
                    <RunDot color={run.color} stroke={run.stroke} />
                    <span class="run-columns-name" dir="auto" title={run.name}>
                      {run.name}
                    </span>
                  </button>
                  <span class="run-columns-note">{index() === 0 ? 'baseline' : ''}</span>
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
