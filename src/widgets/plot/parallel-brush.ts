/** Part of an axis, from its lower end to its upper. */
export interface BrushParts {
  readonly low: number
  readonly high: number
}

/** What of a brush is moved: one of its ends, or all of it. */
export type BrushPart = 'low' | 'high' | 'both'

/** Where the brush is after a key; null for a key that moves nothing. */
export function brushAfterKey(
  key: string,
  part: BrushPart,
  { low, high }: BrushParts,
  step: number,
): BrushParts | null {
  if (part === 'both') {
    const by = {
      ArrowUp: step,
      ArrowRight: step,
      ArrowDown: -step,
      ArrowLeft: -step,
      PageUp: 5 * step,
      PageDown: -5 * step,
    }[key]
    if (by === undefined) return null
    return movedBy({ low, high }, by)
  }
  const at = part === 'low' ? low : high
  const to = {
    ArrowUp: at + step,
    ArrowRight: at + step,
    ArrowDown: at - step,
    ArrowLeft: at - step,
    PageUp: at + 5 * step,
    PageDown: at - 5 * step,
    Home: 0,
    End: 1,
  }[key]
  if (to === undefined) return null
  return part === 'low' ? { low: clamp(Math.min(to, high)), high } : { low, high: clamp(Math.max(to, low)) }
}

export function movedBy({ low, high }: BrushParts, by: number): BrushParts {
  const moved = Math.min(1 - high, Math.max(-low, by))
  return { low: low + moved, high: high + moved }
}

function clamp(part: number): number {
  return Math.min(1, Math.max(0, part))
}

interface BrushDragSource {
  /** Which part of the axis lies at a height of the page. */
  partAt(clientY: number): number
  height(): number
  brushed(): BrushParts | null
  onChange(parts: BrushParts | null, isDone: boolean): void
}

/** This near to an end of a brush the end is meant. Unit: CSS pixels. */
const NEAR_PX = { mouse: 5, other: 14 } as const
/** What moved less was a click. Unit: CSS pixels. */
const CLICK_PX = 3

/** Draws, moves and resizes a brush by pointer; a click beside it clears it. */
export function makeBrushDrag(source: BrushDragSource): {
  down(event: PointerEvent): void
  move(event: PointerEvent): void
  up(event: PointerEvent): void
  cancel(): void
} {
  let start: {
    readonly part: number
    readonly y: number
    readonly mode: BrushPart | 'new'
    readonly from: BrushParts | null
  } | null = null
  let hasMoved = false

  function partsAt(clientY: number): BrushParts | null {
    if (start === null) return null
    const at = clamp(source.partAt(clientY))
    const { from, mode, part } = start
    if (mode === 'new' || from === null)
      return { low: Math.min(at, clamp(part)), high: Math.max(at, clamp(part)) }
    if (mode === 'both') return movedBy(from, at - clamp(part))
    const fixed = mode === 'low' ? from.high : from.low
    return { low: Math.min(at, fixed), high: Math.max(at, fixed) }
  }

  return {
    down(event) {
      if (event.button !== 0) return
      // No text is selected meanwhile; what was focused by the press stays so.
      event.preventDefault()
      if (event.target instanceof HTMLElement && event.target.tabIndex >= 0) event.target.focus()
      ;(event.currentTarget as HTMLElement).setPointerCapture(event.pointerId)
      const part = source.partAt(event.clientY)
      const from = source.brushed()
      start = { part, y: event.clientY, mode: modeAt(part, from, event.pointerType), from }
      hasMoved = false
    },
    move(event) {
      if (start === null) return
      hasMoved ||= Math.abs(event.clientY - start.y) > CLICK_PX
      if (hasMoved) source.onChange(partsAt(event.clientY), false)
    },
    up(event) {
      if (start === null) return
      if (hasMoved) source.onChange(partsAt(event.clientY), true)
      else if (start.mode === 'new' && start.from !== null) source.onChange(null, true)
      start = null
    },
    cancel() {
      if (start !== null && hasMoved) source.onChange(start.from, true)
      start = null
    },
  }

  function modeAt(part: number, from: BrushParts | null, pointer: string): BrushPart | 'new' {
    if (from === null) return 'new'
    const near = (pointer === 'mouse' ? NEAR_PX.mouse : NEAR_PX.other) / source.height()
    if (Math.abs(part - from.high) <= near) return 'high'
    if (Math.abs(part - from.low) <= near) return 'low'
    return part > from.low && part < from.high ? 'both' : 'new'
  }
}
