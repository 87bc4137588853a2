import { createMemo, For, Show } from 'solid-js'
import type { DrawnLine, LinesContent } from '../../model/media-content/lines-content.ts'
import { formatValue } from '../number-format.ts'
import { classColor } from './class-colors.ts'
import { ClassLegend } from './class-legend.tsx'
import { extentOf, numberScale, padded } from './number-scale.ts'
import { PlotFrame, type PlotRoom } from './plot-frame.tsx'
import { thinned } from './thinned.ts'
import './lines-plot.css'

interface LinesPlotProps {
  readonly content: LinesContent
  readonly label: string
  readonly hidden: ReadonlySet<string>
  onToggle(name: string): void
}

const AXES: Readonly<Record<LinesContent['kind'], readonly [x: string, y: string]>> = {
  roc: ['False positive rate', 'True positive rate'],
  pr: ['Recall', 'Precision'],
  calibration: ['Mean predicted probability', 'Share of positives'],
  lines: ['', ''],
}

const SCORES: Readonly<Record<LinesContent['kind'], string>> = {
  roc: 'AUC',
  pr: 'AP',
  calibration: 'ECE',
  lines: '',
}

/** This far from a point it is still meant. Unit: CSS pixels. */
const REACH = 24

/** Lines over a shared x, with what they score; a diagonal where that is what chance or perfection would give. */
export function LinesPlot(props: LinesPlotProps) {
  const kind = () => props.content.kind
  const names = createMemo(() => distinctNames(props.content.lines))
  const lines = createMemo(() =>
    props.content.lines.map((line, index) => ({
      ...thinned(line),
      name: names()[index] ?? '',
      color: classColor(index),
    })),
  )
  const shown = createMemo(() => lines().filter(({ name }) => !props.hidden.has(name)))
  const points = createMemo(() =>
    shown().flatMap((line) =>
      Array.from(line.x, (x, index) => ({ line, x, y: line.y[index] ?? Number.NaN })),
    ),
  )
  const scale = (axis: 'x' | 'y') => {
    if (kind() !== 'lines') return numberScale(0, 1)
    const extent = extentOf(lines().map((line) => line[axis]))
    return numberScale(...(axis === 'y' ? padded(extent) : extent))
  }
  const x = createMemo(() => scale('x'))
  const y = createMemo(() => scale('y'))
  const hasDiagonal = (): boolean => kind() === 'roc' || kind() === 'calibration'

  return (
    <div class="lines-plot">
      <PlotFrame
        x={x()}
        y={y()}
        xLabel={props.content.xLabel || AXES[kind()][0]}
        yLabel={props.content.yLabel || AXES[kind()][1]}
        label={props.label}
        count={points().length}
        words={(index) => {
          const point = points()[index]
          return point === undefined
            ? ''
            : `${point.line.name}: ${x().format(point.x)}, ${y().format(point.y)}`
        }}
        placeOf={(index, room) => {
          const point = points()[index]
          return point === undefined ? [0, 0] : [room.x(point.x), room.y(point.y)]
        }}
        find={(px, py, room) => nearest(points(), px, py, room)}
      >
        {(room) => (
          <>
            <Show when={hasDiagonal()}>
              <path class="lines-plot-reference" d={`M${room.x(0)},${room.y(0)}L${room.x(1)},${room.y(1)}`} />
            </Show>
            <For each={shown()}>
              {(line) => (
                <path
                  class="lines-plot-line"
                  style={{ stroke: `var(--${line.color})` }}
                  d={pathOf(line, room)}
                />
              )}
            </For>
          </>
        )}
      </PlotFrame>
      <ClassLegend
        label="Lines"
        entries={lines().map(({ name, color, score }) => ({
          name,
          color,
          rest: score === null ? '' : `${SCORES[kind()]} ${formatValue(score, 3)}`.trim(),
        }))}
        hidden={props.hidden}
        onToggle={props.onToggle}
      />
    </div>
  )
}

/** A name for each line that no other has. */
function distinctNames(lines: readonly DrawnLine[]): readonly string[] {
  const taken = new Set<string>()
  return lines.map(({ name }, index) => {
    const own = name === '' || taken.has(name) ? `${name || 'line'} ${index + 1}` : name
    taken.add(own)
    return own
  })
}

/** A line that is cut where a value is missing. */
function pathOf({ x, y }: Pick<DrawnLine, 'x' | 'y'>, room: PlotRoom): string {
  let path = ''
  let isDown = false
  for (let index = 0; index < x.length; index += 1) {
    const [px, py] = [room.x(x[index] ?? Number.NaN), room.y(y[index] ?? Number.NaN)]
    if (!Number.isFinite(px) || !Number.isFinite(py)) {
      isDown = false
      continue
    }
    path += `${isDown ? 'L' : 'M'}${px.toFixed(1)},${py.toFixed(1)}`
    isDown = true
  }
  return path
}

function nearest(
  points: readonly { readonly x: number; readonly y: number }[],
  px: number,
  py: number,
  room: PlotRoom,
): number | null {
  let found: number | null = null
  let least = REACH ** 2
  points.forEach((point, index) => {
    const distance = (room.x(point.x) - px) ** 2 + (room.y(point.y) - py) ** 2
    if (distance >= least) return
    least = distance
    found = index
  })
  return found
}
