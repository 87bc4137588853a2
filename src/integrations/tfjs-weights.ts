import { err } from '../model/result.ts'
import type { MediaValue } from '../client/media-value.ts'
import { describeThrown } from '../client/refusals.ts'
import type { Run } from '../client/run.ts'
import { histogram } from '../media/histogram.ts'
import { mediaValue } from '../media/shown.ts'
import type { TensorLike } from '../media/tensor-like.ts'

/** A layer, as far as it is described here. */
export interface LayerLike {
  readonly name: string
  readonly trainable: boolean
  readonly outputShape: unknown
  readonly weights: readonly { readonly name: string; readonly originalName?: string }[]
  countParams(): number
  getWeights(): readonly TensorLike[]
  getClassName?(): string
}

export interface ModelLike {
  readonly layers: readonly LayerLike[]
}

export type NamedTensors = Readonly<Record<string, TensorLike>>

export interface TensorLogOptions {
  readonly step?: number | undefined
  /** What stands before the names; `weights` or `gradients` when left out. */
  readonly prefix?: string | undefined
  /** Of each histogram; 64 when left out. */
  readonly bins?: number | undefined
}

/**
 * Logs a histogram of every weight of a model, or of variables by name, as `weights/dense_1/kernel`, …
 *
 * The weights may change or be disposed as soon as this returns. Cost: reads all of them back.
 */
export function logWeights(run: Run, of: ModelLike | NamedTensors, options: TensorLogOptions = {}): void {
  logTensors(run, 'weights', () => (isModel(of) ? modelWeights(of) : Object.entries(of)), options)
}

/** Logs a histogram of every gradient: of the answer of `tf.variableGrads`, or of tensors by name. */
export function logGradients(
  run: Run,
  of: { readonly grads: NamedTensors } | NamedTensors,
  options: TensorLogOptions = {},
): void {
  logTensors(run, 'gradients', () => Object.entries(hasGrads(of) ? of.grads : of), options)
}

/**
 * The weights of a layer by name.
 *
 * TensorFlow.js numbers the names of weights on over all models of a page; the names from before are the same for the same
 * layer of each model, so that runs can be compared.
 */
export function namedWeights(layer: LayerLike): readonly NamedTensor[] {
  return layer.getWeights().map((weight, index) => {
    const { originalName, name = String(index) } = layer.weights[index] ?? {}
    return [originalName ?? `${layer.name}/${name}`, weight]
  })
}

type NamedTensor = readonly [name: string, tensor: TensorLike]

/** The weights of all layers; layers without a name of their own are numbered anew from 1, for the same reason. */
function modelWeights({ layers }: ModelLike): readonly NamedTensor[] {
  const counts = new Map<string, number>()
  return layers.flatMap((layer) => {
    const kind = layer.getClassName?.() ?? ''
    const [, base] = /^(.+_[A-Z]\w*?)\d+$/.exec(layer.name) ?? []
    const isNumbered = base !== undefined && kind !== '' && base.endsWith(`_${kind}`)
    if (isNumbered) counts.set(base, (counts.get(base) ?? 0) + 1)
    const name = isNumbered ? `${base}${counts.get(base) ?? 1}` : layer.name
    return namedWeights(layer).map(([weight, tensor]): NamedTensor => [
      weight.replace(`${layer.name}/`, `${name}/`),
      tensor,
    ])
  })
}

function logTensors(
  run: Run,
  prefixWhenLeftOut: string,
  read: () => readonly NamedTensor[],
  { step, prefix = prefixWhenLeftOut, bins }: TensorLogOptions,
): void {
  const values: Record<string, MediaValue> = {}
  try {
    for (const [name, tensor] of read())
      values[`${prefix}/${name}`] = histogram(tensor, bins === undefined ? {} : { bins })
  } catch (thrown) {
    // Refused by its name: a model that is disposed, or none.
    return run.log({ [prefix]: mediaValue(() => err(describeThrown(thrown))) }, { step })
  }
  run.log(values, { step })
}

function isModel(of: ModelLike | NamedTensors): of is ModelLike {
  return Array.isArray(of.layers)
}

function hasGrads(
  of: { readonly grads: NamedTensors } | NamedTensors,
): of is { readonly grads: NamedTensors } {
  return 'grads' in of && typeof of.grads === 'object' && !('shape' in of.grads)
}
