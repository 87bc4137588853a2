import EllipsisVertical from 'lucide-solid/icons/ellipsis-vertical'
import { createSignal, Show, type JSX } from 'solid-js'
import { Dynamic } from 'solid-js/web'
import { IconButton } from '../../widgets/icon-button.tsx'
import './chart-frame.css'

interface ChartFrameProps {
  /** What it is called in full. */
  readonly title: string
  /** The same as its head says it. */
  readonly heading: JSX.Element
  readonly isExpanded: boolean
  /** What it is dragged as; left out where it stays. */
  readonly dragged?: string
  /** What its head says beside its name, and at its end. */
  readonly marks?: JSX.Element
  readonly end?: JSX.Element
  readonly children: JSX.Element
  /** What is drawn of how much. */
  readonly receipt: string
  /** What can be done with it, while that is asked. */
  menu(anchor: HTMLElement, close: () => void): JSX.Element
  /** What its menu opens at the same place. */
  readonly popover?: ((anchor: HTMLElement) => JSX.Element) | undefined
  /** The chart that is dragged was dropped on this one. */
  onDrop?: ((dragged: string) => void) | undefined
  onElement?(element: HTMLElement): void
}

const DRAG_TYPE = 'application/x-kymo-chart'

/** A chart on its own: its head, by which it is dragged, its menu, the drawing and its receipt. */
export function ChartFrame(props: ChartFrameProps) {
  const [menu, setMenu] = createSignal(false)
  const [isTarget, setTarget] = createSignal(false)
  let more: HTMLButtonElement | undefined

  return (
    <article
      class="chart-frame"
      classList={{ 'is-expanded': props.isExpanded, 'is-target': isTarget() }}
      aria-label={props.title}
      ref={(element) => props.onElement?.(element)}
      onDragOver={(event) => {
        if (props.onDrop === undefined || !event.dataTransfer?.types.includes(DRAG_TYPE)) return
        event.preventDefault()
        setTarget(true)
      }}
      onDragLeave={() => setTarget(false)}
      onDrop={(event) => {
        setTarget(false)
        const dragged = event.dataTransfer?.getData(DRAG_TYPE) ?? ''
        if (dragged !== '') props.onDrop?.(dragged)
      }}
    >
      <header
        class="chart-frame-head"
        draggable={props.dragged !== undefined && !props.isExpanded}
        onDragStart={(event) => {
          event.dataTransfer?.setData(DRAG_TYPE, props.dragged ?? '')
        }}
      >
        <Dynamic component={props.isExpanded ? 'h2' : 'h3'} class="chart-frame-name" title={props.title}>
          {props.heading}
        </Dynamic>
        {props.marks}
        <span class="chart-frame-space" />
        {props.end}
        <IconButton
          class="chart-frame-more"
          label={`What can be done with ${props.title}`}
          aria-haspopup="menu"
          aria-expanded={menu()}
          ref={(element: HTMLButtonElement) => (more = element)}
          onClick={() => setMenu(true)}
        >
          <EllipsisVertical size={15} />
        </IconButton>
      </header>
      <div class="chart-frame-plot">{props.children}</div>
      <p class="chart-frame-receipt" title={props.receipt}>
        {props.receipt}
      </p>
      <Show when={menu() && more}>{(anchor) => props.menu(anchor(), () => setMenu(false))}</Show>
      <Show when={props.popover !== undefined && more}>{(anchor) => props.popover?.(anchor())}</Show>
    </article>
  )
}

/** What stands in place of a drawing where there is nothing to draw. */
export function EmptyChart(props: { readonly words: string }) {
  return <p class="chart-frame-empty">{props.words}</p>
}
