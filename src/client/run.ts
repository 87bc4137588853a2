import type { ArtifactId } from '../model/artifact.ts'
import { err, ok, type Result } from '../model/result.ts'
import type { Change, RunStart } from '../model/log-batch.ts'
import type { EndStatus, Params, RunEvent, RunStatus } from '../model/run.ts'
import type { RunId } from '../model/units.ts'
import type { TrackerError } from '../protocol/tracker-error.ts'
import {
  createArtifactLog,
  type ArtifactContents,
  type ArtifactOptions,
  type LoggedArtifact,
} from './artifact-log.ts'
import { connectTracker } from './connect.ts'
import type { Barrier, BarrierOptions, RunControl } from './control.ts'
import { captureConsole, type ConsoleCapture, type ConsoleCaptureOptions } from './console-capture.ts'
import { describeError } from './console-text.ts'
import { watchHidden } from './hidden-intervals.ts'
import type { LiveParams } from './live-params.ts'
import type { CodeOptions, DatasetOptions, DatasetValue } from './capture/capture-options.ts'
import { createCaptures } from './captures.ts'
import type { SystemOptions } from './system/system-options.ts'
import { createMetricLog, type LogOptions, type Metrics } from './metric-log.ts'
import type { PointSource } from './point-source.ts'
import { createRefusals } from './refusals.ts'
import { releaseSeriesBuffer } from './series-buffer.ts'
import { parseOptions, toParams, toTag, toText, type RunOptions } from './run-options.ts'
import {
  findArtifact,
  readArtifactsOf,
  unknownArtifact,
  type ArtifactApi,
  type StoredArtifact,
} from './stored-artifacts.ts'
import { scopeUplink } from './uplink.ts'
import type { Uplink } from './create-uplink.ts'
import { warnOnce } from './warn.ts'

/** Whether everything said so far is durable; if not, why that may take long. Nothing is lost either way. */
export type Durability = Result<null, TrackerError>

/** A training that is being tracked. Nothing here throws, and nothing but `flush` and `finish` makes you wait. */
export interface Run {
  readonly id: RunId
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
  /** Finds a version by `name`, `name:alias` or `name:v3` in the experiment, and notes that this run used it. */
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

  /** Resolves when everything said so far is durable, or with the reason why it is not yet. */
  flush(): Promise<Durability>
  /** Ends the run; resolves like `flush`. A run that is never ended shows as killed once its page is gone. */
  finish(status?: EndStatus): Promise<Durability>
}

/** Starts a run at once, before anything is connected. Never throws: options that make no sense are as if left out. */
export function init(options: RunOptions): Run {
  return createRun(options, scopeUplink())
}

/** A look at another tab and back is nothing that slowed a training down. */
const MIN_HIDDEN_MS = 1_000

