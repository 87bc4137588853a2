import { OPEN_FORMATS } from '../../protocol/open-formats.ts'
import { CodeBlock } from '../../widgets/code-block.tsx'
import { Button } from '../../widgets/button.tsx'
import { DemoList } from './demo-list.tsx'
import './first-visit.css'

interface FirstVisitProps {
  onOpenExample(): void
  onOpenFile(): void
}

const THREE_LINES = `import { init } from 'kymo'

const run = init({ experiment: 'digits', params: { lr: 0.01 } })
run.log({ loss, acc }, { step })   // in your training loop`

const OPENED = Object.values(OPEN_FORMATS)
  .map(({ extensions }) => extensions[0])
  .join(' or ')

/** What to do when there is nothing to look at yet. */
export function FirstVisit(props: FirstVisitProps) {
  return (
    <div class="first-visit">
      <h1>Nothing tracked yet</h1>
      <p class="first-visit-lead">
        Kymo draws what your training logs while it runs. It all stays in this browser; nothing is uploaded.
      </p>

      <section class="first-visit-section" aria-labelledby="first-visit-train">
        <h2 id="first-visit-train">Watch a real training</h2>
        <DemoList />
      </section>

      <section class="first-visit-section" aria-labelledby="first-visit-log">
        <h2 id="first-visit-log">Log your own</h2>
        <CodeBlock label="How to log a run" code={THREE_LINES} />
      </section>

      <section class="first-visit-section" aria-labelledby="first-visit-open">
        <h2 id="first-visit-open">Look at an experiment</h2>
        <p class="first-visit-open">
          <Button onClick={() => props.onOpenExample()}>Open the example experiment</Button>
          <Button look="quiet" onClick={() => props.onOpenFile()}>
            Open a file
          </Button>
          <span>or drop a {OPENED} file anywhere</span>
        </p>
      </section>
    </div>
  )
}
