import type { Stroke } from './dashes.ts'
import './run-dot.css'

interface RunDotProps {
  /** `series-1` … `series-8` or `#rrggbb`. */
  readonly color: string
  /** 0 solid, 1 dashed, 2 dotted: as its line is drawn. */
  readonly stroke: Stroke
  readonly hollow?: boolean
}

/** The mark of a run: its colour, and a shape that tells apart the runs that share one. */
export function RunDot(props: RunDotProps) {
  const color = (): string => (props.color.startsWith('#') ? props.color : `var(--${props.color})`)
  return (
    <span
      class="run-dot"
      classList={{
        'is-dashed': props.stroke === 1,
        'is-dotted': props.stroke === 2,
        'is-hollow': props.hollow ?? false,
      }}
      style={{ '--run': color() }}
      aria-hidden="true"
    />
  )
}
