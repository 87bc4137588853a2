import { err } from '../model/result.ts'
import { preparedOf, type MediaValue } from '../client/media-value.ts'
import type { Run } from '../client/run.ts'
import { lines } from '../media/drawings.ts'
import { histogram } from '../media/histogram.ts'
import { mediaFrom, mediaValue } from '../media/shown.ts'
import { table } from '../media/table.ts'
import { readTensor, type TensorLike } from '../media/tensor-like.ts'
import type { FitCallbacks } from './tfjs-callback.ts'
import { fitCallbacks } from './tfjs-fit.ts'
import { seriesOf, type HistoryLike } from './tfjs-vis-history.ts'
import { statsOf } from './tfjs-vis-stats.ts'
import type { ClassAccuracy } from './tfjs-vis-metrics.ts'
import { keep, type StepOption, type Surface } from './tfjs-vis-surface.ts'
import { namedWeights, type LayerLike, type ModelLike } from './tfjs-weights.ts'

/** The `show` of tfjs-vis, stored instead of drawn. */
export interface Show {
  /** A drawing for each metric, with its validation. */
  history(
    surface: Surface,
    history: HistoryLike,
    metrics: readonly string[],
    options?: StepOption,
  ): Promise<void>
  /** Curves of the run while it trains: these metrics of epochs and, as `batch/…`, of batches. */
  fitCallbacks(
    surface: Surface,
    metrics: readonly string[],
    options?: { readonly callbacks?: readonly string[] },
  ): FitCallbacks
  /** A table of the layers. */
  modelSummary(surface: Surface, model: ModelLike, options?: StepOption): Promise<void>
  /** A table of the weights of a layer, and a histogram of each. */
  layer(surface: Surface, layer: LayerLike, options?: StepOption): Promise<void>
  /** A table of what `metrics.perClassAccuracy` answers. */
  perClassAccuracy(
    surface: Surface,
    classAccuracy: readonly ClassAccuracy[],
    classLabels?: readonly string[],
    options?: StepOption,
  ): Promise<void>
  valuesDistribution(surface: Surface, tensor: TensorLike, options?: StepOption): Promise<void>
}

const LAYER_COLUMNS = ['Layer Name', 'Type', 'Output Shape', '# Of Params', 'Trainable']
const WEIGHT_COLUMNS = ['Weight Name', 'Shape', 'Min', 'Max', '# Params', '# Zeros', '# NaNs', '# Infinity']

export function createShow(run: Run): Show {
  return {
    history(surface, history, metrics, options) {
      const captions = { xLabel: 'Iteration', yLabel: 'Value' }
      const values: Record<string, MediaValue> = {}
      for (const [name, series] of seriesOf(history, metrics))
        values[name] = mediaFrom(() => lines(series(), captions))
      return keep(run, surface, 'history', values, options)
    },
    fitCallbacks(_surface, metrics, { callbacks = ['onEpochEnd', 'onBatchEnd'] } = {}) {
      return fitCallbacks(run, {
        metrics,
        batch: callbacks.includes('onBatchEnd'),
        epoch: callbacks.includes('onEpochEnd'),
      })
    },
    modelSummary(surface, model, options) {
      const value = mediaFrom(() => table(model.layers.map(describeLayer), LAYER_COLUMNS))
      return keep(run, surface, 'model', { '': value }, options)
    },
    layer(surface, layer, options) {
      return keep(run, surface, 'layer', describeWeights(layer), options)
    },
    perClassAccuracy(surface, classAccuracy, classLabels, options) {
      const value = mediaFrom(() =>
        table(
          classAccuracy.map(({ accuracy, count }, index) => [
            classLabels?.[index] ?? String(index),
            accuracy,
            count,
          ]),
          ['Class', 'Accuracy', '# Samples'],
        ),
      )
      return keep(run, surface, 'accuracy by class', { '': value }, options)
    },
    valuesDistribution(surface, tensor, options) {
      return keep(run, surface, 'values', { '': histogram(tensor) }, options)
    },
  }
}

function describeLayer(layer: LayerLike): readonly unknown[] {
  return [
    layer.name,
    layer.getClassName?.() ?? '',
    shapeOf(layer.outputShape),
    layer.countParams(),
    layer.trainable,
  ]
}

/** By name: the table, which has none, and the histograms. */
function describeWeights(layer: LayerLike): Readonly<Record<string, MediaValue>> {
  const values: Record<string, MediaValue> = {}
  values[''] = mediaValue(async () => {
    const rows = namedWeights(layer).map(async ([name, weight]) => {
      const read = await readTensor(weight)
      if (!read.ok) return [name, read.error]
      const { numVals, min, max, numZeros, numNans, numInfs } = statsOf(read.value.values)
      return [name, shapeOf(read.value.shape), min, max, numVals, numZeros, numNans, numInfs]
    })
    return preparedOf(table(await Promise.all(rows), WEIGHT_COLUMNS)) ?? err('no table')
  })
  try {
    for (const [name, weight] of namedWeights(layer)) values[name] = histogram(weight)
  } catch {
    // The table says why.
  }
  return values
}

/** As tfjs-vis writes it: `[batch,28,28]`, one after the other for a layer of several outputs. */
function shapeOf(shape: unknown): string {
  if (!Array.isArray(shape)) return ''
  if (Array.isArray(shape[0])) return `[${shape.map(shapeOf).join(', ')}]`
  if (shape.length === 0) return 'Scalar'
  return `[${shape.map((length: unknown, index) => (length === null && index === 0 ? 'batch' : String(length ?? ''))).join(',')}]`
}
