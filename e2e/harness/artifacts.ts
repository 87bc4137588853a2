import * as tf from '@tensorflow/tfjs'
import { connectTracker } from '../../src/client/connect.ts'
import { findArtifact, init, readArtifacts, type ArtifactOptions, type Run } from '../../src/client/index.ts'
import { openSlices, SLICE_BYTES } from '../../workers/artifacts/read-blob.ts'
import { checkpoints, fitCallbacks, ioHandler } from '../../src/integrations/tfjs.ts'

const runs = new Map<string, Run>()

const FRESH_BYTES = 5 * SLICE_BYTES

/** Artifacts as a story drives them. */
export const artifacts = {
  /** Starts a run; answers its id. */
  start(experiment: string, name: string): string {
    const run = init({ experiment, name })
    runs.set(run.id, run)
    return run.id
  },

  /** Logs so many bytes; answers `ok` or the code and the words of the error. */
  async log(
    runId: string,
    name: string,
    bytes: number,
    options: ArtifactOptions & { readonly seed?: number } = {},
  ): Promise<{ readonly code: string; readonly message: string }> {
    const logged = await runs.get(runId)?.logArtifact(name, patternOf(bytes, options.seed ?? 1), options)
    if (logged === undefined) throw new Error(`there is no run ${runId}`)
    return logged.ok ? { code: 'ok', message: '' } : logged.error
  },

  /** Logs so many small versions of one name; answers how many are stored. */
  async logMany(runId: string, name: string, count: number): Promise<number> {
    const run = runs.get(runId)
    const logged = await Promise.all(
      Array.from({ length: count }, (_, step) =>
        run?.logArtifact(name, patternOf(16, step + 1), { type: 'checkpoint', step }),
      ),
    )
    return logged.filter((each) => each?.ok === true).length
  },

  /** How many of so many files, each forgotten by everybody else, are read to their end within three seconds. */
  async readFresh(count: number): Promise<number> {
    let read = 0
    for (let each = 0; each < count; each += 1) {
      const deadline = new Promise((resolve) => setTimeout(resolve, 3_000, 0))
      const length = readToEnd(new Blob([new Uint8Array(FRESH_BYTES)]))
      if ((await Promise.race([length, deadline])) === FRESH_BYTES) read += 1
    }
    return read
  },

  /** Logs files of so many bytes each under one name; answers the code. */
  async logFiles(
    runId: string,
    name: string,
    files: Readonly<Record<string, number>>,
    options: ArtifactOptions = {},
  ): Promise<string> {
    const contents = Object.entries(files).map(([path, bytes], index) => [path, patternOf(bytes, index)])
    const logged = await runs.get(runId)?.logArtifact(name, Object.fromEntries(contents), options)
    return logged?.ok === true ? 'ok' : (logged?.error.code ?? 'no run')
  },

  /** Says that a run uses a version; answers whether it is there. */
  use: async (runId: string, reference: string): Promise<boolean> =>
    (await runs.get(runId)?.useArtifact(reference))?.ok === true,

  /** Logs points, so that the run has something to tell. */
  async points(runId: string, key: string, values: readonly number[]): Promise<void> {
    values.forEach((value, step) => runs.get(runId)?.log({ [key]: value }, { step }))
    await runs.get(runId)?.flush()
  },

  finish: async (runId: string): Promise<boolean> => (await runs.get(runId)?.finish())?.ok === true,

  /** What is stored: name, version, aliases and the digest of the only file of each. */
  async list(): Promise<readonly string[]> {
    const stored = await readArtifacts()
    if (!stored.ok) throw new Error(stored.error.message)
    return stored.value.map(
      ({ name, version, aliases, files }) =>
        `${name} v${version} [${aliases.join(', ')}] ${files[0]?.digest.slice(0, 12) ?? ''}`,
    )
  },

  /** The digest of the bytes themselves, as they are read back. */
  async digest(reference: string): Promise<string> {
    const stored = await readArtifacts()
    if (!stored.ok) throw new Error(stored.error.message)
    const file = await findArtifact(stored.value, reference)?.file()
    if (file?.ok !== true) throw new Error(file?.error.message ?? `there is no ${reference}`)
    return sha256(await file.value.arrayBuffer())
  },

  /**
   * Trains, saves after a few epochs and goes on; then loads what was saved and goes on from there. Answers the largest
   * difference between both, of weights and of what the optimizer keeps.
   */
  async resume(): Promise<{ readonly weights: number; readonly slots: number }> {
    await tf.setBackend('cpu')
    const data = {
      xs: tf.linspace(-1, 1, 64).reshape([64, 1]),
      ys: tf.linspace(-1, 1, 64).square().reshape([64, 1]),
    }
    const run = init({ experiment: 'resume', name: 'first' })
    const first = createModel()
    await fit(first, data, 3)
    await first.save(ioHandler(run, 'model'), { includeOptimizer: true })
    await fit(first, data, 3)
    const second = await tf.loadLayersModel(ioHandler(run, 'model'))
    await fit(second, data, 3)
    const answer = {
      weights: difference(first.getWeights(), second.getWeights()),
      slots: difference(await slotsOf(first), await slotsOf(second)),
    }
    await run.finish()
    return answer
  },

  /** Trains with checkpoints; answers what is stored of them. */
  async checkpoint(): Promise<readonly string[]> {
    await tf.setBackend('cpu')
    const data = { xs: tf.linspace(-1, 1, 64).reshape([64, 1]), ys: tf.linspace(-1, 1, 64).reshape([64, 1]) }
    const run = init({ experiment: 'checkpoints', name: 'kept' })
    const model = createModel()
    await model.fit(data.xs, data.ys, {
      epochs: 6,
      verbose: 0,
      callbacks: [fitCallbacks(run), checkpoints(run, model, { keep: 2 })],
    })
    await run.finish()
    const stored = await readArtifacts({ experiment: 'checkpoints' })
    if (!stored.ok) throw new Error(stored.error.message)
    return stored.value.map(
      ({ version, aliases, erasedAt }) =>
        `v${version} ${aliases.join(' ')} ${erasedAt === null ? 'kept' : 'given up'}`,
    )
  },

  /** Rows of blobs that are stored. */
  async blobs(): Promise<number> {
    const answer = await connectTracker().api.readStorage()
    return answer.ok ? answer.value.databaseBytes : 0
  },
}

