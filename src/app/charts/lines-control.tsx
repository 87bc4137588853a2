import { createMemo, createSignal, For, Show } from 'solid-js'
import { GROUPABLE_FIELDS } from '../../model/run.ts'
import { BANDS, type Band, type ChartsView } from '../workspace/charts-view.ts'
import { createRunKeys } from '../experiment/create-run-keys.ts'
import { operandWords, parseOperand, printOperand } from '../workspace/operands.ts'
import { useTracker } from '../tracker/tracker.ts'
import { Popover } from '../../widgets/popover.tsx'
import { useExperiment } from '../experiment/experiment-context.ts'
import './lines-control.css'

const BAND_WORDS: Readonly<Record<Band, string>> = {
  std: 'standard deviation',
  range: 'least to greatest',
  ci: '95 % confidence of the mean',
}

/** Params, tags and the like that runs are told apart by, in the order they are offered. */
const FIELDS = [...GROUPABLE_FIELDS, 'name' as const].map((field) => ({ from: 'run', field }) as const)

/** Which runs make one line, and what colours and dashes of lines mean. */
export function LinesControl() {
  const { workspace } = useExperiment()
  const [open, setOpen] = createSignal(false)
  let button: HTMLButtonElement | undefined
  const charts = workspace.pick('charts')
  const words = createMemo(() => {
    const { groupBy, colorBy, dashBy, splitBy } = charts()
    const named = [
      ['group by', groupBy],
      ['colour by', colorBy],
      ['dash by', dashBy],
      ['chart for each', splitBy],
    ] as const
    const [first, ...more] = named.filter(([, by]) => by !== null)
    if (first === undefined) return { title: 'Group by', value: 'none' }
    const [title, by] = first
    const value = `${nameOf(by)}${more.length > 0 ? ` and ${more.length} more` : ''}`
    return { title: `${title.charAt(0).toUpperCase()}${title.slice(1)}`, value }
  })

  return (
    <>
      <button
        type="button"
        class="lines-control"
        aria-haspopup="dialog"
        aria-expanded={open()}
        ref={(element) => (button = element)}
        onClick={() => setOpen(true)}
      >
        <span>{words().title}</span> <span class="lines-control-value">{words().value}</span>
      </button>
      <Show when={open() && button}>
        {(anchor) => (
          <Popover label="Lines" anchor={anchor()} onClose={() => setOpen(false)}>
            <LinesPanel />
          </Popover>
        )}
      </Show>
    </>
  )
}

function nameOf(by: string | null): string {
  const operand = by === null ? null : parseOperand(by)
  return operand === null ? (by ?? '') : operandWords(operand)
}

function LinesPanel() {
  const tracker = useTracker()
  const { database, experimentId, series, workspace, charts: arranged } = useExperiment()
  const { keys } = createRunKeys(tracker, database, experimentId, series.keys)
  const charts = workspace.pick('charts')
  const names = (from: 'param' | 'tag' | 'summary'): readonly string[] =>
    (keys() ?? []).filter((key) => key.from === from).map(({ key }) => printOperand({ from, key }))

  function OperandSelect(props: {
    readonly label: string
    readonly field: 'groupBy' | 'colorBy' | 'dashBy' | 'splitBy'
    readonly none: string
  }) {
    const chosen = (): string => charts()[props.field] ?? ''
    const Options = (section: { readonly label: string; readonly names: readonly string[] }) => (
      <Show when={section.names.length > 0}>
        <optgroup label={section.label}>
          <For each={section.names}>
            {(name) => (
              <option value={name} selected={name === chosen()}>
                {nameOf(name)}
              </option>
            )}
          </For>
        </optgroup>
      </Show>
    )
    return (
      <label class="lines-panel-row">
        <span>{props.label}</span>
        <select
          onChange={(event) => {
            const { value } = event.currentTarget
            const part: Partial<ChartsView> = { [props.field]: value === '' ? null : value }
            arranged.change(`${props.label}: ${value === '' ? props.none : nameOf(value)}`, part)
          }}
        >
          <option value="" selected={chosen() === ''}>
            {props.none}
          </option>
          <Options label="Params" names={names('param')} />
          <Options label="Tags" names={names('tag')} />
          <Options label="Run" names={FIELDS.map(printOperand)} />
          <Options label="Summary" names={names('summary')} />
        </select>
      </label>
    )
  }

  return (
    <div class="lines-panel">
      <OperandSelect label="Group by" field="groupBy" none="none, a line for each run" />
      <Show when={charts().groupBy !== null}>
        <label class="lines-panel-row">
          <span>Band</span>
          <select
            onChange={(event) => {
              const band = BANDS.find((each) => each === event.currentTarget.value)
              if (band !== undefined) arranged.change(`Band: ${BAND_WORDS[band]}`, { band })
            }}
          >
            <For each={BANDS}>
              {(band) => (
                <option value={band} selected={band === charts().band}>
                  {BAND_WORDS[band]}
                </option>
              )}
            </For>
          </select>
        </label>
      </Show>
      <OperandSelect label="Colour by" field="colorBy" none="run" />
      <OperandSelect label="Dash by" field="dashBy" none="none" />
      <OperandSelect label="A chart for each" field="splitBy" none="metric only" />
    </div>
  )
}
