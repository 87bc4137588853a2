import { createMemo, For, Show } from 'solid-js'
import type { Artifact } from '../../model/artifact.ts'
import { diffFiles, diffMetadata, type FileDifference } from './artifact-diff.ts'
import { formatBytes, formatPlural } from '../../widgets/number-format.ts'
import { formatMoment } from '../../widgets/time-format.ts'
import { RunLink } from './run-links.tsx'
import { FoldedText } from '../../widgets/folded-text.tsx'
import './artifact-compare.css'

/** Rows shown of files and of metadata: a stranger's may be any number. */
const MAX_ROWS = 500

interface ArtifactCompareProps {
  readonly before: Artifact
  readonly after: Artifact
}

/** Two versions side by side: which files differ, and what of the metadata does. */
export function ArtifactCompare(props: ArtifactCompareProps) {
  const files = createMemo(() => diffFiles(props.before, props.after))
  const differing = createMemo(() => files().filter(({ state }) => state !== 'same'))
  const values = createMemo(() => diffMetadata(props.before, props.after))
  return (
    <div class="artifact-compare">
      <table class="artifact-compare-table">
        <caption class="visually-hidden">Two versions</caption>
        <thead>
          <tr>
            <td />
            <th scope="col">{title(props.before)}</th>
            <th scope="col">{title(props.after)}</th>
            <td />
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">Made by</th>
            <td>
              <RunLink runId={props.before.runId} />
            </td>
            <td>
              <RunLink runId={props.after.runId} />
            </td>
            <td />
          </tr>
          <tr>
            <th scope="row">When</th>
            <td>{formatMoment(props.before.createdAt)}</td>
            <td>{formatMoment(props.after.createdAt)}</td>
            <td />
          </tr>
          <tr>
            <th scope="row">Size</th>
            <td>{formatBytes(props.before.bytes)}</td>
            <td>{formatBytes(props.after.bytes)}</td>
            <td />
          </tr>
        </tbody>
      </table>
      <h2 class="artifact-compare-title">
        Files: {formatPlural(differing().length, 'of them differs', 'of them differ')},{' '}
        {files().length - differing().length} the same
      </h2>
      <Show when={differing().length > 0}>
        <table class="artifact-compare-table">
          <caption class="visually-hidden">Files that differ</caption>
          <tbody>
            <For each={differing().slice(0, MAX_ROWS)}>
              {(file) => (
                <tr>
                  <th scope="row" dir="auto">
                    {file.path}
                  </th>
                  <td>{file.before === null ? '' : formatBytes(file.before.bytes)}</td>
                  <td>{file.after === null ? '' : formatBytes(file.after.bytes)}</td>
                  <td class="artifact-compare-state">{stateWords(file, props.before, props.after)}</td>
                </tr>
              )}
            </For>
          </tbody>
        </table>
      </Show>
      <h2 class="artifact-compare-title">
        {values().length === 0 ? 'The metadata is the same' : 'Metadata that differs'}
      </h2>
      <Show when={values().length > 0}>
        <table class="artifact-compare-table">
          <caption class="visually-hidden">Metadata that differs</caption>
          <tbody>
            <For each={values().slice(0, MAX_ROWS)}>
              {(value) => (
                <tr>
                  <th scope="row" dir="auto">
                    {value.name}
                  </th>
                  <td>
                    <FoldedText text={value.before === undefined ? '' : JSON.stringify(value.before)} />
                  </td>
                  <td>
                    <FoldedText text={value.after === undefined ? '' : JSON.stringify(value.after)} />
                  </td>
                  <td />
                </tr>
              )}
            </For>
          </tbody>
        </table>
      </Show>
    </div>
  )
}

const title = ({ name, version }: Artifact): string => `${name} v${version}`

function stateWords({ state }: FileDifference, before: Artifact, after: Artifact): string {
  switch (state) {
    case 'added':
      return `only in ${title(after)}`
    case 'removed':
      return `only in ${title(before)}`
    case 'changed':
      return 'differs'
    case 'same':
      return ''
  }
}
