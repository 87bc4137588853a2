import './signed-bar.css'

interface SignedBarProps {
  /** −1 … 1, or 0 … 1 where `isSigned` is false. */
  readonly part: number
  readonly isSigned: boolean
}

/** A number as a length: to the right of the middle when it is positive, else to the left. */
export function SignedBar(props: SignedBarProps) {
  const size = (): number => Math.min(1, Math.abs(props.part)) * (props.isSigned ? 50 : 100)
  const from = (): number => (props.isSigned ? (props.part < 0 ? 50 - size() : 50) : 0)
  return (
    <span
      class="signed-bar"
      classList={{ 'is-signed': props.isSigned, 'is-negative': props.part < 0 }}
      aria-hidden="true"
    >
      <span style={{ left: `${from()}%`, width: `${size()}%` }} />
    </span>
  )
}
