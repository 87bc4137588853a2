import { createMemo, createSignal, For, Show } from 'solid-js'
import { Button } from '../../widgets/button.tsx'
import { Dialog, DialogFoot } from '../../widgets/dialog.tsx'
import { FieldRow } from '../../widgets/field-row.tsx'
import { formatPlural } from '../../widgets/number-format.ts'
import { Segmented } from '../../widgets/segmented.tsx'
import { createMetricFilter } from '../experiment/create-metric-filter.ts'
import { createRunKeys } from '../experiment/create-run-keys.ts'
import { useExperiment } from '../experiment/experiment-context.ts'
import { OperandSelect, type OperandGroup } from '../experiment/operand-select.tsx'
import { useTracker } from '../tracker/tracker.ts'
import { MAX_CARD_TEXT, MAX_SHOWN, type OwnChart, type OwnChartKind } from '../workspace/charts-view.ts'
import { metricOperands } from '../workspace/operands.ts'
import { MetricChoice } from './metric-choice.tsx'
import './own-chart-dialog.css'

interface OwnChartDialogProps {
  /** What is changed; a new one begins with it. */
  readonly chart: OwnChart
  readonly isNew: boolean
  onClose(): void
}

const KINDS: readonly { readonly value: OwnChartKind; readonly text: string }[] = [
  { value: 'lines', text: 'Lines' },
  { value: 'bars', text: 'Bars' },
  { value: 'scatter', text: 'Scatter' },
  { value: 'text', text: 'Text' },
]

const WORDS: Readonly<Record<OwnChartKind, string>> = {
  lines: 'Several metrics over the same x and y. Dashes tell them apart where there are several runs.',
  bars: 'A bar for each run, or for each group, of one number or a few.',
  scatter: 'A dot for each run by two of its numbers.',
  text: 'A note among the charts, in Markdown.',
}

