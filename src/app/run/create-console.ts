import { createEffect, createMemo, createSignal, on, type Accessor } from 'solid-js'
import type { ConsoleLevel, ConsoleLine } from '../../model/console-line.ts'
import { ok } from '../../model/result.ts'
import type { RunId } from '../../model/units.ts'
import type { ConsoleLines } from '../../protocol/runs-api.ts'
import type { DatabaseId } from '../../protocol/database-id.ts'
import { createLiveRead } from '../tracker/create-live-read.ts'
import type { Tracker } from '../tracker/tracker.ts'

/** Which lines are asked for. */
export interface ConsoleQuery {
  readonly database: DatabaseId
  readonly runId: RunId
  readonly search: string
  readonly levels: readonly ConsoleLevel[] | null
}

export interface ConsoleState {
  /** How many lines fit, and how many there are; undefined until the first answer. */
  readonly counts: Accessor<Pick<ConsoleLines, 'total' | 'all'> | undefined>
  readonly failure: Accessor<string | null>
  /** The line at an index among those that fit; undefined until it was read. */
  lineAt(index: number): ConsoleLine | undefined
  /** Says which lines are on the screen, so that they are read. */
  show(from: number, to: number): void
}

/** Lines read at a time. */
const PAGE_LINES = 200

/** A console is read by a human: four times a second is live enough. */
const PAUSE_MS = 250

/** Pages kept, those read last. */
const MAX_PAGES = 20

/** What a run said, live, a page at a time. */
export function createConsole(tracker: Tracker, query: Accessor<ConsoleQuery>): ConsoleState {
  const [counts, setCounts] = createSignal<Pick<ConsoleLines, 'total' | 'all'>>()
  const [pages, setPages] = createSignal<ReadonlyMap<number, readonly ConsoleLine[]>>(new Map())
  const asked = createMemo(query)
  let shown: readonly [number, number] = [0, 0]

  /** Those on the screen; the last of them may have grown. */
  function wantedPages(): readonly number[] {
    const [from, to] = shown
    const first = Math.floor(from / PAGE_LINES)
    const last = Math.floor(Math.max(from, to) / PAGE_LINES)
    return Array.from({ length: last - first + 1 }, (_, index) => first + index)
  }

  function keep(page: number, lines: readonly ConsoleLine[]): void {
    setPages((known) => {
      const others = [...known].filter(([index]) => index !== page)
      return new Map([...others.slice(1 - MAX_PAGES), [page, lines]])
    })
  }

  createEffect(on(asked, () => setPages(new Map())))
  const { failure, refresh } = createLiveRead(tracker, {
    database: () => asked().database,
    on: ['runsChanged'],
    of: ({ runIds }) => runIds.filter((id) => id === asked().runId),
    pauseMs: PAUSE_MS,
    query: asked,
    async read(_, isLate) {
      for (const page of wantedPages()) {
        const place = { from: page * PAGE_LINES, limit: PAGE_LINES }
        const answer = await tracker.api.readConsole({ ...asked(), ...place })
        if (!answer.ok) return answer
        if (isLate()) break
        setCounts({ total: answer.value.total, all: answer.value.all })
        keep(page, answer.value.lines)
      }
      return ok(undefined)
    },
  })

  return {
    counts,
    failure,
    lineAt: (index) => pages().get(Math.floor(index / PAGE_LINES))?.[index % PAGE_LINES],
    show(from, to) {
      if (from === shown[0] && to === shown[1]) return
      shown = [from, to]
      if (wantedPages().some((page) => !pages().has(page))) refresh()
    },
  }
}
