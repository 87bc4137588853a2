import { isJsonObject, parseJson, type JsonObject } from '../../../src/model/json.ts'
import { NO_POINTS, type PointColumns, type PointSection } from '../../../src/model/log-batch.ts'
import type { ExperimentRecord, Part, RunRecord } from '../contents.ts'
import type { Progress } from '../../jobs/progress.ts'
import { Unreadable } from '../../jobs/errors.ts'
import { parseExperiment, parseRunRecord } from '../parse-run.ts'
import { runsToChanges } from '../run-changes.ts'
import { readDictionary, readFooter, readRecordBatch, wholeView, type Batch } from './file.ts'
import { damaged } from './flatbuffer.ts'
import {
  ARROW_VERSION,
  COLUMNS,
  KEY_DICTIONARY,
  METADATA_KEY,
  RUN_DICTIONARY,
  WHOLE_STEPS_VERSION,
} from './layout.ts'

/**
 * Reads an Arrow file that Kymo exported, batch by batch.
 *
 * The bytes are read by our own hands, not by the library that writes them: it trusts lengths that a damaged file lies
 * about, and then runs for minutes or out of memory. Errors: throws `Unreadable`. Cost: one record batch in memory.
 */
export async function* readArrow(file: Blob, progress: Progress): AsyncGenerator<Part> {
  const footer = await readFooter(file)
  const { version, experiments, runs, points: total } = parseMetadata(footer.metadata.get(METADATA_KEY))
  if (footer.columns.join() !== COLUMNS.join()) {
    throw new Unreadable('file-corrupt', `its columns are ${footer.columns.join(', ')}`)
  }
  yield { changes: runsToChanges(experiments, runs), points: NO_POINTS }
  const texts = new Map<number, readonly string[]>()
  for (const block of footer.dictionaries) {
    const dictionary = await readDictionary(file, block)
    texts.set(dictionary.id, dictionary.texts)
  }
  const runIds = texts.get(RUN_DICTIONARY) ?? []
  const keys = texts.get(KEY_DICTIONARY) ?? []
  let done = 0
  for (const block of footer.recordBatches) {
    const batch = await readRecordBatch(file, block)
    yield { changes: [], points: batchToPoints(batch, version > WHOLE_STEPS_VERSION, runIds, keys) }
    done += batch.length
    await progress.report(done, total, 'points')
  }
  if (done !== total) throw new Unreadable('file-corrupt', `it says it has ${total} points but holds ${done}`)
}

interface Metadata {
  readonly version: number
  readonly points: number
  readonly experiments: readonly ExperimentRecord[]
  readonly runs: readonly RunRecord[]
}

function parseMetadata(text: string | undefined): Metadata {
  if (text === undefined) {
    throw new Unreadable('file-not-recognised', 'it is an Arrow file, but not one exported by Kymo')
  }
  const metadata = parseJson(text)
  if (!isJsonObject(metadata)) throw new Unreadable('file-corrupt', 'its description of the runs is damaged')
  const version = Number(metadata['version'])
  if (version > ARROW_VERSION) {
    throw new Unreadable('file-newer', 'it was written by a newer Kymo than this one; reload to get it')
  }
  return {
    version,
    points: Number(metadata['points']),
    experiments: list(metadata, 'experiments').map(parseExperiment),
    runs: list(metadata, 'runs').map(parseRunRecord),
  }
}

function list(metadata: JsonObject, name: string): readonly JsonObject[] {
  const value = metadata[name]
  if (!Array.isArray(value)) throw new Unreadable('file-corrupt', `its list of ${name} is missing`)
  return value as readonly JsonObject[]
}

/** Rows come series by series, so each stretch of equal run and metric is one section. */
function batchToPoints(
  batch: Batch,
  hasRealSteps: boolean,
  runIds: readonly string[],
  keys: readonly string[],
): PointColumns {
  const { length } = batch
  const column = (index: number): Uint8Array<ArrayBuffer> => {
    // Each column has a validity bitmap, empty because nothing is null, and its values.
    const bytes = batch.buffers[index * 2 + 1]
    if (bytes === undefined) throw damaged()
    return bytes
  }
  const runs = wholeView(column(0), Int32Array, length)
  const metrics = wholeView(column(1), Int32Array, length)
  const steps = hasRealSteps
    ? wholeView(column(2), Float64Array, length)
    : Float64Array.from(wholeView(column(2), BigInt64Array, length), Number)
  const values = wholeView(column(3), Float64Array, length)
  const times = wholeView(column(4), Float64Array, length)
  const columns = new Float64Array(length * 3)
  const sections: PointSection[] = []
  for (let from = 0, to = 0; from < length; from = to) {
    while (to < length && runs[to] === runs[from] && metrics[to] === metrics[from]) to += 1
    const runId = runIds[runs[from] ?? -1]
    const key = keys[metrics[from] ?? -1]
    if (runId === undefined || key === undefined) throw damaged()
    sections.push({ runId, key, count: to - from })
    for (const [index, numbers] of [steps, values, times].entries()) {
      columns.set(numbers.subarray(from, to), from * 3 + index * (to - from))
    }
  }
  return { sections, columns }
}
