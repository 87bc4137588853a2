import './paused-dot.css'

/** A run that somebody holds: a ring where a live one has its dot. */
export function PausedDot() {
  return <span class="paused-dot" role="img" aria-label="paused" />
}
