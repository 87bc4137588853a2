import { flattenJson } from '../../../src/model/json.ts'
import type { Progress } from '../../jobs/progress.ts'
import {
  countPoints,
  groupSeries,
  readSlices,
  SLICE_POINTS,
  type Contents,
  type RunRecord,
  type SeriesSource,
} from '../contents.ts'
import type { FileEntry } from '../file-entries.ts'
import { makeFileNames, toFileName } from '../file-name.ts'
import { fileVersionEvent, sessionEndValue, sessionStartValue, summaryEvent, textValue } from './events.ts'
import { frame, frameScalars } from './records.ts'

/**
 * Contents as a folder a run, with an event file that TensorBoard reads: every point, series by series in log order, params as
 * hparams, notes as text. Steps are int64 there and values float32: both are rounded.
 *
 * Cost: a slice of points as events in memory.
 */
export function* tensorBoardFiles(
  { experiments, runs, series }: Contents,
  progress: Progress,
): Generator<FileEntry> {
  const sources = groupSeries(series, (runId) => runId)
  const tally: Tally = { progress, done: 0, reported: 0, total: countPoints(series) }
  const names = makeFileNames('experiment')
  // Runs of several experiments are in a folder for each.
  const folders = experiments.map(({ id, name }) => ({
    id,
    folder: experiments.length > 1 ? `${names(name)}/` : '',
    runNames: makeFileNames('run'),
  }))
  for (const record of runs) {
    const place = folders.find(({ id }) => id === record.run.experimentId)
    if (place === undefined) continue
    yield {
      name: `${place.folder}${place.runNames(record.run.name)}/${eventFileName(record)}`,
      input: records(record, sources.get(record.run.id) ?? [], tally),
    }
  }
}

/** `events.out.tfevents.<seconds>.<host>.<process>.<file>.v2`, where the host is the run. Source: event_file_writer.py of TensorBoard. */
function eventFileName({ run }: RunRecord): string {
  const seconds = String(Math.max(0, Math.floor(run.startedAt / 1000))).padStart(10, '0')
  return `events.out.tfevents.${seconds}.${toFileName(run.id, 'kymo')}.0.0.v2`
}

/** How far the export is, and what of it was reported. Unit: points. */
interface Tally {
  readonly progress: Progress
  readonly total: number
  done: number
  reported: number
}

/** Events in pieces of about JOINED_BYTES: one for each of thousands of short series would take longer than what is in them. */
async function* records(
  record: RunRecord,
  series: readonly SeriesSource[],
  tally: Tally,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  let pieces: Uint8Array<ArrayBuffer>[] = []
  let bytes = 0
  for (const piece of eventsOf(record, series, tally)) {
    pieces.push(piece)
    bytes += piece.length
    if (bytes < JOINED_BYTES) continue
    yield joinPieces(pieces, bytes)
    pieces = []
    bytes = 0
    await report(tally)
  }
  yield joinPieces(pieces, bytes)
  await report(tally)
}

const JOINED_BYTES = 2 ** 20

function joinPieces(pieces: readonly Uint8Array[], bytes: number): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(bytes)
  let at = 0
  for (const piece of pieces) {
    joined.set(piece, at)
    at += piece.length
  }
  return joined
}

/** Short runs share an answer as well. */
async function report(tally: Tally): Promise<void> {
  const { progress, done, total } = tally
  if (done - tally.reported < SLICE_POINTS && done < total) return
  tally.reported = done
  await progress.report(done, total, 'points')
}

function* eventsOf(
  { run, params }: RunRecord,
  series: readonly SeriesSource[],
  tally: Tally,
): Generator<Uint8Array<ArrayBuffer>> {
  const startTime = run.startedAt / 1000
  const endTime = run.endedAt === null ? null : run.endedAt / 1000
  const hparams = flattenJson(params)
  yield frame(fileVersionEvent(startTime))
  if (hparams.length > 0) yield frame(summaryEvent(startTime, sessionStartValue(hparams, startTime)))
  if (run.notes !== '') yield frame(summaryEvent(startTime, textValue(notesTag(series), run.notes)))
  for (const source of series) {
    for (const slice of readSlices(source)) {
      yield* frameScalars(source.summary.key, slice)
      tally.done += slice.steps.length
    }
  }
  if (hparams.length > 0)
    yield frame(summaryEvent(endTime ?? startTime, sessionEndValue(run.status, endTime)))
}

/** `notes`, unless a metric is called so. */
function notesTag(series: readonly SeriesSource[]): string {
  const keys = new Set(series.map(({ summary }) => summary.key))
  let tag = 'notes'
  while (keys.has(tag)) tag += '_'
  return tag
}
