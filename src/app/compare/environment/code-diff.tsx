import { createVirtualizer } from '@tanstack/solid-virtual'
import { createEffect, createMemo, createSignal, For, on, onCleanup, Show } from 'solid-js'
import type { RunId } from '../../../model/units.ts'
import { diffCode, type CodeLine } from './diff-code.ts'
import type { RunRow } from '../../experiment/create-runs.ts'
import { busyWhile } from '../../tracker/idle.ts'
import { readCode } from './read-code.ts'
import { useTracker } from '../../tracker/tracker.ts'
import { useExperiment } from '../../experiment/experiment-context.ts'
import { CompareNote } from '../compare-note.tsx'
import './code-diff.css'

interface CodeDiffProps {
  /** Those whose code was captured, the baseline first where it is among them. */
  readonly runs: readonly RunRow[]
  /** Tells codes apart. */
  codeOf(id: RunId): string
}

/** Unit: CSS pixels. */
const LINE_HEIGHT = 18
const OVERSCAN = 20

const SIGNS: Readonly<Record<CodeLine['kind'], string>> = {
  file: '',
  same: ' ',
  removed: '−',
  added: '+',
  skipped: '⋯',
}

/** How the code of one run differs from that of another, as lines of one list. */
export function CodeDiff(props: CodeDiffProps) {
  const tracker = useTracker()
  const { database } = useExperiment()
  const [chosen, setChosen] = createSignal<RunId | null>(null)
  const [lines, setLines] = createSignal<readonly CodeLine[]>()
  const [problem, setProblem] = createSignal<string | null>(null)
  const first = createMemo(() => props.runs[0])
  const others = createMemo(() => props.runs.slice(1))
  /** The one that was picked, else the first with other code. */
  const second = createMemo(
    () =>
      others().find((run) => run.id === chosen()) ??
      others().find((run) => props.codeOf(run.id) !== props.codeOf(first()?.id ?? '')) ??
      others()[0],
  )
  const pair = createMemo<readonly [RunId, RunId] | null>(
    () => {
      const [one, two] = [first(), second()]
      return one === undefined || two === undefined ? null : [one.id, two.id]
    },
    null,
    { equals: (a, b) => a?.[0] === b?.[0] && a?.[1] === b?.[1] },
  )
  const differing = createMemo(() => {
    const found = lines()
    return found === undefined || found.length === 0 ? null : found
  })
  let disposed = false
  onCleanup(() => (disposed = true))

  async function read(ids: readonly [RunId, RunId]): Promise<void> {
    const isLate = (): boolean => disposed || pair() !== ids
    const [before, after] = await Promise.all([
      readCode(tracker, database, ids[0]),
      readCode(tracker, database, ids[1]),
    ])
    const failed = [before, after].find((code) => !code.ok)
    const found = before.ok && after.ok ? await diffCode(before.value, after.value) : undefined
    if (isLate()) return
    setLines(found)
    setProblem(failed === undefined || failed.ok ? null : failed.error)
  }
  createEffect(
    on(pair, (ids) => {
      if (ids !== null) void busyWhile(read(ids))
    }),
  )

  return (
    <section class="code-diff" aria-label="Code">
      <p class="code-diff-head">
        Code of <bdi>{first()?.label}</bdi> against
        <select
          class="inline-select"
          aria-label="The other run"
          onChange={(event) => setChosen(event.currentTarget.value)}
        >
          <For each={others()}>
            {(run) => (
              <option value={run.id} selected={run.id === second()?.id}>
                {run.label}
              </option>
            )}
          </For>
        </select>
      </p>
      <Show when={problem()}>{(words) => <CompareNote>{words()}</CompareNote>}</Show>
      <Show when={lines()?.length === 0}>
        <CompareNote>Their code is equal.</CompareNote>
      </Show>
      <Show when={differing()} keyed>
        {(found) => <Lines lines={found} />}
      </Show>
    </section>
  )
}

/** Scrolls from its start for every other pair of runs. */
function Lines(props: { readonly lines: readonly CodeLine[] }) {
  let scroller: HTMLDivElement | undefined
  const virtualizer = createVirtualizer({
    get count() {
      return props.lines.length
    },
    getScrollElement: () => scroller ?? null,
    estimateSize: () => LINE_HEIGHT,
    overscan: OVERSCAN,
  })

  return (
    <div
      class="code-diff-scroller"
      tabindex={0}
      role="region"
      aria-label="Lines that differ"
      ref={(element) => (scroller = element)}
    >
      <div class="code-diff-lines" style={{ '--height': `${virtualizer.getTotalSize()}px` }}>
        <For each={virtualizer.getVirtualItems()}>
          {(place) => (
            <Show when={props.lines[place.index]}>
              {(line) => (
                <div class={`code-diff-line is-${line().kind}`} style={{ '--top': `${place.start}px` }}>
                  <span class="code-diff-number">{line().before ?? ''}</span>
                  <span class="code-diff-number">{line().after ?? ''}</span>
                  <span class="code-diff-sign">{SIGNS[line().kind]}</span>
                  <span>{line().text}</span>
                </div>
              )}
            </Show>
          )}
        </For>
      </div>
    </div>
  )
}
