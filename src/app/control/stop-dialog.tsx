import { Button } from '../../widgets/button.tsx'
import { Dialog, DialogFoot } from '../../widgets/dialog.tsx'

interface StopDialogProps {
  readonly name: string
  onStop(): void
  onClose(): void
}

/** A training that was stopped does not go on: asked once more. */
export function StopDialog(props: StopDialogProps) {
  return (
    <Dialog title={`Stop ${props.name}`} onClose={() => props.onClose()}>
      <p>The training ends at its next barrier and cannot be resumed. What it logged is kept.</p>
      <DialogFoot>
        <Button look="quiet" onClick={() => props.onClose()}>
          Let it run
        </Button>
        <Button
          look="primary"
          autofocus
          onClick={() => {
            props.onStop()
            props.onClose()
          }}
        >
          Stop the run
        </Button>
      </DialogFoot>
    </Dialog>
  )
}
