import ChevronDown from 'lucide-solid/icons/chevron-down'
import { createMemo, createSignal, Show } from 'solid-js'
import { useCommands } from '../shell/create-commands.ts'
import { INITIAL_VIEW, parseView, printView } from '../workspace/workspace-view.ts'
import { Button } from '../../widgets/button.tsx'
import { Menu, type MenuEntry } from '../../widgets/menu.tsx'
import { Popover } from '../../widgets/popover.tsx'
import { useExperiment } from '../experiment/experiment-context.ts'
import './views-control.css'

const MAX_NAME = 120

/** Arrangements that were given a name: shown, saved, taken away. */
export function ViewsControl() {
  const { arrangement, readOnly, workspace } = useExperiment()
  const [open, setOpen] = createSignal<'menu' | 'name' | null>(null)
  /** A name that was begun for the view, kept until it is saved. */
  const [begun, setBegun] = createSignal<string | null>(null)
  let button: HTMLButtonElement | undefined
  /** As links say them today: they may have been saved long ago. */
  const links = createMemo(() => arrangement.views().map(({ view }) => printView(parseView(view))))
  /** The saved view that is shown just now. */
  const current = createMemo(() => arrangement.views()[links().indexOf(workspace.link())])

  const show = (name: string, view: string): void =>
    workspace.change(`Show the view ${name}`, parseView(view))
  const showPlain = (): void =>
    workspace.change('Reset the view', { ...INITIAL_VIEW, tab: workspace.view().tab })

  const entries = createMemo<readonly MenuEntry[]>(() => {
    const views = arrangement.views()
    const shown = current()
    return [
      ...views.map(({ name, view }) => ({
        text: name,
        checked: name === shown?.name,
        run: () => show(name, view),
      })),
      ...(views.length > 0 ? [null] : []),
      ...(readOnly ? [] : [{ text: 'Save this view', run: () => setOpen('name') }]),
      ...(readOnly || shown === undefined
        ? []
        : [{ text: `Remove ${shown.name}`, run: () => arrangement.saveView(shown.name, null) }]),
      { text: 'Reset', disabled: workspace.link() === '', run: showPlain },
    ]
  })

  useCommands().offer(() => [
    ...arrangement.views().map(({ name, view }) => ({
      title: `Show the view ${name}`,
      group: 'Views',
      run: () => show(name, view),
    })),
    ...(readOnly
      ? []
      : [{ title: 'Save this view', group: 'Views', key: 'mod+s', run: () => setOpen('name') }]),
    { title: 'Reset the view', group: 'Views', run: showPlain },
  ])

  return (
    <>
      <button
        type="button"
        class="views-control"
        aria-haspopup="menu"
        aria-expanded={open() === 'menu'}
        ref={(element) => (button = element)}
        onClick={() => setOpen('menu')}
      >
        <span class="views-control-name">{current()?.name ?? 'Views'}</span>
        <ChevronDown size={13} />
      </button>
      <Show when={open() === 'menu' && button}>
        {(anchor) => (
          <Menu
            label="Views"
            anchor={anchor()}
            entries={entries()}
            onClose={() => setOpen((now) => (now === 'menu' ? null : now))}
          />
        )}
      </Show>
      <Show when={open() === 'name' && button}>
        {(anchor) => (
          <Popover label="Save this view" anchor={anchor()} onClose={() => setOpen(null)}>
            <NameView
              name={begun() ?? current()?.name ?? ''}
              onName={setBegun}
              onSave={(name) => {
                arrangement.saveView(name, workspace.link())
                setBegun(null)
                setOpen(null)
              }}
            />
          </Popover>
        )}
      </Show>
    </>
  )
}

interface NameViewProps {
  readonly name: string
  onName(name: string): void
  onSave(name: string): void
}

function NameView(props: NameViewProps) {
  const { arrangement } = useExperiment()
  const name = (): string => props.name.trim()
  const replaces = (): boolean => arrangement.views().some((saved) => saved.name === name())
  return (
    <form
      class="views-control-form"
      onSubmit={(event) => {
        event.preventDefault()
        if (name() !== '') props.onSave(name())
      }}
    >
      <label class="views-control-label">
        Name of the view
        <input
          type="text"
          maxlength={MAX_NAME}
          autocomplete="off"
          value={props.name}
          onInput={(event) => props.onName(event.currentTarget.value)}
        />
      </label>
      <p class="views-control-hint">
        {replaces()
          ? 'Replaces the view of that name.'
          : 'Filter, charts, table and smoothing as they are now, kept with the experiment and in its exports.'}
      </p>
      <Button type="submit" look="primary" disabled={name() === ''}>
        Save
      </Button>
    </form>
  )
}
