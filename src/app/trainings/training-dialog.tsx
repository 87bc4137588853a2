import { Button } from '../../widgets/button.tsx'
import { Dialog, DialogFoot } from '../../widgets/dialog.tsx'
import { DemoList } from './demo-list.tsx'

interface TrainingDialogProps {
  onOpenExample(): void
  onClose(): void
}

/** The trainings and the example, once the first visit is over. */
export function TrainingDialog(props: TrainingDialogProps) {
  return (
    <Dialog title="Watch a real training" onClose={() => props.onClose()}>
      <DemoList onStart={() => props.onClose()} />
      <DialogFoot>
        <Button
          look="quiet"
          onClick={() => {
            props.onOpenExample()
            props.onClose()
          }}
        >
          Open the example experiment
        </Button>
      </DialogFoot>
    </Dialog>
  )
}
