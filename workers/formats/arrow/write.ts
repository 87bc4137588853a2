import {
  Float64,
  Int64,
  makeData,
  makeVector,
  RecordBatch,
  Struct,
  Utf8,
  type Schema,
  type Vector,
} from 'apache-arrow'
import { areStepsWhole, countPoints, readSlices, SLICE_POINTS, type Contents } from '../contents.ts'
import type { Progress } from '../../jobs/progress.ts'
import { openBatchWriter } from './record-batch-writer.ts'
import { ARROW_VERSION, WHOLE_STEPS_VERSION } from './layout.ts'
import { createSchema, KEY_TYPE, RUN_TYPE } from './schema.ts'

/** Columns of a batch under way; series with few points share one. */
interface OpenBatch {
  readonly runs: Int32Array
  readonly keys: Int32Array
  readonly steps: Float64Array
  readonly values: Float64Array
  readonly times: Float64Array
  length: number
}

function openBatch(): OpenBatch {
  return {
    runs: new Int32Array(SLICE_POINTS),
    keys: new Int32Array(SLICE_POINTS),
    steps: new Float64Array(SLICE_POINTS),
    values: new Float64Array(SLICE_POINTS),
    times: new Float64Array(SLICE_POINTS),
    length: 0,
  }
}

/** Indexes of distinct texts, in the order they are met, as a dictionary vector holds them. */
function indexTexts(texts: readonly string[]): { distinct: string[]; indexOf: Map<string, number> } {
  const distinct = [...new Set(texts)]
  return { distinct, indexOf: new Map(distinct.map((text, index) => [text, index])) }
}

/** A vector made by hand: apache-arrow's builders compile code from strings, which the app's policy forbids. */
function textsToVector(texts: readonly string[]): Vector<Utf8> {
  const encoder = new TextEncoder()
  const valueOffsets = new Int32Array(texts.length + 1)
  const encoded = texts.map((text, index) => {
    const bytes = encoder.encode(text)
    valueOffsets[index + 1] = (valueOffsets[index] ?? 0) + bytes.length
    return bytes
  })
  const data = new Uint8Array(valueOffsets[texts.length] ?? 0)
  for (const [index, bytes] of encoded.entries()) data.set(bytes, valueOffsets[index])
  return makeVector(makeData({ type: new Utf8(), length: texts.length, nullCount: 0, valueOffsets, data }))
}

/**
 * Writes contents as an Arrow IPC file (Feather v2), uncompressed, in record batches of at most SLICE_POINTS rows.
 *
 * Cost: one batch and a few parts of the file in memory; the rest lies in the Blob.
 */
export async function writeArrow(contents: Contents, progress: Progress): Promise<Blob> {
  const { experiments, runs, series } = contents
  const total = countPoints(series)
  const hasWholeSteps = await areStepsWhole(series, progress)
  const version = hasWholeSteps ? WHOLE_STEPS_VERSION : ARROW_VERSION
  const schema = createSchema(JSON.stringify({ version, points: total, experiments, runs }), hasWholeSteps)
  const runIndex = indexTexts(series.map(({ summary }) => summary.runId))
  const keyIndex = indexTexts(series.map(({ summary }) => summary.key))
  const runTexts = textsToVector(runIndex.distinct)
  const keyTexts = textsToVector(keyIndex.distinct)

  const writer = openBatchWriter(schema)
  let done = 0
  let batch = openBatch()
  const flush = async (): Promise<void> => {
    if (batch.length === 0) return
    writer.write(closeBatch(batch, schema, hasWholeSteps, runTexts, keyTexts))
    done += batch.length
    batch = openBatch()
    await progress.report(done, total, 'points')
  }
  try {
    for (const source of series) {
      const run = runIndex.indexOf.get(source.summary.runId) ?? 0
      const key = keyIndex.indexOf.get(source.summary.key) ?? 0
      for (const { steps, values, times } of readSlices(source)) {
        if (batch.length + steps.length > SLICE_POINTS) await flush()
        const at = batch.length
        batch.length += steps.length
        batch.runs.fill(run, at, batch.length)
        batch.keys.fill(key, at, batch.length)
        batch.steps.set(steps, at)
        batch.values.set(values, at)
        batch.times.set(times, at)
      }
    }
    await flush()
  } finally {
    writer.finish()
  }
  return writer.file
}

function closeBatch(
  batch: OpenBatch,
  schema: Schema,
  hasWholeSteps: boolean,
  runTexts: Vector<Utf8>,
  keyTexts: Vector<Utf8>,
): RecordBatch {
  const { length } = batch
  const steps = batch.steps.subarray(0, length)
  const children = [
    makeData({ type: RUN_TYPE, length, dictionary: runTexts, data: batch.runs.subarray(0, length) }),
    makeData({ type: KEY_TYPE, length, dictionary: keyTexts, data: batch.keys.subarray(0, length) }),
    hasWholeSteps
      ? makeData({ type: new Int64(), length, data: BigInt64Array.from(steps, BigInt) })
      : makeData({ type: new Float64(), length, data: steps }),
    makeData({ type: new Float64(), length, data: batch.values.subarray(0, length) }),
    makeData({ type: new Float64(), length, data: batch.times.subarray(0, length) }),
  ]
  return new RecordBatch(schema, makeData({ type: new Struct(schema.fields), length, children }))
}
