import Archive from 'lucide-solid/icons/archive'
import { Button } from '../../../src/widgets/button.tsx'
import { FieldRow } from '../../../src/widgets/field-row.tsx'
import { IconButton } from '../../../src/widgets/icon-button.tsx'
import { KeyHint } from '../../../src/widgets/key-hint.tsx'
import { MenuButton } from '../../../src/widgets/menu-button.tsx'
import { createResize } from '../../../src/widgets/create-resize.ts'
import { ResizeHandle } from '../../../src/widgets/resize-handle.tsx'
import { Segmented } from '../../../src/widgets/segmented.tsx'
import { Tabs, tabId } from '../../../src/widgets/tabs.tsx'
import { NameEdit, TextEdit } from '../../../src/widgets/text-edit.tsx'
import { Toggle } from '../../../src/widgets/toggle.tsx'
import { held, ignore, LONG_NAME, type Demos } from './demo.ts'

const resizeOf = (along: 'x' | 'y') => createResize({ along, initial: 120, min: 40, max: () => 400 })

const LOOKS = ['primary', 'plain', 'quiet', 'danger'] as const
const SMOOTHINGS = [
  { value: 'none', text: 'None' },
  { value: 'ema', text: 'EMA' },
  { value: 'gaussian', text: 'Gaussian', rest: 'over 40' },
] as const
const TABS = ['Charts', 'Table', 'Compare', 'SQL'].map((text) => ({ value: text, text }))

/** What is pressed, chosen and typed into. */
export const CONTROLS: Demos = {
  'button.tsx': [
    ...LOOKS.map((look) => ({ state: look, show: () => <Button look={look}>Keep the run</Button> })),
    ...LOOKS.map((look) => ({
      state: `${look}, disabled`,
      show: () => (
        <Button look={look} disabled>
          Keep the run
        </Button>
      ),
    })),
  ],
  'icon-button.tsx': [
    {
      state: 'enabled',
      show: () => (
        <IconButton label="Archive the run">
          <Archive size={14} />
        </IconButton>
      ),
    },
    {
      state: 'disabled',
      show: () => (
        <IconButton label="Archive no run" disabled>
          <Archive size={14} />
        </IconButton>
      ),
    },
  ],
  'resize-handle.tsx': [
    {
      state: 'between what lies above and below',
      show: () => <ResizeHandle label="Height of the upper part" resize={resizeOf('y')} />,
    },
  ],
  'menu-button.tsx': [
    {
      state: 'enabled',
      show: () => <MenuButton label="Views" entries={[{ text: 'Save this view', run: ignore }]} />,
    },
    {
      state: 'disabled',
      show: () => <MenuButton label="Views of others" entries={[{ text: 'None', run: ignore }]} disabled />,
    },
    { state: 'nothing in it', show: () => <MenuButton label="No views" entries={[]} /> },
  ],
  'segmented.tsx': [
    {
      state: 'with its label',
      show: held<string>('ema', (value, set) => (
        <Segmented label="Smoothing" options={SMOOTHINGS} value={value()} onChange={set} />
      )),
    },
    {
      state: 'small, without its label',
      show: held<string>('none', (value, set) => (
        <Segmented
          label="Smoothing of this chart"
          showLabel={false}
          isSmall
          options={SMOOTHINGS}
          value={value()}
          onChange={set}
        />
      )),
    },
  ],
  'toggle.tsx': [
    {
      state: 'on',
      show: held(true, (on, set) => <Toggle label="Ignore outliers" on={on()} onChange={set} />),
    },
    {
      state: 'off',
      show: held(false, (on, set) => <Toggle label="Logarithmic y" on={on()} onChange={set} />),
    },
  ],
  'tabs.tsx': [
    {
      state: 'the second is chosen',
      room: 'wide',
      show: held('Table', (value, set) => (
        <>
          <Tabs label="Parts" options={TABS} value={value()} panelId="gallery-panel" onChange={set} />
          <p
            id="gallery-panel"
            role="tabpanel"
            aria-labelledby={tabId('gallery-panel', value())}
            tabindex={0}
          >
            What {value()} shows.
          </p>
        </>
      )),
    },
  ],
  'text-edit.tsx': [
    {
      state: 'empty',
      show: held('', (value, set) => (
        <TextEdit label="No notes" value={value()} placeholder="Notes, in Markdown" begin={() => set} />
      )),
    },
    {
      state: 'can be put away',
      show: held('Two lines\nof notes', (value, set) => (
        <TextEdit label="Notes" value={value()} placeholder="" begin={() => set} onDone={ignore} />
      )),
    },
    {
      state: 'a name',
      show: held('first run', (value, set) => <NameEdit label="Name" value={value()} begin={() => set} />),
    },
    {
      state: 'a long name',
      show: held(LONG_NAME, (value, set) => <NameEdit label="Long name" value={value()} begin={() => set} />),
    },
  ],
  'field-row.tsx': [
    {
      state: 'a field',
      show: () => (
        <FieldRow label="Metric">
          <input value="val/acc" />
        </FieldRow>
      ),
    },
    {
      state: 'a choice, disabled',
      show: () => (
        <FieldRow label="When it">
          <select disabled>
            <option>falls below</option>
          </select>
        </FieldRow>
      ),
    },
  ],
  'key-hint.tsx': [
    { state: 'one key', show: () => <KeyHint chord="?" /> },
    { state: 'several', show: () => <KeyHint chord="mod+shift+arrowleft" /> },
  ],
}
