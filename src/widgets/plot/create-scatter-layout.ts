import { createMemo, type Accessor } from 'solid-js'
import { makeScale, type PlotAxis, type PlotScale, type PlotTick } from './plot-axis.ts'

/** Left of the axis, where its labels are not longer. As in the style sheet. Unit: CSS pixels, here and below. */
const LEFT = 56
/** Of a letter of a label. */
const LETTER = 6.4
/** The most that labels take of the width; what is longer, as names of categories may be, is cut. */
const LABELS_PART = 0.3
export const BOTTOM = 44
const TOP = 28
const RIGHT = 20
/** More dots than this are drawn small and square. */
const MANY = 2_000
/** This far from a dot it is still meant. */
const REACH = 16

/** Where the dots of a scatter plot and its ticks lie. */
export interface ScatterLayout {
  /** Of the place between the axes. */
  readonly plotWidth: Accessor<number>
  readonly scaleX: Accessor<PlotScale>
  readonly scaleY: Accessor<PlotScale>
  readonly ticksX: Accessor<readonly PlotTick[]>
  readonly ticksY: Accessor<readonly PlotTick[]>
  /** Dots from left to right; those that lack a value are nowhere. */
  readonly order: Accessor<Uint32Array>
  /** The places of all dots. */
  readonly spots: Accessor<{ readonly x: Float32Array; readonly y: Float32Array }>
  isMany(): boolean
  radius(): number
  /** Left of the place between the axes. */
  readonly start: Accessor<number>
  left(part: number): number
  top(part: number): number
  placeOf(dot: number): readonly [number, number]
  /** The dot that is meant by a place; null where none is near. */
  dotAt(x: number, y: number): number | null
}

export function createScatterLayout(
  axes: { readonly x: PlotAxis; readonly y: PlotAxis; readonly only?: Uint8Array },
  width: Accessor<number>,
  height: Accessor<number>,
): ScatterLayout {
  const scaleX = createMemo(() => makeScale(axes.x))
  const scaleY = createMemo(() => makeScale(axes.y))
  const ticksY = createMemo(() => scaleY().ticks(6))
  const start = createMemo(() => {
    const longest = Math.max(0, ...ticksY().map(({ text }) => text.length))
    return Math.max(LEFT, Math.min(12 + LETTER * longest, LABELS_PART * width()))
  })
  const plotWidth = (): number => Math.max(1, width() - start() - RIGHT)
  const plotHeight = (): number => height() - TOP - BOTTOM
  const left = (part: number): number => start() + part * plotWidth()
  const top = (part: number): number => TOP + (1 - part) * plotHeight()
  const order = createMemo(() =>
    Uint32Array.from(axes.x.values, (_, dot) => dot)
      .filter(
        (dot) =>
          axes.only?.[dot] !== 0 &&
          !Number.isNaN(axes.x.values[dot] ?? Number.NaN) &&
          !Number.isNaN(axes.y.values[dot] ?? Number.NaN),
      )
      .toSorted((a, b) => (axes.x.values[a] ?? 0) - (axes.x.values[b] ?? 0)),
  )
  const isMany = (): boolean => order().length > MANY
  const spots = createMemo(() => ({
    x: Float32Array.from(axes.x.values, (value) => left(scaleX().toPart(value))),
    y: Float32Array.from(axes.y.values, (value) => top(scaleY().toPart(value))),
  }))

  return {
    plotWidth,
    scaleX,
    scaleY,
    ticksX: createMemo(() => scaleX().ticks(Math.max(2, Math.floor(plotWidth() / 80)))),
    ticksY,
    order,
    spots,
    isMany,
    radius: () => (isMany() ? 2 : order().length > 300 ? 3 : 4),
    start,
    left,
    top,
    placeOf(dot) {
      const { x, y } = spots()
      return [x[dot] ?? 0, y[dot] ?? 0]
    },
    dotAt(px, py) {
      const { x, y } = spots()
      let nearest: number | null = null
      let least = REACH ** 2
      for (const dot of order()) {
        const distance = (px - (x[dot] ?? 0)) ** 2 + (py - (y[dot] ?? 0)) ** 2
        if (distance < least) {
          least = distance
          nearest = dot
        }
      }
      return nearest
    },
  }
}
