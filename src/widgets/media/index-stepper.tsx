import ChevronLeft from 'lucide-solid/icons/chevron-left'
import ChevronRight from 'lucide-solid/icons/chevron-right'
import { formatCount } from '../number-format.ts'
import { IconButton } from '../icon-button.tsx'
import './index-stepper.css'

interface IndexStepperProps {
  readonly label: string
  readonly index: number
  readonly count: number
  onIndex(index: number): void
}

/** One of several, and how to get to the next. */
export function IndexStepper(props: IndexStepperProps) {
  return (
    <div class="index-stepper" role="group" aria-label={props.label}>
      <IconButton
        label="The one before"
        disabled={props.index === 0}
        onClick={() => props.onIndex(props.index - 1)}
      >
        <ChevronLeft size={14} />
      </IconButton>
      <span role="status">
        {formatCount(props.index + 1)} of {formatCount(props.count)}
      </span>
      <IconButton
        label="The next one"
        disabled={props.index >= props.count - 1}
        onClick={() => props.onIndex(props.index + 1)}
      >
        <ChevronRight size={14} />
      </IconButton>
    </div>
  )
}
