import { createMemo, For, Show } from 'solid-js'
import type { JsonObject } from '../../model/json.ts'
import { FactTable } from '../../widgets/fact-table.tsx'
import { formatCount, formatPlural, formatValue } from '../../widgets/number-format.ts'
import { environmentGroups, parseDatasets, type DatasetProfile } from '../experiment/environment-groups.ts'
import { TitledSection } from '../../widgets/titled-section.tsx'
import './run-environment.css'

/** What is known of where a run trained, in groups, and of the data it was given. */
export function RunEnvironment(props: { readonly environment: JsonObject }) {
  const groups = createMemo(() => environmentGroups(props.environment))
  const datasets = createMemo(() => parseDatasets(props.environment))
  return (
    <>
      <Show when={datasets().length > 0}>
        <TitledSection title="Datasets" isRegion>
          <For each={datasets()}>{(dataset) => <Dataset dataset={dataset} />}</For>
        </TitledSection>
      </Show>
      <Show when={groups().length > 0}>
        <TitledSection title="Environment" isRegion>
          <For each={groups()}>
            {(group) => (
              <>
                <h4 class="run-environment-group">{group.title}</h4>
                <FactTable label={group.title} facts={group.facts} />
              </>
            )}
          </For>
        </TitledSection>
      </Show>
    </>
  )
}

function Dataset(props: { readonly dataset: DatasetProfile }) {
  const dataset = (): DatasetProfile => props.dataset
  return (
    <>
      <h4 class="run-environment-group" dir="auto">
        {dataset().name}
      </h4>
      <p class="run-environment-words">{sizeWords(dataset())}</p>
      <Show when={dataset().fingerprint}>
        {(fingerprint) => (
          <p class="run-environment-words">
            Fingerprint <code title={fingerprint()}>{fingerprint().slice(0, 12)}</code>
          </p>
        )}
      </Show>
      <Show when={dataset().columns.length > 0}>
        <div
          class="run-environment-scroller"
          tabindex={0}
          role="region"
          aria-label={`Columns of ${dataset().name}`}
        >
          <table class="run-environment-columns">
            <thead>
              <tr>
                <For each={['Column', 'Type', 'Min', 'Mean', 'Max', 'Missing']}>
                  {(title) => <th scope="col">{title}</th>}
                </For>
              </tr>
            </thead>
            <tbody>
              <For each={dataset().columns}>
                {(column) => (
                  <tr>
                    <th scope="row" dir="auto" title={column.name}>
                      {column.name}
                    </th>
                    <td class="is-text">{column.type}</td>
                    <td>{numberWords(column.min)}</td>
                    <td>{numberWords(column.mean)}</td>
                    <td>{numberWords(column.max)}</td>
                    <td>{column.without === 0 ? '–' : formatCount(column.without)}</td>
                  </tr>
                )}
              </For>
            </tbody>
          </table>
        </div>
      </Show>
      <Show when={dataset().classes.length > 0}>
        <ul class="run-environment-classes" aria-label={`Classes of ${dataset().name}`}>
          <For each={dataset().classes}>
            {(each) => (
              <li>
                <span dir="auto">{each.name}</span>{' '}
                <span class="run-environment-count">{formatCount(each.count)}</span>
              </li>
            )}
          </For>
        </ul>
      </Show>
    </>
  )
}

function sizeWords({ rows, columnCount, ragged }: DatasetProfile): string {
  const size = `${formatPlural(rows, 'row')} of ${formatPlural(columnCount, 'column')}`
  return ragged === 0 ? size : `${size}, ${formatCount(ragged)} of them not as long as the others`
}

function numberWords(value: number | null): string {
  return value === null ? '–' : formatValue(value)
}
