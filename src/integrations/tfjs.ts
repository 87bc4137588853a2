import type { Run } from '../client/run.ts'
import { nextTask } from '../model/event-loop.ts'
import { logWhenRead, type UnresolvedLogs } from './scalar-reads.ts'

export type { FitCallbacks } from './tfjs-callback.ts'
export { checkpoints, type CheckpointOptions } from './tfjs-checkpoints.ts'
export { controlCallback, controlCallbacks } from './tfjs-control.ts'
export type { ControlledModel, FitControlOptions } from './tfjs-control.ts'
export { captureEnvironment } from './tfjs-environment.ts'
export { ioHandler, storedModel, type IoOptions } from './tfjs-io.ts'
export type { IoHandler } from './tfjs-model.ts'
export { fitCallbacks, trackerCallback } from './tfjs-fit.ts'
export type { FitOptions, TfCallbacks } from './tfjs-fit.ts'
export { logGradients, logWeights } from './tfjs-weights.ts'
export type { LayerLike, ModelLike, NamedTensors, TensorLogOptions } from './tfjs-weights.ts'
export { tfjsVis } from './tfjs-vis.ts'
export type { TfjsVis } from './tfjs-vis.ts'
export { nextTask }

/**
 * Logs scalar tensors of a loop of your own, reading them back without making the loop wait.
 *
 * The tensors may be disposed as soon as this returns. `run.flush` and `run.finish` wait for them; the promise tells when
 * they are read. Steps count up with the calls where none is passed.
 */
export function logScalars(
  run: Run,
  tensors: UnresolvedLogs,
  { step }: { readonly step?: number } = {},
): Promise<void> {
  return logWhenRead(run, tensors, step)
}
