import { createEffect, createSignal, on, onCleanup, untrack, type Accessor } from 'solid-js'
import type { ChartLine } from './chart-line.ts'
import { pickLine, type LinePick } from './line-pick.ts'
import type { PlotArea } from './plot-area.ts'

/**
 * While lines move under a pointer that rests, another one lies there at every frame: it is looked at when they rest too,
 * for a line that is raised is raised in every chart. Unit: milliseconds.
 */
const REST_MS = 150

export interface Pick {
  /** null while nothing is pointed at, or what is drawn moves. */
  readonly picked: Accessor<LinePick | null>
  /** The pointer is there. Unit: CSS pixels from the edges of the plot. */
  aim(left: number, top: number): void
  leave(): void
}

/** The line under the pointer. `drawn`: whatever moves the lines when it changes. */
export function createPick(
  lines: Accessor<readonly ChartLine[]>,
  area: () => PlotArea | undefined,
  drawn: Accessor<unknown>,
): Pick {
  const [picked, setPicked] = createSignal<LinePick | null>(null)
  let place: { readonly left: number; readonly top: number } | null = null
  let timer: ReturnType<typeof setTimeout> | undefined

  function look(): void {
    const now = area()
    if (place !== null && now !== undefined) setPicked(pickLine(untrack(lines), now, place.left, place.top))
  }

  createEffect(
    on(
      drawn,
      () => {
        setPicked(null)
        clearTimeout(timer)
        if (place !== null) timer = setTimeout(look, REST_MS)
      },
      { defer: true },
    ),
  )
  onCleanup(() => clearTimeout(timer))
  return {
    picked,
    aim(left, top) {
      // The last place is repeated whenever the plot is drawn.
      if (place?.left === left && place.top === top) return
      place = { left, top }
      look()
    },
    leave() {
      place = null
      clearTimeout(timer)
      setPicked(null)
    },
  }
}
