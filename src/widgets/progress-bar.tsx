import './progress-bar.css'

interface ProgressBarProps {
  readonly label: string
  readonly done: number
  /** 0 while unknown. */
  readonly total: number
}

export function ProgressBar(props: ProgressBarProps) {
  const part = (): number => (props.total > 0 ? Math.min(1, props.done / props.total) : 0)
  return (
    <div
      class="progress-bar"
      classList={{ 'is-unknown': props.total <= 0 }}
      role="progressbar"
      aria-label={props.label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={props.total > 0 ? Math.round(part() * 100) : undefined}
    >
      <span style={{ '--part': part() }} />
    </div>
  )
}
