import type { Captions } from '../model/media-content/drawing.ts'
import type { Run } from '../client/run.ts'
import { confusionMatrix } from '../media/confusion-matrix.ts'
import { bars, heatmap, lines } from '../media/drawings.ts'
import { histogram } from '../media/histogram.ts'
import type { NumbersLike } from '../media/numbers.ts'
import { scatter } from '../media/scatter.ts'
import { mediaFrom } from '../media/shown.ts'
import { table } from '../media/table.ts'
import { isTensorLike, type TensorLike } from '../media/tensor-like.ts'
import { keep, type StepOption, type Surface } from './tfjs-vis-surface.ts'

interface Point {
  readonly x: number
  readonly y: number
}

interface XyValues {
  readonly values: readonly Point[] | readonly (readonly Point[])[]
  readonly series?: readonly string[]
}

type Options = StepOption & Omit<Captions, 'title'>

/** The `render` of tfjs-vis: the same shapes, stored instead of drawn. What only styles a drawing is ignored. */
export interface Render {
  linechart(surface: Surface, data: XyValues, options?: Options): Promise<void>
  scatterplot(surface: Surface, data: XyValues, options?: Options): Promise<void>
  barchart(
    surface: Surface,
    data: readonly { readonly index: number | string; readonly value: number }[],
    options?: Options,
  ): Promise<void>
  histogram(
    surface: Surface,
    data: NumbersLike | readonly { readonly value: number }[],
    options?: Options & { readonly maxBins?: number },
  ): Promise<void>
  heatmap(
    surface: Surface,
    data: {
      readonly values: NumbersLike
      readonly xTickLabels?: readonly string[]
      readonly yTickLabels?: readonly string[]
    },
    options?: Options & { readonly rowMajor?: boolean },
  ): Promise<void>
  confusionMatrix(
    surface: Surface,
    data: { readonly values: NumbersLike; readonly tickLabels?: readonly string[] },
    options?: Options,
  ): Promise<void>
  table(
    surface: Surface,
    data: { readonly headers: readonly string[]; readonly values: readonly (readonly unknown[])[] },
    options?: StepOption,
  ): Promise<void>
}

export function createRender(run: Run): Render {
  return {
    linechart(surface, data, options) {
      const value = mediaFrom(() => lines(overOwnX(data), options))
      return keep(run, surface, 'linechart', { '': value }, options)
    },
    scatterplot(surface, data, options) {
      const value = mediaFrom(() => scatter(Object.fromEntries(bySeries(data)), options))
      return keep(run, surface, 'scatterplot', { '': value }, options)
    },
    barchart(surface, data, options) {
      const value = mediaFrom(() =>
        bars(
          data.map(({ value }) => value),
          data.map(({ index }) => index),
          options,
        ),
      )
      return keep(run, surface, 'barchart', { '': value }, options)
    },
    histogram(surface, data, options) {
      const value = mediaFrom(() => histogram(plainValues(data), { bins: options?.maxBins ?? DEFAULT_BINS }))
      return keep(run, surface, 'histogram', { '': value }, options)
    },
    heatmap(surface, data, options) {
      const value = mediaFrom(() => {
        const { values, xTickLabels: xLabels, yTickLabels: yLabels } = data
        const labels = { ...options, ...(xLabels && { xLabels }), ...(yLabels && { yLabels }) }
        return options?.rowMajor === true
          ? heatmap(values, labels)
          : byColumns(values, (rows) => heatmap(rows, labels))
      })
      return keep(run, surface, 'heatmap', { '': value }, options)
    },
    confusionMatrix(surface, data, options) {
      const value = mediaFrom(() => {
        const { values: matrix, tickLabels: labels } = data
        return confusionMatrix({ matrix, ...(labels && { labels }) })
      })
      return keep(run, surface, 'confusion matrix', { '': value }, options)
    },
    table(surface, data, options) {
      const value = mediaFrom(() => table(data.values, data.headers))
      return keep(run, surface, 'table', { '': value }, options)
    },
  }
}

/** As many as tfjs-vis draws. */
const DEFAULT_BINS = 12

function bySeries({
  values,
  series,
}: XyValues): readonly (readonly [name: string, points: readonly Point[]])[] {
  const all = (Array.isArray(values[0]) ? values : [values]) as readonly (readonly Point[])[]
  return all.map((points, index) => [series?.[index] ?? `Series ${index + 1}`, points])
}

function overOwnX(data: XyValues) {
  const named = bySeries(data).map(([name, points]) => [
    name,
    { x: points.map(({ x }) => x), y: points.map(({ y }) => y) },
  ])
  return Object.fromEntries(named) as Record<string, { x: number[]; y: number[] }>
}

function plainValues(data: NumbersLike | readonly { readonly value: number }[]): NumbersLike {
  if (!Array.isArray(data)) return data as NumbersLike
  return data.map((one: unknown) =>
    typeof one === 'object' && one !== null && 'value' in one ? (one.value as number) : (one as number),
  )
}

interface Transposable extends TensorLike {
  transpose(): TensorLike
}

/** Columns, as tfjs-vis takes them, as rows. */
function byColumns<T>(columns: NumbersLike, use: (rows: NumbersLike) => T): T {
  if (isTensorLike(columns) && 'transpose' in columns) {
    const rows = (columns as Transposable).transpose()
    try {
      return use(rows)
    } finally {
      // What uses it has taken a clone.
      rows.dispose?.()
    }
  }
  const lists = Array.from(columns as ArrayLike<ArrayLike<number>>)
  const height = lists[0]?.length ?? 0
  return use(Array.from({ length: height }, (_, row) => lists.map((column) => column[row] ?? Number.NaN)))
}
