import Maximize from 'lucide-solid/icons/maximize'
import ZoomIn from 'lucide-solid/icons/zoom-in'
import ZoomOut from 'lucide-solid/icons/zoom-out'
import { createEffect, createMemo, createSignal, on, onCleanup, Show } from 'solid-js'
import type { ConfusionContent } from '../../model/media-content/confusion-matrix-content.ts'
import { useChartColors } from '../chart-colors.ts'
import { IconButton } from '../icon-button.tsx'
import { formatCount } from '../number-format.ts'
import type { PlotScale } from '../plot/plot-axis.ts'
import { slotScale } from './bars-plot.tsx'
import { moved, showing, wholeTable, zoomed, type CellWindow } from './cell-window.ts'
import { confusionCounts } from './confusion-counts.ts'
import { PlotFrame, type PlotRoom } from './plot-frame.tsx'
import { RampLegend } from './ramp-legend.tsx'
import { paintCells, scaleRamp } from './scale-ramp.ts'
import './confusion-map.css'

interface ConfusionMapProps {
  readonly content: ConfusionContent
  readonly label: string
  readonly look: 'counts' | 'rows'
}

/** A press of a button or a key. */
const ZOOM_STEP = 0.5
/** Unit: of a notch of a wheel, which is about 100 pixels. */
const ZOOM_PER_PIXEL = 0.002
const MIDDLE = [0.5, 0.5] as const

