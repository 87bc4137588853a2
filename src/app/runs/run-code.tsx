import { CodeBlock } from '../../widgets/code-block.tsx'
import { Dialog } from '../../widgets/dialog.tsx'

interface ForkCodeProps {
  /** What is forked, as it is called. */
  readonly name: string
  /** As `forkRun` takes it: the id of a run, or a version like `checkpoint:v3`. */
  readonly from: string
  /** Where a version is looked for; a run is found by its id alone. */
  readonly experiment?: string | undefined
  /** What the fork begins with; the last checkpoint of the run when left out. */
  readonly start?: string
  onClose(): void
}

/** How code goes on from a run: a fork needs the model and the loop, which only code has. */
export function ForkCode(props: ForkCodeProps) {
  const code = (): string => {
    const { experiment, from } = props
    const where = experiment === undefined ? [] : [`  experiment: ${quoted(experiment)}`]
    return [
      `const forked = await forkRun(${quoted(from)}${where.length > 0 ? ', {' : ')'}`,
      ...where,
      ...(where.length > 0 ? ['})'] : []),
      'if (forked.ok) {',
      '  const { checkpoint } = forked.value',
      '  model = await tf.loadLayersModel(storedModel(checkpoint))',
      '}',
    ].join('\n')
  }
  return (
    <Dialog title={`Fork ${props.name}`} onClose={() => props.onClose()}>
      <p>
        A fork goes on from {props.start ?? 'the last checkpoint of this run'}, as a run of its own. It needs
        the code that trains: with these lines at its beginning.
      </p>
      <CodeBlock label="Code of a fork" code={code()} />
    </Dialog>
  )
}

/** A stranger chose the name: as a string of code it stays one. */
function quoted(text: string): string {
  return `'${text.replaceAll(/[\\']/g, '\\$&').replaceAll('\n', '\\n')}'`
}

interface ControlCodeProps {
  /** What the run is called. */
  readonly name: string
  onClose(): void
}

/** How a training becomes one that can be paused. */
export function ControlCode(props: ControlCodeProps) {
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
