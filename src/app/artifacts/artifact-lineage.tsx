import { createMemo, For, Show } from 'solid-js'
import { layLineage, type LineageArtifact, type LineageNode, type PlacedNode } from './lay-lineage.ts'
import { formatPlural } from '../../widgets/number-format.ts'
import { useArtifacts } from './artifact-context.ts'
import { RunLink } from './run-links.tsx'
import './artifact-lineage.css'

/** Of a node, and from one to the next. Unit: CSS pixels. */
const NODE_WIDTH = 176
const COLUMN = 240
const ROW = 44
/** The middle of a node. Unit: CSS pixels. */
const MIDDLE = 16

/** Which run made what of which, from left to right. */
export function ArtifactLineage() {
  const { all } = useArtifacts()
  const lineage = createMemo(() => layLineage(all()))
  const placed = createMemo(() => new Map(lineage().nodes.map((node) => [node.node.id, node])))
  const lines = createMemo(() =>
    lineage().edges.flatMap(([from, to]) => {
      const [start, end] = [placed().get(from), placed().get(to)]
      return start === undefined || end === undefined ? [] : [curve(start, end)]
    }),
  )
  return (
    <div class="artifact-lineage" role="region" aria-label="Lineage" tabindex={0}>
      <Show when={lineage().leftOut + lineage().leftOutRuns > 0}>
        <p class="artifact-lineage-note">
          {formatPlural(lineage().leftOut, 'version')} and {formatPlural(lineage().leftOutRuns, 'run')} more
          are not drawn: those that were used and the newest are.
        </p>
      </Show>
      <div
        class="artifact-lineage-board"
        style={{
          '--width': `${lineage().columns * COLUMN}px`,
          '--height': `${lineage().rows * ROW}px`,
        }}
      >
        <svg class="artifact-lineage-lines" aria-hidden="true">
          <For each={lines()}>{(line) => <path d={line} />}</For>
        </svg>
        <ul>
          <For each={lineage().nodes}>
            {({ node, column, row }) => (
              <li
                class="artifact-lineage-node"
                classList={{ 'is-run': node.kind === 'run' }}
                style={{ '--left': `${column * COLUMN}px`, '--top': `${row * ROW}px` }}
              >
                <Node node={node} />
              </li>
            )}
          </For>
        </ul>
      </div>
    </div>
  )
}

function Node(props: { readonly node: LineageNode }) {
  const { change, view } = useArtifacts()
  const { node } = props
  if (node.kind === 'run') return <RunLink runId={node.runId} />
  const [first] = node.versions
  const show = (): void => {
    if (first !== undefined)
      change('Show a version in the list', {
        look: 'list',
        search: first.name,
        open: [...view().open.filter((id) => id !== first.id), first.id],
      })
  }
  return (
    <button type="button" class="artifact-lineage-artifact" title={wordsOf(node)} onClick={show}>
      {wordsOf(node)}
    </button>
  )
}

/** `checkpoint v2–v6` */
function wordsOf({ versions }: LineageArtifact): string {
  const [newest, oldest] = [versions[0], versions.at(-1)]
  if (newest === undefined || oldest === undefined) return ''
  const numbers = newest === oldest ? `v${newest.version}` : `v${oldest.version}–v${newest.version}`
  return `${newest.name} ${numbers}`
}

/** From the right edge of one node to the left edge of another. */
function curve(start: PlacedNode, end: PlacedNode): string {
  const [x, y] = [start.column * COLUMN + NODE_WIDTH, start.row * ROW + MIDDLE]
  const [toX, toY] = [end.column * COLUMN, end.row * ROW + MIDDLE]
  const bend = Math.max(24, (toX - x) / 2)
  return `M${x} ${y} C${x + bend} ${y} ${toX - bend} ${toY} ${toX} ${toY}`
}
