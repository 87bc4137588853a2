import { useChartColors } from './chart-colors.ts'
import { dashOf, type Stroke } from './dashes.ts'
import './line-swatch.css'

/** A piece of a line as charts draw it: its colour and its dash. */
export function LineSwatch(props: {
  /** `ink` where only the dash means something. */
  readonly color: string
  readonly stroke: Stroke
}) {
  const colors = useChartColors()
  return (
    <svg class="line-swatch" width="20" height="8" viewBox="0 0 20 8" aria-hidden="true">
      <line
        x1="0"
        x2="20"
        y1="4"
        y2="4"
        stroke={props.color === 'ink' ? colors().ink : colors().series(props.color)}
        stroke-width="2"
        stroke-dasharray={dashOf(props.stroke).join(' ')}
      />
    </svg>
  )
}
