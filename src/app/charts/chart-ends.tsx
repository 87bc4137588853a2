import { createMemo, createSignal, Show } from 'solid-js'
import { parseNumericText } from '../../model/numeric-text.ts'
import { useExperiment } from '../experiment/experiment-context.ts'
import { FieldRow } from '../../widgets/field-row.tsx'
import { Popover } from '../../widgets/popover.tsx'
import './chart-ends.css'

interface ChartEndsProps {
  /** What its options are known by, and what it is called. */
  readonly chart: string
  readonly name: string
  readonly anchor: HTMLElement
  onClose(): void
}

/** Where y begins and ends in a chart; an end that is left empty follows the lines. */
export function ChartEnds(props: ChartEndsProps) {
  const { charts } = useExperiment()
  const known = charts.options(props.chart).y
  const [low, setLow] = createSignal(textOf(known?.low))
  const [high, setHigh] = createSignal(textOf(known?.high))
  const problem = createMemo(() => {
    const [from, to] = [endOf(low()), endOf(high())]
    if (Number.isNaN(from) || Number.isNaN(to)) return 'An end is a number, like 0.5 or 1e-3, or empty.'
    return from !== null && to !== null && from >= to ? 'The lower end has to be below the upper one.' : null
  })

  function apply(): void {
    if (problem() === null) charts.setEnds(props.chart, endOf(low()), endOf(high()))
  }

  function End(end: { readonly label: string; readonly text: string; set(text: string): void }) {
    return (
      <FieldRow label={end.label}>
        <input
          type="text"
          inputmode="decimal"
          class="chart-ends-number"
          aria-label={end.label}
          aria-invalid={Number.isNaN(endOf(end.text))}
          placeholder="follows the lines"
          value={end.text}
          onInput={(event) => end.set(event.currentTarget.value)}
          onChange={apply}
        />
      </FieldRow>
    )
  }

  return (
    <Popover label={`Range of y of ${props.name}`} anchor={props.anchor} onClose={props.onClose}>
      <div class="chart-ends">
        <End label="Upper end" text={high()} set={setHigh} />
        <End label="Lower end" text={low()} set={setLow} />
        <Show when={problem()}>{(words) => <p class="chart-ends-problem">{words()}</p>}</Show>
      </div>
    </Popover>
  )
}

function textOf(end: number | null | undefined): string {
  return end === null || end === undefined ? '' : String(end)
}

/** null for an end that is left empty, NaN for what is no number. */
function endOf(text: string): number | null {
  const trimmed = text.trim()
  if (trimmed === '') return null
  return parseNumericText(trimmed.replace('−', '-').replace(',', '.')) ?? Number.NaN
}