export type Artifacts = typeof artifacts

/** Bytes that do not repeat within a megabyte, nor with another seed. */
function patternOf(bytes: number, seed: number): Blob {
  const words = new Uint32Array(2 ** 18)
  const parts: Uint32Array<ArrayBuffer>[] = []
  for (let at = 0; at < bytes; at += words.byteLength) {
    const part = words.map((_, index) => (index + 1) * (seed + at + 1) * 2_654_435_761)
    parts.push(part.subarray(0, Math.ceil(Math.min(words.byteLength, bytes - at) / 4)))
  }
  return new Blob(parts)
}

async function sha256(bytes: ArrayBuffer): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

function createModel(): tf.LayersModel {
  const seed = 7
  const model = tf.sequential({
    layers: [
      tf.layers.dense({
        units: 8,
        activation: 'tanh',
        inputShape: [1],
        kernelInitializer: tf.initializers.glorotUniform({ seed }),
      }),
      tf.layers.dense({ units: 1, kernelInitializer: tf.initializers.glorotUniform({ seed }) }),
    ],
  })
  model.compile({ optimizer: tf.train.adam(0.01), loss: 'meanSquaredError' })
  return model
}

async function fit(
  model: tf.LayersModel,
  { xs, ys }: { readonly xs: tf.Tensor; readonly ys: tf.Tensor },
  epochs: number,
): Promise<void> {
  await model.fit(xs, ys, { epochs, shuffle: false, verbose: 0, batchSize: 16 })
}

async function slotsOf(model: tf.LayersModel): Promise<tf.Tensor[]> {
  return (await model.optimizer.getWeights()).map(({ tensor }) => tensor as tf.Tensor)
}

/** The largest difference of any two that belong together. */
function difference(a: tf.Tensor[], b: tf.Tensor[]): number {
  return Math.max(...a.map((tensor, index) => distance(tensor, b[index])))
}

function distance(a: tf.Tensor, b: tf.Tensor | undefined): number {
  if (b === undefined) return Number.POSITIVE_INFINITY
  return tf.tidy(() => Number(a.sub(b).abs().max().dataSync()[0]))
}

async function readToEnd(blob: Blob): Promise<number> {
  const reader = openSlices(blob)
  let length = 0
  for (let bytes = await reader.next(new ArrayBuffer(SLICE_BYTES)); bytes.length > 0;) {
    length += bytes.length
    bytes = await reader.next(bytes.buffer)
  }
  return length
}
