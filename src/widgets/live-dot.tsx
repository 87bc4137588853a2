import './live-dot.css'

interface LiveDotProps {
  /** What is live, for those who do not see the dot. */
  readonly label: string
}

/** The one use of the accent: something is running right now. */
export function LiveDot(props: LiveDotProps) {
  return <span class="live-dot" role="img" aria-label={props.label} />
}
