import { createVirtualizer } from '@tanstack/solid-virtual'
import ArrowDown from 'lucide-solid/icons/arrow-down'
import { createEffect, createMemo, createSignal, For, on, Show } from 'solid-js'
import type { ConsoleLevel, ConsoleLine } from '../../model/console-line.ts'
import type { RunId } from '../../model/units.ts'
import type { DatabaseId } from '../../protocol/database-id.ts'
import { createConsole } from './create-console.ts'
import { useTracker } from '../tracker/tracker.ts'
import { Button } from '../../widgets/button.tsx'
import { formatCount, formatStep, formatPlural } from '../../widgets/number-format.ts'
import { Segmented } from '../../widgets/segmented.tsx'
import { formatMoment } from '../../widgets/time-format.ts'
import './console-view.css'

interface ConsoleViewProps {
  readonly database: DatabaseId
  readonly runId: RunId
}

/** The height of a line of text before it is measured. Unit: CSS pixels. */
const LINE_HEIGHT = 20
const OVERSCAN = 12

/** This near to the end new lines are followed. Unit: CSS pixels. */
const AT_END = 24

const LEVELS = [
  { value: 'all', text: 'All' },
  { value: 'warn', text: 'Warnings' },
  { value: 'error', text: 'Errors' },
] as const
type Shown = (typeof LEVELS)[number]['value']

const LEVELS_OF: Record<Shown, readonly ConsoleLevel[] | null> = {
  all: null,
  warn: ['warn', 'error'],
  error: ['error'],
}

/** What a run said on its console, searched and followed. */
export function ConsoleView(props: ConsoleViewProps) {
  let scroller: HTMLDivElement | undefined
  const [search, setSearch] = createSignal('')
  const [shown, setShown] = createSignal<Shown>('all')
  const [isAtEnd, setAtEnd] = createSignal(true)
  const state = createConsole(useTracker(), () => ({
    database: props.database,
    runId: props.runId,
    search: search(),
    levels: LEVELS_OF[shown()],
  }))
  const total = createMemo(() => state.counts()?.total ?? 0)
  const virtualizer = createVirtualizer({
    get count() {
      return total()
    },
    getScrollElement: () => scroller ?? null,
    estimateSize: () => LINE_HEIGHT,
    overscan: OVERSCAN,
  })

  createEffect(() => {
    const places = virtualizer.getVirtualItems()
    state.show(places[0]?.index ?? 0, places.at(-1)?.index ?? 0)
  })
  createEffect(
    on(total, (count) => {
      if (isAtEnd() && count > 0) toEnd()
    }),
  )

  function toEnd(): void {
    virtualizer.scrollToIndex(total() - 1, { align: 'end' })
  }
  function look(): void {
    if (scroller === undefined) return
    const { scrollTop, clientHeight, scrollHeight } = scroller
    setAtEnd(scrollHeight - scrollTop - clientHeight < AT_END)
  }

  return (
    <section class="console-view" aria-label="Console">
      <div class="console-view-toolbar">
        <label class="console-view-search">
          <span class="visually-hidden">Search the console</span>
          <input
            type="search"
            placeholder="Search the console"
            spellcheck={false}
            autocomplete="off"
            maxlength={500}
            value={search()}
            onInput={(event) => setSearch(event.currentTarget.value)}
          />
        </label>
        <Segmented label="Level" showLabel={false} options={LEVELS} value={shown()} onChange={setShown} />
        <p class="console-view-count" role="status">
          {countWords(state.counts())}
        </p>
      </div>
      <Show when={state.failure()}>{(message) => <p class="console-view-note">{message()}</p>}</Show>
      <Show when={state.counts()?.all === 0}>
        <p class="console-view-note">
          This run kept nothing of its console. Call <code>run.captureConsole()</code> in the training to keep
          what it says.
        </p>
      </Show>
      <Show when={total() === 0 && (state.counts()?.all ?? 0) > 0}>
        <p class="console-view-note">No line is like that.</p>
      </Show>
      <div
        class="console-view-scroller"
        tabindex={0}
        role="log"
        aria-label="Lines"
        onScroll={look}
        ref={(element) => (scroller = element)}
      >
        <div class="console-view-lines" style={{ '--height': `${virtualizer.getTotalSize()}px` }}>
          <For each={virtualizer.getVirtualItems()}>
            {(place) => (
              <div
                class="console-view-place"
                data-index={place.index}
                style={{ '--top': `${place.start}px` }}
                ref={(element) => queueMicrotask(() => virtualizer.measureElement(element))}
              >
                <Show when={state.lineAt(place.index)} fallback={<span class="console-view-waiting">…</span>}>
                  {(line) => <Line line={line()} />}
                </Show>
              </div>
            )}
          </For>
        </div>
      </div>
      <Show when={!isAtEnd() && total() > 0}>
        <Button look="quiet" class="console-view-latest" onClick={toEnd}>
          <ArrowDown size={14} />
          Latest
        </Button>
      </Show>
    </section>
  )
}

function Line(props: { readonly line: ConsoleLine }) {
  return (
    <div class="console-view-line" classList={{ [`is-${props.line.level}`]: true }}>
      <time class="console-view-time" title={formatMoment(props.line.time)}>
        {clock(props.line.time)}
      </time>
      <span class="console-view-step">{props.line.step === null ? '' : formatStep(props.line.step)}</span>
      <span class="console-view-level">{props.line.level}</span>
      <span class="console-view-text" dir="auto">
        {props.line.text}
      </span>
    </div>
  )
}

/** `14:03:07.120` */
function clock(time: number): string {
  const at = new Date(time)
  const [hours, minutes, seconds] = [at.getHours(), at.getMinutes(), at.getSeconds()].map((part) =>
    String(part).padStart(2, '0'),
  )
  return `${hours}:${minutes}:${seconds}.${String(at.getMilliseconds()).padStart(3, '0')}`
}

function countWords(counts: { readonly total: number; readonly all: number } | undefined): string {
  if (counts === undefined || counts.all === 0) return ''
  if (counts.total === counts.all) return formatPlural(counts.all, 'line')
  return `${formatCount(counts.total)} of ${formatPlural(counts.all, 'line')}`
}
