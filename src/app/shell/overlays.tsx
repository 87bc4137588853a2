import { createContext, createSignal, onCleanup, Show, Suspense, useContext, type JSX } from 'solid-js'
import { useCommands } from './create-commands.ts'
import { lazyView } from './lazy-view.ts'

const loadPalette = async () => (await import('./command-palette.tsx')).CommandPalette
const CommandPalette = lazyView(loadPalette)
const KeysDialog = lazyView(async () => (await import('./keys-dialog.tsx')).KeysDialog)

interface Overlays {
  openPalette(): void
  openKeys(): void
}

const OverlaysContext = createContext<Overlays>()

export function useOverlays(): Overlays {
  const overlays = useContext(OverlaysContext)
  if (overlays === undefined) throw new Error('useOverlays outside of <OverlaysProvider>')
  return overlays
}

/** Whoever holds Ctrl may go on typing at once. */
function expectPalette(event: KeyboardEvent): void {
  if (event.key === 'Control' || event.key === 'Meta') void loadPalette()
}

/** What opens over any screen: the palette of commands and the list of keys. */
export function OverlaysProvider(props: { readonly children: JSX.Element }) {
  const [open, setOpen] = createSignal<'palette' | 'keys' | null>(null)
  const overlays: Overlays = { openPalette: () => setOpen('palette'), openKeys: () => setOpen('keys') }
  addEventListener('keydown', expectPalette)
  onCleanup(() => removeEventListener('keydown', expectPalette))
  useCommands().offer(() => [
    {
      title: 'Search commands',
      group: 'Kymo',
      key: 'mod+k',
      whileTyping: true,
      run: overlays.openPalette,
    },
    { title: 'Show the keys', group: 'Kymo', key: '?', run: overlays.openKeys },
  ])
  return (
    <OverlaysContext.Provider value={overlays}>
      {props.children}
      <Suspense>
        <Show when={open() === 'palette'}>
          <CommandPalette onClose={() => setOpen(null)} />
        </Show>
        <Show when={open() === 'keys'}>
          <KeysDialog onClose={() => setOpen(null)} />
        </Show>
      </Suspense>
    </OverlaysContext.Provider>
  )
}
