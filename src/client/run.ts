import type { EndStatus, Params, RunStatus } from '../model/run.ts'
import type { Result } from '../model/result.ts'
import type { RunId } from '../model/units.ts'
import type { TrackerError } from '../protocol/tracker-error.ts'
import type { ArtifactContents, ArtifactOptions, LoggedArtifact } from './artifact-log.ts'
import type { CodeOptions, DatasetOptions, DatasetValue } from './capture/capture-options.ts'
import type { ConsoleCaptureOptions } from './console-capture.ts'
import type { Barrier, BarrierOptions } from './control.ts'
import type { Durability } from './durability.ts'
import type { LiveParams } from './live-params.ts'
import type { LogOptions, Metrics } from './metric-log.ts'
import type { StoredArtifact } from './stored-artifacts.ts'
import type { SystemOptions } from './system/system-options.ts'

/** A training that is being tracked. Nothing here throws, and nothing but `flush` and `finish` makes you wait. */
export interface Run {
  readonly id: RunId
  /** Of a run that is resumed what is stored, once `flush` has answered; the same of `params`. */
  readonly name: string
  readonly status: RunStatus
  readonly params: Params
  /** How many values were refused, because they were no numbers or came after `finish`. */
  readonly refusedCount: number

  /** Logs any number of named numbers and arrays at one step. Cost: well under a microsecond a number; an array is copied. */
  log(metrics: Metrics, options?: LogOptions): void

  setName(name: string): void
  setNotes(notes: string): void
  /** Adds params that were not known at the start. */
  setParams(params: Readonly<Record<string, unknown>>): void
  /** A null removes the tag. */
  setTag(key: string, value: string | null): void
  /** Says that something happened, at the last step that was logged unless another is given: “new data”, “lr halved”. */
  mark(text: string, options?: { readonly step?: number | undefined }): void
  /** Results that are not curves: the best score, the name of the model, … */
  summary(values: Readonly<Record<string, unknown>>): void
  /**
   * Stores named bytes as the next version of that name: `run.logArtifact('model', blob, { aliases: ['best'] })`.
   *
   * Resolves when they are durable; `finish` waits for it. Errors: `storage-full`, `artifact-malformed`; then nothing of it is
   * kept. Cost: the bytes are read, digested and written by other threads, a few megabytes at a time.
   */
  logArtifact(
    name: string,
    contents: ArtifactContents,
    options?: ArtifactOptions,
  ): Promise<Result<LoggedArtifact, TrackerError>>
  /**
   * Finds a version by `name`, `name:alias` or `name:v3` in the experiment, and notes that this run used it. An alias means
   * what this run made, where it has one, else as `findArtifact` says.
   */
  useArtifact(reference: string): Promise<Result<StoredArtifact, TrackerError>>
  /**
   * Where a loop may be paused, stepped and stopped from any dashboard, its params set, and a checkpoint asked for:
   *
   * `const { stop, params } = await run.checkpointBarrier({ params: { lr }, checkpoint: () => save(model) })`
   *
   * Never rejects. Cost: under a microsecond while nothing is asked; a macrotask at most every 50 ms, to hear what is.
   */
  checkpointBarrier<P extends LiveParams = Record<never, never>>(
    options?: BarrierOptions<P>,
  ): Promise<Barrier<P>>
  /** Keeps what this page or worker says on its console from now on, and errors nobody catches. Returns how to stop. */
  captureConsole(options?: ConsoleCaptureOptions): () => void
  /**
   * Logs every two seconds how the machine is doing: heap, lag, frames, tensors when `tf` is passed, and what Kymo itself
   * costs, as metrics `system/…`; and notes when the thread was busy for long or the graphics context lost. Returns how to
   * stop. Its code is loaded when it is first called.
   */
  captureSystem(options?: SystemOptions): () => void
  /**
   * Keeps the code of the training, `{ source: import.meta.url }`, as the artifact `code`, and its digest, git commit and
   * seed in the environment. Never rejects; resolves when all is durable, and `finish` waits for it.
   */
  captureCode(options?: CodeOptions): Promise<void>
  /**
   * Keeps what a dataset is, not its values: a fingerprint, its columns and classes. It stays as it is until this resolves,
   * which it always does; `finish` waits for it.
   */
  logDataset(name: string, data: DatasetValue, options?: DatasetOptions): Promise<void>
  /** Ends the run as failed, and keeps the error with its stack. Resolves like `finish`. */
  fail(error: unknown): Promise<Durability>
  /** Adds to what is known of the machine. */
  setEnvironment(environment: Readonly<Record<string, unknown>>): void

  /**
   * Resolves when everything said so far is durable, uploads and digests and what is still read or encoded with it, or with
   * the reason why it is not yet. Where only memory keeps it the
   * answer says so: `{ storage: 'memory', reason }`.
   */
  flush(): Promise<Durability>
  /**
   * Ends the run; resolves like `flush`. A run that is never ended shows as killed once its page is gone. Of a run that several
   * pages or workers log it ends the part of this one; the last to end decides the status.
   */
  finish(status?: EndStatus): Promise<Durability>
}
