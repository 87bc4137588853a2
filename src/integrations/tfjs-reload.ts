import { describeThrown } from '../client/refusals.ts'
import type { Run } from '../client/run.ts'
import { warnOnce } from '../client/warn.ts'
import type { IoHandler, ModelArtifacts } from './tfjs-model.ts'

/** What was said of the models of a run: each once. */
const said = new WeakMap<Run, Set<string>>()

/** As much as is kept of what TensorFlow.js says. Unit: UTF-16 code units. */
const MAX_MESSAGE = 300

/** Models that were looked at whole. */
const checked = new WeakSet<object>()

/** Says on the console and on the run that what is being saved cannot be loaded, and what helps while the weights exist. */
export function sayUnloadable(run: Run, name: string, why: string | null): void {
  if (why !== null) say(run, `${name} is stored, but TensorFlow.js will not load it: ${why}`)
}

/** The same of what TensorFlow.js does not even write. */
export function sayUnwritten(run: Run, name: string, what: string, thrown: unknown): void {
  const message = thrown instanceof Error ? thrown.message : String(thrown)
  say(
    run,
    `${name} is stored without ${what}, which TensorFlow.js cannot write: ${message.slice(0, MAX_MESSAGE)}`,
  )
}

function say(run: Run, text: string): void {
  const before = said.get(run) ?? new Set()
  said.set(run, before)
  if (before.has(text)) return
  before.add(text)
  run.mark(text)
  warnOnce(`run ${run.name}: ${text}`)
}

/**
 * The handler, which looks before it stores for the first time whether the model can be loaded again: when it is needed
 * its weights are gone.
 */
export function checkingHandler(run: Run, name: string, model: object, handler: IoHandler): IoHandler {
  if (checked.has(model)) return handler
  return {
    load: handler.load,
    save(artifacts) {
      checked.add(model)
      sayUnloadable(run, name, duplicateWeights(artifacts) ?? whyNotRebuilt(model, artifacts))
      return handler.save(artifacts)
    },
  }
}

/** Loading is by name. */
export function duplicateWeights({ weightSpecs = [] }: ModelArtifacts): string | null {
  const names = new Set<string>()
  for (const { name, group } of weightSpecs) {
    if (group === 'optimizer') continue
    if (names.has(name))
      return `two weights are named ${name}. Give each weight, and each layer of models within models or of your own layers, a name of its own`
    names.add(name)
  }
  return null
}

/**
 * Builds the model once more from what is stored of its topology, as loading does, and compares the weights.
 *
 * Cost: weights of the same sizes, all of them 0, for a moment.
 */
function whyNotRebuilt(model: object, { trainingConfig }: ModelArtifacts): string | null {
  const before = namesOf(model)
  const config = call(model, 'getConfig')
  if (config === undefined) return null
  let rebuilt: unknown
  try {
    // Weights are not initialized: they would be loaded.
    rebuilt = call(model.constructor, 'fromConfig', model.constructor, config, {}, true)
    const missing = differing(before, namesOf(rebuilt))
    if (missing !== null)
      return `built anew it has other weights, such as ${missing}. Return from getConfig of its layer all that its constructor is passed`
    if (trainingConfig !== undefined) call(rebuilt, 'loadTrainingConfig', trainingConfig)
    return null
  } catch (thrown) {
    return remedyOf(thrown)
  } finally {
    disposeAll(rebuilt)
  }
}

/** A model disposes neither an optimizer that it was passed, as loading does, nor what models within it hold. */
function disposeAll(model: unknown): void {
  const { weights, optimizer } = Object(model)
  call(optimizer, 'dispose')
  call(model, 'dispose')
  for (const weight of Array.isArray(weights) ? weights : [])
    if (Object(Object(weight)['val'])['isDisposed'] === false) call(weight, 'dispose')
}

function remedyOf(thrown: unknown): string {
  const message = thrown instanceof Error ? thrown.message : String(thrown)
  const [, kind, name] = /^Unknown (\w+): (\S+?)\.? This may be/.exec(message) ?? []
  if (name === undefined)
    return `building it anew fails (${describeThrown(thrown)}). Return from getConfig of its layers all that their constructors are passed`
  return `the ${kind} ${name} is not registered. Call tf.serialization.registerClass(${name}) wherever it is saved and loaded`
}

/** The shapes of the weights by their names; null for what is no layers model. */
function namesOf(model: unknown): ReadonlyMap<string, string> {
  const weights: unknown = Object(model)['weights']
  if (!Array.isArray(weights)) return new Map()
  return new Map(
    weights.map((weight: unknown): [string, string] => [
      String(Object(weight)['originalName']),
      String(Object(weight)['shape']),
    ]),
  )
}

/** The first weight that is not the same in both. */
function differing(one: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>): string | null {
  for (const [name, shape] of one) if (other.get(name) !== shape) return `no ${name} of shape [${shape}]`
  for (const name of other.keys()) if (!one.has(name)) return name
  return null
}

function call(of: unknown, method: string, ...values: readonly unknown[]): unknown {
  const found: unknown = Object(of)[method]
  return typeof found === 'function' ? Reflect.apply(found, of, values) : undefined
}
