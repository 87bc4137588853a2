import { For, Show } from 'solid-js'
import { formatPlural } from '../../widgets/number-format.ts'
import { RunDot } from '../../widgets/run-dot.tsx'
import { useExperiment } from '../experiment/experiment-context.ts'
import './line-legend.css'

/** More values than this are not told one by one. */
const MAX_ENTRIES = 12

/** What the colours and the dashes of lines mean. */
export function LineLegend() {
  const { looks } = useExperiment()
  return (
    <Show when={looks.legends().length > 0}>
      <div class="line-legend">
        <For each={looks.legends()}>
          {(legend) => (
            <dl class="line-legend-part">
              <dt>{legend.title}</dt>
              <For each={legend.entries.slice(0, MAX_ENTRIES)}>
                {(entry) => (
                  <dd title={entry.text}>
                    <RunDot color={entry.style.color} stroke={entry.style.stroke} />
                    <bdi>{entry.text}</bdi>
                  </dd>
                )}
              </For>
              <Show when={legend.entries.length > MAX_ENTRIES}>
                <dd>and {formatPlural(legend.entries.length - MAX_ENTRIES, 'more value')}</dd>
              </Show>
            </dl>
          )}
        </For>
      </div>
    </Show>
  )
}
