import type { Resize } from './create-resize.ts'
import './resize-handle.css'

interface ResizeHandleProps {
  /** What is resized: “Width of the list”. */
  readonly label: string
  readonly resize: Resize
}

/** The edge between two parts of a screen: dragged, moved by arrow keys, and put back by a double-click. */
export function ResizeHandle(props: ResizeHandleProps) {
  const { along, min, max, size, start, press, reset } = props.resize
  return (
    <div
      class="resize-handle"
      classList={{ 'is-across': along === 'x' }}
      role="separator"
      aria-orientation={along === 'x' ? 'vertical' : 'horizontal'}
      aria-label={props.label}
      aria-valuenow={Math.round(size())}
      aria-valuemin={min}
      aria-valuemax={Math.round(max())}
      tabindex={0}
      onPointerDown={start}
      onKeyDown={press}
      onDblClick={reset}
    />
  )
}
