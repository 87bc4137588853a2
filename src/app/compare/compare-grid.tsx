import { createMemo, createSignal, Show, type JSX } from 'solid-js'
import { Menu, type MenuEntry } from '../../widgets/menu.tsx'
import { RunHeads } from '../../widgets/run-columns.tsx'
import { useExperiment } from '../experiment/experiment-context.ts'
import { useRunMenus } from '../runs/run-menus.tsx'
import { useCompare } from './compare-context.ts'
import { tableRuns } from './table-runs.ts'
import './compare-grid.css'

/** Sections that compare runs as columns, under one head that stays in sight. */
export function CompareGrid(props: { readonly children: JSX.Element }) {
  const { change, columns, runs, together } = useCompare()
  const { select, visibility } = useExperiment()
  const menus = useRunMenus()
  const heads = createMemo(() => tableRuns(runs(), columns()))
  const [opened, setOpened] = createSignal<{ readonly id: string; readonly anchor: HTMLElement } | null>(null)

  const entries = (id: string, anchor: HTMLElement): readonly MenuEntry[] => [
    { text: 'Open', run: () => select(id) },
    {
      text: 'Use as the baseline',
      disabled: heads()[0]?.id === id,
      run: () => change('Choose a baseline', { baseline: id }),
    },
    { text: 'Remove from the comparison', run: () => visibility.set([id], false) },
    null,
    { text: 'More', run: () => menus.open([id], anchor) },
  ]

  return (
    <div class="compare-grid">
      <div class="compare-grid-head">
        <RunHeads
          label="Compared runs"
          runs={heads()}
          together={together}
          onPick={select}
          onMenu={(id, anchor) => setOpened({ id, anchor })}
        />
      </div>
      {props.children}
      <Show when={opened()} keyed>
        {({ id, anchor }) => (
          <Menu
            label="Compared run"
            entries={entries(id, anchor)}
            anchor={anchor}
            onClose={() => setOpened(null)}
          />
        )}
      </Show>
    </div>
  )
}
