import { createSignal, Show, type JSX } from 'solid-js'
import { Banner } from '../../../src/widgets/banner.tsx'
import { Brand } from '../../../src/widgets/brand.tsx'
import { Button } from '../../../src/widgets/button.tsx'
import { CodeBlock } from '../../../src/widgets/code-block.tsx'
import { Dialog, DialogFoot, DialogProblem } from '../../../src/widgets/dialog.tsx'
import { FoldHeading } from '../../../src/widgets/fold-heading.tsx'
import { FoldSection } from '../../../src/widgets/fold-section.tsx'
import { LiveDot } from '../../../src/widgets/live-dot.tsx'
import { Menu, type MenuEntry } from '../../../src/widgets/menu.tsx'
import { MiddleText } from '../../../src/widgets/middle-text.tsx'
import { PausedDot } from '../../../src/widgets/paused-dot.tsx'
import { Popover } from '../../../src/widgets/popover.tsx'
import { ProgressBar } from '../../../src/widgets/progress-bar.tsx'
import { LineSwatch } from '../../../src/widgets/line-swatch.tsx'
import { RunDot } from '../../../src/widgets/run-dot.tsx'
import { SignedBar } from '../../../src/widgets/signed-bar.tsx'
import { TitledSection } from '../../../src/widgets/titled-section.tsx'
import { ToastList } from '../../../src/widgets/toast-list.tsx'
import { held, ignore, LONG_NAME, LONG_TEXT, type Demos } from './demo.ts'

const SERIES = [1, 2, 3, 4, 5, 6, 7, 8].map((place) => `series-${place}`)
const STROKES = [0, 1, 2] as const
const ENTRIES: readonly MenuEntry[] = [
  { text: 'Expand', hint: 'E', run: ignore },
  { text: 'Save as PNG', run: ignore, disabled: true },
  null,
  { text: 'Linear y', checked: true, run: ignore },
  { text: 'Logarithmic y', checked: false, run: ignore },
  { text: LONG_TEXT, run: ignore },
]

/** A button that opens what hangs from it or lies over the page. */
function Opener(props: {
  readonly name: string
  readonly children: (anchor: HTMLElement, close: () => void) => JSX.Element
}) {
  const [anchor, setAnchor] = createSignal<HTMLElement | null>(null)
  return (
    <>
      <Button onClick={(event) => setAnchor(event.currentTarget)}>{props.name}</Button>
      <Show when={anchor()}>{(from) => props.children(from(), () => setAnchor(null))}</Show>
    </>
  )
}

