import { CodeBlock } from '../../widgets/code-block.tsx'
import { Dialog } from '../../widgets/dialog.tsx'
import type { RunId } from '../../model/units.ts'

interface RunCodeProps {
  /** What the run is called. */
  readonly name: string
  readonly runId: RunId
  onClose(): void
}

/** How code goes on from a run: a fork needs the model and the loop, which only code has. */
export function ForkCode(props: RunCodeProps) {
  const code = (): string =>
    [
      `const forked = await forkRun('${props.runId}')`,
      'if (forked.ok) model = await tf.loadLayersModel(storedModel(forked.value.checkpoint))',
    ].join('\n')
  return (
    <Dialog title={`Fork ${props.name}`} onClose={() => props.onClose()}>
      <p>
        A fork goes on from the last checkpoint of this run, as a run of its own. It needs the code that
        trains: with these two lines at its beginning.
      </p>
      <CodeBlock label="Code of a fork" code={code()} />
    </Dialog>
  )
}

/** How a training becomes one that can be paused. */
export function ControlCode(props: RunCodeProps) {
  return (
    <Dialog title={`Pause or stop ${props.name}`} onClose={() => props.onClose()}>
      <p>
        This training does not ask whether it is to go on. With one of these lines it can be paused, resumed
        and stopped from here: in a loop of your own the first, in <code>model.fit</code> the second.
      </p>
      <CodeBlock label="Code in a loop" code="if ((await run.checkpointBarrier()).stop) break" />
      <CodeBlock label="Code in a fit" code="callbacks: [fitCallbacks(run), controlCallbacks(run, model)]" />
    </Dialog>
  )
}
