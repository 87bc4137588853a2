import { RecordBatchReader, type RecordBatch, type Schema } from 'apache-arrow'
import type { Experiment } from '../../../src/model/experiment.ts'
import { isJsonObject, parseJson, type JsonObject } from '../../../src/model/json.ts'
import { NO_POINTS, type PointColumns } from '../../../src/model/log-batch.ts'
import { Unreadable, type Part, type Progress, type RunRecord } from '../contents.ts'
import { makeSectionParts } from '../section-parts.ts'
import { parseExperiment, parseRunRecord } from '../parse-run.ts'
import { runToChanges } from '../run-changes.ts'
import { ARROW_VERSION, METADATA_KEY } from './schema.ts'

/**
 * Reads an Arrow file that Kymo exported, batch by batch.
 *
 * Errors: throws `Unreadable`. Cost: one record batch in memory.
 */
export async function* readArrow(file: Blob, progress: Progress): AsyncGenerator<Part> {
  const source = openBlob(file)
  const opening: Promise<RecordBatchReader> = RecordBatchReader.from(source.handle)
  const reader = await corruptUnless(opening.then((reader) => reader.open()))
  const { experiments, runs } = parseMetadata(reader.schema)
  yield { changes: runsToChanges(experiments, runs), points: NO_POINTS }
  const known = new Set(runs.map((record) => record.run.id))
  for (;;) {
    const next = await corruptUnless(Promise.resolve(reader.next()))
    if (next.done === true) return
    yield { changes: [], points: batchToPoints(next.value, known) }
    await progress.report(source.position(), file.size, 'bytes')
  }
}

/** What the library asks of a file, which its types only say in Node's words. */
type FileHandle = Extract<Parameters<typeof RecordBatchReader.from>[0], { readonly fd: number }>

interface BlobFile {
  readonly handle: FileHandle
  /** Where the latest read ended. */
  position(): number
}

/**
 * A Blob as the library's random access file, which is how it reads one without holding all of it. (Its stream reader
 * cannot: the files it writes name their schema only in the footer.)
 */
function openBlob(file: Blob): BlobFile {
  let position = 0
  const handle = {
    fd: 0,
    stat: () => Promise.resolve({ size: file.size }),
    async read(buffer: Uint8Array, offset: number, length: number, from: number) {
      const bytes = new Uint8Array(await file.slice(from, from + length).arrayBuffer())
      buffer.set(bytes, offset)
      position = from + bytes.length
      return { bytesRead: bytes.length, buffer }
    },
    close: () => Promise.resolve(),
  }
  return { handle: handle as unknown as FileHandle, position: () => position }
}

/** The library throws plain errors for bytes it cannot make sense of. */
async function corruptUnless<T>(promise: Promise<T>): Promise<T> {
  try {
    return await promise
  } catch {
    throw new Unreadable('file-corrupt', 'its Arrow data is damaged')
  }
}

function parseMetadata(schema: Schema): { experiments: Experiment[]; runs: RunRecord[] } {
  const text = schema.metadata.get(METADATA_KEY)
  if (text === undefined) {
    throw new Unreadable('file-not-recognised', 'it is an Arrow file, but not one exported by Kymo')
  }
  const metadata = parseJson(text)
  if (!isJsonObject(metadata)) throw new Unreadable('file-corrupt', 'its description of the runs is damaged')
  if (Number(metadata['version']) > ARROW_VERSION) {
    throw new Unreadable('file-newer', 'it was written by a newer Kymo than this one')
  }
  return {
    experiments: list(metadata, 'experiments').map(parseExperiment),
    runs: list(metadata, 'runs').map(parseRunRecord),
  }
}

function list(metadata: JsonObject, name: string): readonly JsonObject[] {
  const value = metadata[name]
  if (!Array.isArray(value)) throw new Unreadable('file-corrupt', `its list of ${name} is missing`)
  return value as readonly JsonObject[]
}

function runsToChanges(experiments: readonly Experiment[], runs: readonly RunRecord[]): Part['changes'] {
  const byId = new Map(experiments.map((experiment) => [experiment.id, experiment]))
  return runs.flatMap((record) => {
    const experiment = byId.get(record.run.experimentId)
    if (experiment === undefined) throw new Unreadable('file-corrupt', 'it holds a run of no experiment')
    return runToChanges(record, experiment)
  })
}

function batchToPoints(batch: RecordBatch, known: ReadonlySet<string>): PointColumns {
  const column = (name: string): { get(row: number): unknown } => {
    const vector = batch.getChild(name)
    if (vector === null) throw new Unreadable('file-corrupt', `its column ${name} is missing`)
    return vector
  }
  const runs = column('run_id')
  const keys = column('key')
  const steps = column('step')
  const values = column('value')
  const times = column('time')
  const parts = makeSectionParts()
  for (let row = 0; row < batch.numRows; row += 1) {
    const runId = runs.get(row)
    const key = keys.get(row)
    const step = Number(steps.get(row))
    const value = values.get(row)
    const time = Number(times.get(row))
    if (
      typeof runId !== 'string' ||
      typeof key !== 'string' ||
      typeof value !== 'number' ||
      !known.has(runId) ||
      !Number.isSafeInteger(step) ||
      !Number.isFinite(time)
    ) {
      throw new Unreadable('file-corrupt', 'it holds a point that is none')
    }
    parts.add(runId, key, step, value, time)
  }
  return parts.close()
}