/** A confusion matrix of more classes than a table shows: colours, and what of them is looked at. */
export function ConfusionMap(props: ConfusionMapProps) {
  let host: HTMLDivElement | undefined
  const colors = useChartColors()
  const size = (): number => props.content.labels.length
  const [view, setView] = createSignal<CellWindow>(wholeTable(size()))
  createEffect(on(size, (count) => setView(wholeTable(count)), { defer: true }))
  const counts = createMemo(() => confusionCounts(props.content))
  const [pointed, setPointed] = createSignal<number | null>(null)
  const wordsOf = (cell: number): string => counts().words(Math.floor(cell / size()), cell % size())
  const x = createMemo(() => windowScale(props.content.labels, view().left, view().side))
  const y = createMemo(() => flipped(windowScale(props.content.labels, view().top, view().side)))

  /** Rare mistakes beside a full diagonal are only seen by their size, so counts are logarithms; none is no colour. */
  const ends = createMemo((): readonly [number, number] => {
    if (props.look === 'rows') return [0, 1]
    const { values } = props.content
    const least = values.reduce((least, value) => (value > 0 && value < least ? value : least), counts().most)
    return [least, counts().most]
  })
  const picture = createMemo(() => {
    const count = size()
    const { at, share } = counts()
    const isLog = props.look === 'counts'
    const shown = Float32Array.from({ length: count * count }, (_, cell) => {
      const [row, column] = [Math.floor(cell / count), cell % count]
      const value = at(row, column)
      if (!(value > 0)) return Number.NaN
      return isLog ? Math.log(value) : share(row, column)
    })
    const [least, most] = isLog ? [Math.log(ends()[0]), Math.log(ends()[1])] : ends()
    return paintCells(shown, count, count, [least < most ? least : most - 1, most], scaleRamp(colors()))
  })
  const paint = createMemo(() => {
    const drawn = picture()
    const { left, top, side } = view()
    return (context: CanvasRenderingContext2D, room: PlotRoom) => {
      context.imageSmoothingEnabled = side > room.width
      context.drawImage(drawn, left, top, side, side, room.left, room.top, room.width, room.height)
    }
  })

  const zoom = (factor: number, place: readonly [number, number] = MIDDLE): void => {
    setView((shown) => zoomed(shown, factor, place, size()))
  }
  let room: PlotRoom | undefined
  const partsOf = (event: MouseEvent): readonly [number, number] => {
    const box = host?.getBoundingClientRect()
    if (room === undefined || box === undefined) return MIDDLE
    return [
      (event.clientX - box.left - room.left) / room.width,
      (event.clientY - box.top - room.top) / room.height,
    ]
  }
  /** Alone it scrolls the page, as anywhere, until the map was clicked. */
  function turn(event: WheelEvent): void {
    const isAtMap = host?.contains(document.activeElement) === true
    if (!event.ctrlKey && !event.metaKey && !isAtMap) return
    event.preventDefault()
    const [across, down] = partsOf(event)
    if (event.shiftKey)
      setView((shown) => moved(shown, Math.sign(event.deltaY || event.deltaX) / 10, 0, size()))
    else zoom(Math.exp(event.deltaY * ZOOM_PER_PIXEL), [inPart(across), inPart(down)])
  }
  function keys(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey) return
    if (event.key === '+' || event.key === '=') zoom(ZOOM_STEP)
    else if (event.key === '-') zoom(1 / ZOOM_STEP)
    else if (event.key === '0') setView(wholeTable(size()))
    else return
    event.preventDefault()
  }

  return (
    <div class="confusion-map" onKeyDown={keys}>
      <div
        class="confusion-map"
        ref={(element) => {
          host = element
          element.addEventListener('wheel', turn, { passive: false })
          onCleanup(() => element.removeEventListener('wheel', turn))
        }}
        onPointerMove={(event) => {
          if (event.buttons !== 1 || room === undefined) return
          const [across, down] = [event.movementX / room.width, event.movementY / room.height]
          setView((shown) => moved(shown, -across, -down, size()))
        }}
      >
        <PlotFrame
          x={x()}
          y={y()}
          xLabel="predicted"
          yLabel="actual"
          label={props.label}
          count={size() * size()}
          words={wordsOf}
          placeOf={(cell, room) => [room.x(cell % size()), room.y(Math.floor(cell / size()))]}
          find={(px, py, room) => {
            const column = Math.floor(view().left + ((px - room.left) / room.width) * view().side)
            const row = Math.floor(view().top + ((py - room.top) / room.height) * view().side)
            const isInside = px >= room.left && py >= room.top && column < size() && row < size()
            return isInside && py <= room.top + room.height ? row * size() + column : null
          }}
          step={(cell, key) => ({ ArrowUp: cell - size(), ArrowDown: cell + size() })[key]}
          onPointed={setPointed}
          onKeyed={(cell) =>
            setView((shown) => showing(shown, Math.floor(cell / size()), cell % size(), size()))
          }
          hasGrid={false}
          paint={(context, shown) => {
            room = shown
            paint()(context, shown)
          }}
        />
      </div>
      <div class="confusion-map-foot">
        <IconButton label="Zoom in" disabled={view().side <= 4} onClick={() => zoom(ZOOM_STEP)}>
          <ZoomIn size={14} />
        </IconButton>
        <IconButton label="Zoom out" disabled={view().side >= size()} onClick={() => zoom(1 / ZOOM_STEP)}>
          <ZoomOut size={14} />
        </IconButton>
        <IconButton
          label="Show all classes"
          disabled={view().side >= size()}
          onClick={() => setView(wholeTable(size()))}
        >
          <Maximize size={14} />
        </IconButton>
        <RampLegend min={ends()[0]} max={ends()[1]} />
        <span>
          {props.look === 'counts' ? 'log colours; ' : ''}
          {formatCount(Math.round(view().side))} of {formatCount(size())} classes
        </span>
        <span class="confusion-map-words">
          <Show when={pointed() !== null} fallback={counts().summary}>
            {wordsOf(pointed() ?? 0)}
          </Show>
        </span>
      </div>
    </div>
  )
}

function inPart(part: number): number {
  return Math.min(1, Math.max(0, part))
}

/** Labels in the middle of those places that are in view. */
function windowScale(labels: readonly string[], from: number, side: number): PlotScale {
  const first = Math.floor(from)
  const shown = slotScale(labels.slice(first, Math.ceil(from + side)))
  const count = Math.ceil(from + side) - first
  const toPart = (place: number): number => (place + 0.5 - from) / side
  return {
    ...shown,
    toPart,
    ticks: (wanted) =>
      shown
        .ticks(wanted)
        .map(({ part, text }) => ({ text, part: toPart(first + part * count - 0.5) }))
        .filter(({ part }) => part >= 0 && part <= 1),
  }
}

/** The first on top. */
function flipped(scale: PlotScale): PlotScale {
  return {
    ...scale,
    toPart: (row) => 1 - scale.toPart(row),
    ticks: (count) => scale.ticks(count).map(({ part, text }) => ({ part: 1 - part, text })),
  }
}
