import type { ArtifactOptions } from '../client/artifact-log.ts'
import type { Run } from '../client/run.ts'
import type { StoredArtifact } from '../client/stored-artifacts.ts'
import type { IoHandler, ModelArtifacts, SaveResult, WeightSpec } from './tfjs-model.ts'
import { duplicateWeights, sayUnloadable } from './tfjs-reload.ts'

export const MODEL_FILE = 'model.json'
export const WEIGHTS_FILE = 'weights.bin'

export interface IoOptions extends Omit<ArtifactOptions, 'type'> {
  /** Which version is loaded: an alias, `v3`; the newest when left out. */
  readonly version?: string
}

/**
 * Where a model is saved and loaded: `await model.save(ioHandler(run, 'model'), { includeOptimizer: true })`, and
 * `await tf.loadLayersModel(ioHandler(run, 'model', { version: 'best' }))`.
 *
 * Each save is a version of the artifact, in the layout of TensorFlow.js: `model.json` and `weights.bin`. Loading finds a
 * version of the experiment and notes that this run used it. Errors: both reject with what went wrong, as TensorFlow.js
 * expects of a handler.
 */
export function ioHandler(run: Run, name: string, { version, ...options }: IoOptions = {}): IoHandler {
  return {
    async save(artifacts) {
      sayUnloadable(run, name, duplicateWeights(artifacts))
      const { json, weights, result } = toFiles(artifacts)
      const contents = { [MODEL_FILE]: json, [WEIGHTS_FILE]: weights }
      const logged = await run.logArtifact(name, contents, { ...options, type: 'model' })
      if (!logged.ok) throw new Error(logged.error.message)
      return result
    },
    async load() {
      const found = await run.useArtifact(version === undefined ? name : `${name}:${version}`)
      if (!found.ok) throw new Error(found.error.message)
      return readModel(found.value)
    },
  }
}

/** Loads a version that `readArtifacts` found: `await tf.loadLayersModel(storedModel(artifact))`. */
export function storedModel(artifact: StoredArtifact): Pick<IoHandler, 'load'> {
  return { load: () => readModel(artifact) }
}

function toFiles({ weightData = [], weightSpecs = [], ...model }: ModelArtifacts): {
  readonly json: Blob
  readonly weights: Blob
  readonly result: SaveResult
} {
  const parts = weightData instanceof ArrayBuffer ? [weightData] : [...weightData]
  const weights = new Blob(parts, { type: 'application/octet-stream' })
  const weightsManifest = [{ paths: [WEIGHTS_FILE], weights: weightSpecs }]
  const text = JSON.stringify({ ...model, weightsManifest })
  return {
    json: new Blob([text], { type: 'application/json' }),
    weights,
    result: {
      modelArtifactsInfo: {
        dateSaved: new Date(),
        modelTopologyType: 'JSON',
        modelTopologyBytes: sizeOf(model.modelTopology),
        weightSpecsBytes: sizeOf(weightSpecs),
        weightDataBytes: weights.size,
      },
    },
  }
}

function sizeOf(value: unknown): number {
  return value === undefined ? 0 : new TextEncoder().encode(JSON.stringify(value)).length
}

async function readModel(artifact: StoredArtifact): Promise<ModelArtifacts> {
  const [json, weights] = [await readFile(artifact, MODEL_FILE), await readFile(artifact, WEIGHTS_FILE)]
  const { weightsManifest, ...model } = parseModel(await json.text(), artifact)
  return {
    ...model,
    weightSpecs: weightsManifest.flatMap((group) => group.weights),
    weightData: await weights.arrayBuffer(),
  }
}

async function readFile({ file, name }: StoredArtifact, path: string): Promise<Blob> {
  const found = await file(path)
  if (found.ok) return found.value
  throw new Error(`${name} holds no ${path} that can be read: ${found.error.message}`)
}

type ModelJson = Omit<ModelArtifacts, 'weightSpecs' | 'weightData'> & {
  readonly weightsManifest: readonly { readonly weights: WeightSpec[] }[]
}

function parseModel(text: string, { name, version }: StoredArtifact): ModelJson {
  const value: unknown = JSON.parse(text)
  const manifest: unknown =
    typeof value === 'object' && value !== null ? Reflect.get(value, 'weightsManifest') : null
  const isOne =
    Array.isArray(manifest) &&
    manifest.every((group) => Array.isArray((group as { readonly weights?: unknown })?.weights))
  if (!isOne) throw new Error(`version ${version} of ${name} is no model of TensorFlow.js`)
  return value as ModelJson
}
