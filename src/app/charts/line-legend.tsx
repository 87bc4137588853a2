import { createSignal, For, Show } from 'solid-js'
import { Button } from '../../widgets/button.tsx'
import { formatCount, formatPlural } from '../../widgets/number-format.ts'
import { RunDot } from '../../widgets/run-dot.tsx'
import type { Legend, LegendEntry } from '../experiment/create-run-looks.ts'
import { useExperiment } from '../experiment/experiment-context.ts'
import { LookRefusal } from './look-refusal.tsx'
import './line-legend.css'

/** More values than this are told only when they are asked for. */
const MAX_ENTRIES = 24

/** What the colours and the dashes of lines mean, and how many runs a line is the mean of. */
export function LineLegend() {
  const { looks } = useExperiment()
  return (
    <Show when={looks.legends().length > 0}>
      <div class="line-legend">
        <For each={looks.legends()}>{(legend) => <LegendPart legend={legend} />}</For>
        <LookRefusal by="colorBy" />
        <LookRefusal by="dashBy" />
      </div>
    </Show>
  )
}

function LegendPart(props: { readonly legend: Legend }) {
  const [isWhole, setWhole] = createSignal(false)
  const entries = (): readonly LegendEntry[] =>
    isWhole() ? props.legend.entries : props.legend.entries.slice(0, MAX_ENTRIES)
  const left = (): number => props.legend.entries.length - entries().length
  return (
    <dl class="line-legend-part">
      <dt>{props.legend.title}</dt>
      <For each={entries()}>
        {(entry) => (
          <dd classList={{ 'is-hidden': entry.isHidden === true }} title={titleOf(entry)}>
            <RunDot color={entry.style.color} stroke={entry.style.stroke} hollow={entry.isHidden === true} />
            <bdi>{entry.text}</bdi>
            <Show when={entry.runs}>
              {(runs) => <span class="line-legend-count">{formatCount(runs())}</span>}
            </Show>
          </dd>
        )}
      </For>
      <Show when={left() > 0}>
        <dd>
          <Button look="quiet" onClick={() => setWhole(true)}>
            Show {formatPlural(left(), 'more value')}
          </Button>
        </dd>
      </Show>
    </dl>
  )
}

function titleOf({ text, runs, isHidden }: LegendEntry): string {
  if (runs === undefined) return text
  const all = `${text}: all ${formatPlural(runs, 'run')} that match the filter, drawn or not`
  return isHidden === true ? `${text}: not drawn, all its runs are hidden` : all
}
