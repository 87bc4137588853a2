import ChevronDown from 'lucide-solid/icons/chevron-down'
import { createSignal, Show } from 'solid-js'
import { Button } from './button.tsx'
import { Menu, type MenuEntry } from './menu.tsx'

interface MenuButtonProps {
  readonly label: string
  readonly entries: readonly MenuEntry[]
  readonly disabled?: boolean
}

/** A button that opens a menu of what it names. */
export function MenuButton(props: MenuButtonProps) {
  const [isOpen, setOpen] = createSignal(false)
  let button: HTMLButtonElement | undefined
  return (
    <>
      <Button
        look="quiet"
        ref={(element: HTMLButtonElement) => (button = element)}
        aria-haspopup="menu"
        aria-expanded={isOpen()}
        disabled={props.disabled === true || props.entries.length === 0}
        onClick={() => setOpen(true)}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown') return
          event.preventDefault()
          setOpen(true)
        }}
      >
        {props.label}
        <ChevronDown size={12} aria-hidden="true" />
      </Button>
      <Show when={isOpen() && button}>
        {(anchor) => (
          <Menu
            label={props.label}
            entries={props.entries}
            anchor={anchor()}
            onClose={() => setOpen(false)}
          />
        )}
      </Show>
    </>
  )
}
