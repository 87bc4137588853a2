import { createMemo } from 'solid-js'
import { drawCurve, HEIGHT, WIDTH, type SmallCurve } from './small-curve.ts'
import './sparkline.css'

interface SparklineProps extends SmallCurve {
  readonly label: string
  /** `series-1` … `series-8` or `#rrggbb`. */
  readonly color: string
}

/** A curve as small as a word: its mean, and faintly how far it reached. */
export function Sparkline(props: SparklineProps) {
  const drawn = createMemo(() => drawCurve(props))
  const color = (): string => (props.color.startsWith('#') ? props.color : `var(--${props.color})`)
  return (
    <svg
      class="sparkline"
      role="img"
      aria-label={props.label}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      style={{ '--run': color() }}
    >
      <polygon class="sparkline-reach" points={drawn().reach} />
      <polyline class="sparkline-line" points={drawn().line} />
    </svg>
  )
}
