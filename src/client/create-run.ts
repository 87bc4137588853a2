import type { Change, RunStart } from '../model/log-batch.ts'
import type { EndStatus, RunEvent, RunStatus } from '../model/run.ts'
import type { Step } from '../model/units.ts'
import { createCaptures } from './captures.ts'
import { connectTracker } from './connect.ts'
import { describeError } from './console-text.ts'
import type { Barrier, BarrierOptions } from './control.ts'
import type { Uplink } from './create-uplink.ts'
import { followSinks } from './follow-sinks.ts'
import { watchOver } from './ghost-runs.ts'
import { watchHidden } from './hidden-intervals.ts'
import { hostOfThread } from './host.ts'
import { createLazyControl } from './lazy-control.ts'
import type { LiveParams } from './live-params.ts'
import { createArrayLog } from './array-log.ts'
import { createMetricLog, UNSETTLED } from './metric-log.ts'
import { parseStep } from './point-place.ts'
import type { PointSource } from './point-source.ts'
import { createRefusals, warnOfRefusal } from './refusals.ts'
import { createRunArtifacts } from './run-artifacts.ts'
import { createRunConsole } from './run-console.ts'
import { createRunFacts } from './run-facts.ts'
import { parseOptions, toText, type RunOptions } from './run-options.ts'
import type { Durability } from './durability.ts'
import type { Run } from './run.ts'
import { createRunWork, withWork } from './run-work.ts'
import { releaseSeriesBuffer } from './series-buffer.ts'
import type { RunApi } from './stored-artifacts.ts'
import { scopeUplink } from './uplink.ts'
import { warnOnce } from './warn.ts'

/** Starts a run at once, before anything is connected. Never throws: options that make no sense are as if left out. */
export function init(options: RunOptions): Run {
  const run = createRun(options, scopeUplink())
  // A script that lets go of a run goes on; in a page that is a hot reload.
  return hostOfThread() === 'node' ? run : watchOver(run)
}

const NO_ARRAYS = createArrayLog()

/** A look at another tab and back is nothing that slowed a training down. */
const MIN_HIDDEN_MS = 1_000

/** A run of a page that ends sooner, and logged nothing, is one that nobody meant. */
const LEAST_LIFE_MS = 1_000

