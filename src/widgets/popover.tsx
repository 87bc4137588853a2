import { onMount, type JSX } from 'solid-js'
import { Portal } from 'solid-js/web'
import './popover.css'

interface PopoverProps {
  readonly label: string
  /** What it hangs from. */
  readonly anchor: HTMLElement
  readonly children: JSX.Element
  onClose(): void
}

/** Between the panel and the edge of the window. Unit: CSS pixels. */
const MARGIN = 8

/** A panel with a few controls. The browser closes it on Esc and on a click elsewhere. */
export function Popover(props: PopoverProps) {
  let panel: HTMLDivElement | undefined
  const { anchor } = props

  onMount(() => {
    if (panel === undefined) return
    panel.showPopover()
    const { left, bottom } = anchor.getBoundingClientRect()
    panel.style.left = `${Math.max(MARGIN, Math.min(left, innerWidth - panel.offsetWidth - MARGIN))}px`
    panel.style.top = `${bottom + 4}px`
    panel.querySelector<HTMLElement>('input, select, button')?.focus()
  })

  return (
    <Portal>
      <div
        class="popover"
        role="dialog"
        aria-label={props.label}
        popover="auto"
        ref={(element) => (panel = element)}
        on:toggle={(event: Event) => {
          if ((event as ToggleEvent).newState !== 'closed') return
          props.onClose()
          anchor.focus()
        }}
      >
        {props.children}
      </div>
    </Portal>
  )
}