/** A run over any uplink, which shows that it lives; `api` is asked about artifacts. */
export function createRun(
  options: RunOptions,
  uplink: Uplink,
  api: () => ArtifactApi = () => connectTracker().api,
): Run {
  const { start, resume, firstStep } = parseOptions(options)
  const runId = start.id
  let declaration: RunStart = start
  let status: RunStatus = 'running'
  let ending: Promise<Durability> | null = null
  let lateCalls = 0

  let capture: ConsoleCapture | null = null
  let control: RunControl | null = null
  let loadingControl: Promise<RunControl> | null = null

  const refusals = createRefusals(({ key, reason, example }) => {
    warnOnce(`run ${start.name} refused ${key}: ${reason.replaceAll('-', ' ')} (${example})`)
  })
  const metricLog = createMetricLog({ firstStep, refusals, onBuffered: uplink.touch })
  const source: PointSource = {
    runId,
    series: metricLog.series,
    arrays: metricLog.arrays,
    declaration: () => declaration,
    takeChanges() {
      const [refused, lines] = [refusals.take(), capture?.take() ?? []]
      return [
        ...(refused.length === 0 ? [] : [{ type: 'addRefusals', runId, refusals: refused } as const]),
        ...(lines.length === 0 ? [] : [{ type: 'addConsole', runId, lines } as const]),
      ]
    },
  }

  const addEvent = (event: RunEvent): void => uplink.enqueue({ type: 'addEvents', runId, events: [event] })
  const noteUse = (artifactId: ArtifactId): void =>
    uplink.enqueue({ type: 'useArtifact', runId, artifactId, usedAt: Date.now() })
  const stopWatching = watchHidden((time, until) => {
    if (until - time >= MIN_HIDDEN_MS)
      addEvent({ kind: 'hidden', time, until, step: metricLog.lastStep, text: '' })
  })

  const artifactLog = createArtifactLog({
    runId,
    storeArtifact: (request) => api().storeArtifact(request),
    lastStep: () => metricLog.lastStep,
    declare() {
      // Where the store has never heard of the run, this makes the uplink say it again.
      uplink.enqueue({ type: 'setTags', runId, tags: {} })
      return uplink.flush()
    },
  })

  async function loadControl(): Promise<RunControl> {
    try {
      const { createControl } = await import('./control.ts')
      control = createControl({ runId, addEvent, lastStep: () => metricLog.lastStep })
    } catch (cause) {
      warnOnce(`nobody can pause or stop ${start.name} from a dashboard: ${describeError(cause)}`)
      control = { barrier: async ({ params = {} }) => ({ stop: false, params }), close() {} }
    }
    if (ending !== null) control.close()
    return control
  }

  uplink.add(source)
  for (const change of firstChanges(start, resume)) uplink.enqueue(change)

  async function end(endStatus: EndStatus): Promise<Durability> {
    stopWatching()
    captures.stop()
    capture?.stop()
    control?.close()
    const endedAt = Date.now()
    if (metricLog.preparing !== null) await metricLog.preparing
    if (captures.pending !== null) await captures.pending
    if (artifactLog.pending !== null) await artifactLog.pending
    uplink.enqueue({ type: 'endRun', runId, status: endStatus, endedAt })
    const durability = await uplink.flush()
    uplink.remove(source)
    if (durability.ok) for (const buffer of metricLog.series) releaseSeriesBuffer(buffer)
    return durability
  }

  function endOnce(endStatus: EndStatus): Promise<Durability> {
    if (ending === null) {
      status = endStatus
      ending = end(endStatus)
    }
    return ending
  }

  function endWithError(text: string): Promise<Durability> {
    if (ending === null)
      addEvent({ kind: 'error', time: Date.now(), until: null, step: metricLog.lastStep, text })
    return endOnce('failed')
  }

  const run: Run = {
    id: runId,
    get name() {
      return declaration.name
    },
    get status() {
      return status
    },
    get params() {
      return declaration.params
    },
    get refusedCount() {
      return refusals.total + lateCalls
    },

    log(metrics, logOptions) {
      if (ending === null) return metricLog.log(metrics, logOptions)
      lateCalls += 1
      warnOnce(`run ${start.name} has ended; what is logged after finish() is not kept`)
    },

    setName(value) {
      const name = toText(value)
      if (name === null) return
      declaration = { ...declaration, name }
      uplink.enqueue({ type: 'setRunName', runId, name })
    },
    setNotes(value) {
      const notes = typeof value === 'string' ? value : ''
      declaration = { ...declaration, notes }
      uplink.enqueue({ type: 'setRunNotes', runId, notes })
    },
    setParams(value) {
      const params = toParams(value)
      declaration = { ...declaration, params: { ...declaration.params, ...params } }
      uplink.enqueue({ type: 'setParams', runId, params })
    },
    setTag(key, value) {
      const tag = value === null || value === undefined ? null : toTag(value)
      const { [key]: _, ...others } = declaration.tags
      declaration = { ...declaration, tags: tag === null ? others : { ...others, [key]: tag } }
      uplink.enqueue({ type: 'setTags', runId, tags: { [key]: tag } })
    },
    mark(value, markOptions) {
      const text = toText(value)
      if (text === null) return
      const given = markOptions?.step
      const step = Number.isSafeInteger(given) ? Number(given) : metricLog.lastStep
      addEvent({ kind: 'mark', time: Date.now(), until: null, step, text })
    },
    summary(values) {
      uplink.enqueue({ type: 'setSummary', runId, summary: toParams(values) })
    },
    async logArtifact(name, contents, artifactOptions = {}) {
      const logged = await artifactLog.log(name, contents, artifactOptions)
      if (!logged.ok) warnOnce(logged.error.message)
      return logged
    },
    async useArtifact(reference) {
      await uplink.flush()
      const stored = await readArtifactsOf(api(), { experiment: declaration.experiment.name })
      if (!stored.ok) return stored
      const found = findArtifact(stored.value, reference)
      if (found === undefined) return err(unknownArtifact(reference))
      noteUse(found.id)
      return ok(found)
    },
    setEnvironment(value) {
      const environment = { ...declaration.environment, ...toParams(value) }
      declaration = { ...declaration, environment }
      uplink.enqueue({ type: 'setEnvironment', runId, environment })
    },

    checkpointBarrier<P extends LiveParams>(barrierOptions: BarrierOptions<P> = {}) {
      const asked = barrierOptions as BarrierOptions<LiveParams>
      const answer =
        control?.barrier(asked) ?? (loadingControl ??= loadControl()).then((c) => c.barrier(asked))
      // What comes back has the keys that were passed.
      return answer as Promise<Barrier<P>>
    },
    captureConsole(captureOptions = {}) {
      capture?.stop()
      const started = captureConsole(captureOptions, {
        lastStep: () => metricLog.lastStep,
        onLine: () => uplink.touch(1, Date.now()),
        onFatal: (stack) => void endWithError(stack),
      })
      capture = started
      return started.stop
    },
    fail: (error) => endWithError(describeError(error)),

    async flush() {
      if (metricLog.preparing !== null) await metricLog.preparing
      return uplink.flush()
    },
    captureSystem: (systemOptions) => captures.captureSystem(systemOptions),
    captureCode: (codeOptions) => captures.captureCode(codeOptions),
    logDataset: (name, data, datasetOptions) => captures.logDataset(name, data, datasetOptions),
    finish: (endStatus = 'finished') => endOnce(endStatus),
  }

  const captures = createCaptures({
    system: {
      run,
      lastStep: () => metricLog.lastStep,
      log(values) {
        const step = metricLog.lastStep
        if (ending === null && step !== null) metricLog.log(values, { step })
      },
      addEvent,
      traffic: () => uplink.traffic(),
    },
    code: {
      async store(files) {
        const logged = await run.logArtifact('code', files, { type: 'code' })
        if (!logged.ok) return logged.error.message
        // The same code as before is no new version: this run has it all the same.
        if (logged.value.newBytes === 0) noteUse(logged.value.id)
        return null
      },
      setEnvironment: (environment) => run.setEnvironment(environment),
    },
    mark: (text) => run.mark(text),
  })
  return run
}

/** A resumed run keeps what it was born with; params and tags that come along are added. */
function firstChanges(start: RunStart, resume: boolean): Change[] {
  if (!resume) return [{ type: 'startRun', run: start }]
  const { id: runId, params, tags } = start
  return [
    { type: 'resumeRun', runId },
    ...(Object.keys(params).length === 0 ? [] : [{ type: 'setParams', runId, params } as const]),
    ...(Object.keys(tags).length === 0 ? [] : [{ type: 'setTags', runId, tags } as const]),
  ]
}