/** What is said, asked or waited for, and the marks beside it. */
export const WORDS: Demos = {
  'middle-text.tsx': [
    { state: 'a short name', show: () => <MiddleText text="baseline" /> },
    { state: 'a long name', show: () => <MiddleText text={LONG_NAME} /> },
  ],
  'banner.tsx': [
    {
      state: 'plain',
      room: 'wide',
      show: () => (
        <Banner tone="plain" label="Opened file" actions={<Button>Keep</Button>}>
          An opened file: 3 runs, 1,204,331 points.
        </Banner>
      ),
    },
    {
      state: 'bad, with a long name',
      room: 'wide',
      show: () => (
        <Banner
          tone="bad"
          label="Memory only"
          actions={
            <>
              <Button>Download</Button>
              <Button look="quiet">Why</Button>
            </>
          }
        >
          Nothing of {LONG_TEXT} will be here after this tab is closed.
        </Banner>
      ),
    },
  ],
  'brand.tsx': [{ state: 'the mark', show: () => <Brand /> }],
  'code-block.tsx': [
    {
      state: 'a few lines',
      show: () => (
        <CodeBlock
          label="First run"
          code={"import { init } from 'kymo'\nconst run = init({ name: 'first' })"}
        />
      ),
    },
    {
      state: 'a long line',
      show: () => <CodeBlock label="Long line" code={`init({ name: '${LONG_NAME}' })`} />,
    },
  ],
  'dialog.tsx': [
    {
      state: 'opens over all',
      show: () => (
        <Opener name="Open a dialog">
          {(_, close) => (
            <Dialog title="Rename the run" onClose={close}>
              <p>A dialog asks one thing. {LONG_TEXT}.</p>
              <DialogProblem message="There is one of this name: choose another." />
              <DialogFoot>
                <Button look="quiet" onClick={close}>
                  Cancel
                </Button>
                <Button look="primary" onClick={close}>
                  Rename
                </Button>
              </DialogFoot>
            </Dialog>
          )}
        </Opener>
      ),
    },
  ],
  'fold-heading.tsx': [
    {
      state: 'open',
      show: held(true, (isOpen, set) => (
        <FoldHeading name="train/" count="12" isOpen={isOpen()} onToggle={() => set(!isOpen())} />
      )),
    },
    {
      state: 'folded, with a long name',
      show: held(false, (isOpen, set) => (
        <FoldHeading name={LONG_NAME} count="1,204" isOpen={isOpen()} onToggle={() => set(!isOpen())} />
      )),
    },
  ],
  'fold-section.tsx': [
    {
      state: 'open, with tools',
      show: held(true, (isOpen, set) => (
        <FoldSection
          title="Parallel coordinates"
          id="gallery-parallel"
          isOpen={isOpen()}
          tools={<Button look="quiet">Add an axis</Button>}
          onToggle={() => set(!isOpen())}
        >
          <p>What it holds.</p>
        </FoldSection>
      )),
    },
    {
      state: 'folded',
      show: held(false, (isOpen, set) => (
        <FoldSection
          title="What matters"
          id="gallery-matters"
          isOpen={isOpen()}
          onToggle={() => set(!isOpen())}
        >
          <p>What it holds.</p>
        </FoldSection>
      )),
    },
  ],
  'live-dot.tsx': [{ state: 'live', show: () => <LiveDot label="running" /> }],
  'menu.tsx': [
    {
      state: 'opens from a button',
      show: () => (
        <Opener name="Open a menu">
          {(anchor, close) => <Menu label="Chart" entries={ENTRIES} anchor={anchor} onClose={close} />}
        </Opener>
      ),
    },
  ],
  'paused-dot.tsx': [{ state: 'paused', show: () => <PausedDot /> }],
  'popover.tsx': [
    {
      state: 'opens from a button',
      show: () => (
        <Opener name="Open a popover">
          {(anchor, close) => (
            <Popover label="Smoothing" anchor={anchor} onClose={close}>
              <p>A few controls.</p>
              <Button>Reset</Button>
            </Popover>
          )}
        </Opener>
      ),
    },
  ],
  'progress-bar.tsx': [
    { state: 'nothing yet', show: () => <ProgressBar label="Just begun" done={0} total={100} /> },
    { state: 'part of it', show: () => <ProgressBar label="Under way" done={40} total={100} /> },
    { state: 'all of it', show: () => <ProgressBar label="Done" done={100} total={100} /> },
    { state: 'of unknown length', show: () => <ProgressBar label="Unknown" done={40} total={0} /> },
  ],
  'line-swatch.tsx': [
    {
      state: 'solid, dashed and dotted',
      show: () => (
        <span class="gallery-row">
          {STROKES.map((stroke) => (
            <LineSwatch color="series-1" stroke={stroke} />
          ))}
        </span>
      ),
    },
  ],
  'run-dot.tsx': [
    ...STROKES.map((stroke) => ({
      state: ['solid', 'dashed', 'dotted'][stroke] ?? '',
      show: () => (
        <span class="gallery-row">
          {SERIES.map((color) => (
            <RunDot color={color} stroke={stroke} />
          ))}
        </span>
      ),
    })),
    { state: 'hollow, of a colour of its own', show: () => <RunDot color="#8a7a00" stroke={0} hollow /> },
  ],
  'signed-bar.tsx': [
    ...[-1, -0.3, 0, 0.3, 1].map((part) => ({
      state: `${part} of −1 … 1`,
      show: () => <SignedBar part={part} isSigned />,
    })),
    { state: '0.6 of 0 … 1', show: () => <SignedBar part={0.6} isSigned={false} /> },
  ],
  'titled-section.tsx': [
    {
      state: 'a section',
      show: () => (
        <TitledSection title="Params">
          <p>What it holds.</p>
        </TitledSection>
      ),
    },
  ],
  'toast-list.tsx': [
    {
      state: 'plain with a way back, bad, and long',
      room: 'wide',
      show: () => (
        <div class="gallery-toasts">
          <ToastList
            toasts={[
              { id: 1, text: '2 runs were deleted.', tone: 'plain', action: { label: 'Undo', run: ignore } },
              { id: 2, text: 'The disk is full.', tone: 'bad', action: null },
              { id: 3, text: LONG_TEXT, tone: 'plain', action: null },
            ]}
            onDismiss={ignore}
          />
        </div>
      ),
    },
  ],
}
