import { createMemo, createSignal, For, Show } from 'solid-js'
import { GROUPABLE_FIELDS } from '../../model/run-fields.ts'
import type { Operand } from '../../protocol/run-query.ts'
import { BANDS, type Band, type ChartsView } from '../workspace/charts-view.ts'
import { createRunKeys } from '../experiment/create-run-keys.ts'
import { printOperand, writtenOperandWords } from '../workspace/operands.ts'
import { useTracker } from '../tracker/tracker.ts'
import { Popover } from '../../widgets/popover.tsx'
import { useExperiment } from '../experiment/experiment-context.ts'
import { OperandSelect } from '../experiment/operand-select.tsx'
import { operandsWords } from '../experiment/run-groups.ts'
import { FieldRow } from '../../widgets/field-row.tsx'
import { AverageOver } from './average-over-choice.tsx'
import { GroupByChoice } from './group-by-choice.tsx'
import { LookRefusal } from './look-refusal.tsx'
import './lines-control.css'

const BAND_WORDS: Readonly<Record<Band, string>> = {
  std: 'standard deviation',
  range: 'lowest to highest',
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
    if (groupBy.length > 0) return { title: 'Group by', value: operandsWords(groupBy) }
    const named = [
      ['colour by', colorBy],
      ['dash by', dashBy],
      ['chart for each', splitBy],
    ] as const
    const [first, ...more] = named.filter(([, by]) => by !== null)
    if (first === undefined) return { title: 'Group by', value: 'none' }
    const [title, by] = first
    const value = `${writtenOperandWords(by ?? '')}${more.length > 0 ? ` and ${more.length} more` : ''}`
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

function LinesPanel() {
  const tracker = useTracker()
  const { database, experimentId, series, workspace, charts: arranged } = useExperiment()
  const { keys } = createRunKeys(tracker, database, experimentId, series.keys)
  const charts = workspace.pick('charts')
  const named = (from: 'param' | 'tag' | 'summary'): readonly Operand[] =>
    (keys() ?? []).filter((key) => key.from === from).map(({ key }) => ({ from, key }))
  const groups = createMemo(() => [
    { title: 'Params', operands: named('param') },
    { title: 'Tags', operands: named('tag') },
    { title: 'Run', operands: FIELDS },
    { title: 'Summary', operands: named('summary') },
  ])

  function By(props: {
    readonly label: string
    readonly field: 'colorBy' | 'dashBy' | 'splitBy'
    readonly none: string
  }) {
    return (
      <FieldRow label={props.label}>
        <OperandSelect
          label={props.label}
          value={charts()[props.field] ?? ''}
          others={[{ value: '', text: props.none }]}
          groups={groups()}
          onChange={(value) => {
            const part: Partial<ChartsView> = { [props.field]: value === '' ? null : value }
            arranged.change(`${props.label}: ${value === '' ? props.none : writtenOperandWords(value)}`, part)
          }}
        />
      </FieldRow>
    )
  }

  return (
    <div class="lines-control-panel">
      <GroupByChoice groups={groups()} />
      <AverageOver params={named('param').map(printOperand)} />
      <Show when={charts().groupBy.length > 0}>
        <FieldRow label="Band">
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
        </FieldRow>
      </Show>
      <By label="Colour by" field="colorBy" none={charts().groupBy.length > 0 ? 'group' : 'run'} />
      <LookRefusal by="colorBy" />
      <By label="Dash by" field="dashBy" none="none" />
      <LookRefusal by="dashBy" />
      <By label="A chart for each" field="splitBy" none="metric only" />
    </div>
  )
}