/** A run over any uplink, which shows that it lives; `api` is asked about artifacts. */
export function createRun(
  options: RunOptions,
  uplink: Uplink,
  api: () => RunApi = () => connectTracker().api,
): Run {
  const { start, resume, firstStep, hasId, hasName, sinks } = parseOptions(options)
  const runId = start.id
  let status: RunStatus = 'running'
  let ending: Promise<Durability> | null = null
  let lateCalls = 0

  const work = createRunWork()
  const refusals = createRefusals((refusal) => void warnOfRefusal(run.name, refusal))
  /** What was logged waits for the step that the run ended at. */
  let isHeld = resume && firstStep === null
  const metricLog = createMetricLog({
    firstStep: isHeld ? UNSETTLED : (firstStep ?? 0),
    refusals,
    onTimeTaken(takenFor) {
      warnOnce(
        `run ${run.name} was given times in ${takenFor}, and read them so; pass milliseconds, as of Date.now(), or a Date`,
      )
    },
    onBuffered: uplink.touch,
  })
  const lastStep = (): Step | null => metricLog.lastStep
  const addEvent = (event: RunEvent): void => uplink.enqueue({ type: 'addEvents', runId, events: [event] })

  const facts = createRunFacts(start, uplink.enqueue, lastStep)
  const artifacts = createRunArtifacts({
    runId,
    experiment: () => facts.declaration.experiment.name,
    uplink,
    api,
    lastStep,
    work,
  })
  const control = createLazyControl(start.name, { runId, addEvent, lastStep, onParamSet: facts.changeParam })
  const said = createRunConsole({
    lastStep,
    onLine: () => uplink.touch(1, Date.now()),
    onFatal: (stack) => void endWithError(stack),
  })
  const captures = createCaptures({
    system: {
      lastStep,
      log(values) {
        const step = metricLog.lastStep
        if (ending === null && step !== null) metricLog.log(values, { step })
      },
      addEvent,
      traffic: uplink.traffic,
    },
    code: {
      async store(files) {
        const logged = await artifacts.logArtifact('code', files, { type: 'code' })
        if (!logged.ok) return logged.error.message
        // The same code as before is no new version: this run has it all the same.
        if (logged.value.newBytes === 0) artifacts.noteUse(logged.value.id)
        return null
      },
      setEnvironment: facts.setEnvironment,
    },
    mark,
    work,
  })
  const stopWatching = watchHidden((time, until) => {
    if (until - time >= MIN_HIDDEN_MS) addEvent({ kind: 'hidden', time, until, step: lastStep(), text: '' })
  })

  const source: PointSource = {
    runId,
    get series() {
      return isHeld ? [] : metricLog.series
    },
    get arrays() {
      return isHeld ? NO_ARRAYS : metricLog.arrays
    },
    declaration: () => facts.declaration,
    takeChanges() {
      const [refused, lines] = [refusals.take(), said.take()]
      return [
        ...(refused.length === 0 ? [] : [{ type: 'addRefusals', runId, refusals: refused } as const]),
        ...(lines.length === 0 ? [] : [{ type: 'addConsole', runId, lines } as const]),
      ]
    },
  }
  uplink.add(source)
  for (const change of firstChanges(start, resume)) uplink.enqueue(change)

  const awaitSinks = followSinks(sinks, { runId, finish: () => void endOnce('finished') })
  const joining = hasId ? join() : null

  /** Goes on where a run ended that is resumed, and says so where one is there that nobody resumed. */
  async function join(): Promise<void> {
    let nextStep = 0
    try {
      const { joinRun } = await import('./join-run.ts')
      nextStep = await joinRun({
        start,
        resume,
        hasName,
        api: api(),
        flush: uplink.flush,
        onStored: facts.adopt,
        onExisting: mark,
      })
    } catch (thrown) {
      warnOnce(`whether there is a run ${runId} is unknown: ${describeError(thrown)}`)
    }
    if (!isHeld) return
    metricLog.settle(nextStep)
    isHeld = false
    uplink.touch(1, Date.now())
  }

  function mark(value: string, markOptions?: { readonly step?: number | undefined }): void {
    const text = toText(value)
    if (text === null) return
    const given = markOptions?.step
    const step = parseStep(given) ?? lastStep()
    addEvent({ kind: 'mark', time: Date.now(), until: null, step, text })
  }

  /** All that is on its way by now, what others are made of first. */
  async function settled(): Promise<void> {
    if (isHeld) await joining
    await work.settled()
    if (metricLog.preparing !== null) await metricLog.preparing
    if (artifacts.pending !== null) await artifacts.pending
  }

  async function end(endStatus: EndStatus): Promise<Durability> {
    stopWatching()
    captures.stop()
    said.stop()
    control.close()
    const endedAt = Date.now()
    if (hostOfThread() === 'page' && lastStep() === null && endedAt - start.startedAt < LEAST_LIFE_MS)
      mark(
        'ended at once, with nothing logged: an effect that runs twice, as in React’s StrictMode, does that',
      )
    await settled()
    uplink.enqueue({ type: 'endRun', runId, status: endStatus, endedAt })
    const durability = await uplink.flush()
    uplink.remove(source)
    if (durability.ok) for (const buffer of metricLog.series) releaseSeriesBuffer(buffer)
    await awaitSinks()
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
    if (ending === null) addEvent({ kind: 'error', time: Date.now(), until: null, step: lastStep(), text })
    return endOnce('failed')
  }

  const run: Run = {
    id: runId,
    get name() {
      return facts.declaration.name
    },
    get status() {
      return status
    },
    get params() {
      return facts.declaration.params
    },
    get refusedCount() {
      return refusals.total + lateCalls
    },

    log(metrics, logOptions) {
      if (ending === null) return metricLog.log(metrics, logOptions)
      lateCalls += 1
      warnOnce(`run ${run.name} has ended; what is logged after finish() is not kept`)
    },

    setName: facts.setName,
    setNotes: facts.setNotes,
    setParams: facts.setParams,
    setTag: facts.setTag,
    setEnvironment: facts.setEnvironment,
    summary: facts.summary,
    mark,
    logArtifact: artifacts.logArtifact,
    useArtifact: artifacts.useArtifact,
    checkpointBarrier<P extends LiveParams>(barrierOptions: BarrierOptions<P> = {}) {
      // What comes back has the keys that were passed.
      return control.barrier(barrierOptions as BarrierOptions<LiveParams>) as Promise<Barrier<P>>
    },
    captureConsole: said.capture,
    captureSystem: (systemOptions) => captures.captureSystem(run, systemOptions),
    captureCode: captures.captureCode,
    logDataset: captures.logDataset,
    fail: (error) => endWithError(describeError(error)),
    async flush() {
      await settled()
      return uplink.flush()
    },
    finish: (endStatus = 'finished') => endOnce(endStatus),
  }
  return withWork(run, work)
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