/** Puts a chart of one's own together, or changes one. */
export function OwnChartDialog(props: OwnChartDialogProps) {
  const { charts, database, experimentId, series } = useExperiment()
  const { keys } = createRunKeys(useTracker(), database, experimentId, series.keys)
  const [kind, setKind] = createSignal(props.chart.kind)
  const [title, setTitle] = createSignal(props.chart.title)
  const [section, setSection] = createSignal(props.chart.section)
  const [pattern, setPattern] = createSignal(props.chart.pattern)
  const filter = createMetricFilter(pattern)
  const [text, setText] = createSignal(props.chart.text)
  const [shows, setShows] = createSignal<Readonly<Record<OwnChartKind, readonly string[]>>>({
    lines: [],
    bars: [],
    scatter: [],
    text: [],
    [props.chart.kind]: props.chart.shows,
  })
  const chosen = createMemo(() => shows()[kind()])
  const choose = (next: readonly string[]): void => void setShows((all) => ({ ...all, [kind()]: next }))
  const groups = createMemo<readonly OperandGroup[]>(() => [
    { title: 'Metrics', operands: metricOperands(series.keys()) },
    {
      title: 'Params',
      operands: (keys() ?? [])
        .filter(({ from, numbers }) => from === 'param' && numbers > 0)
        .map(({ key }) => ({ from: 'param' as const, key })),
    },
  ])
  const whyNot = createMemo(() => {
    switch (kind()) {
      case 'lines':
        if (pattern().trim() !== '') return filter.problem()
        return chosen().length === 0 ? 'Choose at least one metric, or write a pattern.' : null
      case 'bars':
        return chosen().filter((by) => by !== '').length === 0 ? 'Choose at least one number.' : null
      case 'scatter':
        return chosen().filter((by) => by !== '').length < 2 ? 'Choose what x and y are.' : null
      case 'text':
        return text().trim() === '' ? 'Write something.' : null
    }
  })

  function save(): void {
    if (whyNot() !== null) return
    charts.putOwn({
      id: props.chart.id,
      kind: kind(),
      title: title().trim(),
      section: section().trim(),
      shows: kind() === 'text' ? [] : chosen().filter((by) => by !== ''),
      pattern: kind() === 'lines' ? pattern().trim() : '',
      text: kind() === 'text' ? text() : '',
    })
    props.onClose()
  }

  function Operand(operand: {
    readonly label: string
    readonly place: number
    readonly isOptional: boolean
  }) {
    return (
      <FieldRow label={operand.label}>
        <OperandSelect
          label={operand.label}
          value={chosen()[operand.place] ?? ''}
          others={[{ value: '', text: operand.isOptional ? 'nothing more' : 'choose …' }]}
          groups={groups()}
          onChange={(value) => {
            const next = [...chosen()]
            next[operand.place] = value
            choose(next)
          }}
        />
      </FieldRow>
    )
  }

  return (
    <Dialog title={props.isNew ? 'Add a chart' : 'Edit the chart'} onClose={() => props.onClose()}>
      <form
        class="own-chart-dialog"
        onSubmit={(event) => {
          event.preventDefault()
          save()
        }}
      >
        <Segmented label="Kind" showLabel={false} options={KINDS} value={kind()} onChange={setKind} />
        <p class="own-chart-dialog-words">{WORDS[kind()]}</p>
        <Show when={kind() === 'lines'}>
          <MetricChoice
            keys={series.keys()}
            chosen={chosen()}
            most={MAX_SHOWN}
            onChange={(next) => choose(next)}
          />
          <TextRow
            label="Pattern"
            maxlength={500}
            spellcheck={false}
            placeholder="and all that match, like ^train/"
            value={pattern()}
            onInput={setPattern}
          />
        </Show>
        <Show when={kind() === 'bars'}>
          <For each={[0, 1, 2]}>
            {(place) => (
              <Show when={place === 0 || (chosen()[place - 1] ?? '') !== ''}>
                <Operand label={place === 0 ? 'Number' : 'and'} place={place} isOptional={place > 0} />
              </Show>
            )}
          </For>
        </Show>
        <Show when={kind() === 'scatter'}>
          <Operand label="x" place={0} isOptional={false} />
          <Operand label="y" place={1} isOptional={false} />
        </Show>
        <Show when={kind() === 'text'}>
          <textarea
            class="own-chart-dialog-text"
            aria-label="Text"
            rows={8}
            maxlength={MAX_CARD_TEXT}
            placeholder="What these charts are about. Markdown."
            value={text()}
            onInput={(event) => setText(event.currentTarget.value)}
          />
        </Show>
        <TextRow
          label="Title"
          maxlength={200}
          placeholder="says what it shows"
          value={title()}
          onInput={setTitle}
        />
        <TextRow
          label="Section"
          maxlength={200}
          placeholder="Your charts"
          list="own-chart-sections"
          value={section()}
          onInput={setSection}
        />
        <datalist id="own-chart-sections">
          <For each={charts.ownSections().filter(({ name }) => name !== '')}>
            {({ name, charts: members }) => (
              <option value={name}>{formatPlural(members.length, 'chart')}</option>
            )}
          </For>
        </datalist>
        <DialogFoot>
          <Show when={whyNot()}>{(words) => <span class="own-chart-dialog-words">{words()}</span>}</Show>
          <Button look="quiet" onClick={() => props.onClose()}>
            Cancel
          </Button>
          <Button type="submit" look="primary" disabled={whyNot() !== null}>
            {props.isNew ? 'Add' : 'Save'}
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  )
}

interface TextRowProps {
  readonly label: string
  readonly maxlength: number
  readonly placeholder: string
  readonly spellcheck?: boolean
  /** The id of what is offered. */
  readonly list?: string
  readonly value: string
  onInput(value: string): void
}

function TextRow(props: TextRowProps) {
  return (
    <FieldRow label={props.label}>
      <input
        type="text"
        aria-label={props.label}
        maxlength={props.maxlength}
        placeholder={props.placeholder}
        spellcheck={props.spellcheck}
        list={props.list}
        value={props.value}
        onInput={(event) => props.onInput(event.currentTarget.value)}
      />
    </FieldRow>
  )
}
