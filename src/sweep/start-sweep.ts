import { warnOnce } from '../client/warn.ts'
import { err, type Result } from '../model/result.ts'
import type { RunId } from '../model/units.ts'
import type { Lane } from './lane.ts'
import { wordsOf } from './run-trial.ts'
import type { StoredTrials } from './stored-trials.ts'
import type { SweepPlan } from './sweep-options.ts'
import { endOf, progressOf, type SweepEnd, type SweepProgress } from './sweep-progress.ts'
import { createTrialQueue } from './trial-queue.ts'
import type { Trial } from './trial.ts'
import { CANCELLED, tryTrial } from './try-trial.ts'

/** A sweep under way. */
export interface Sweep {
  /** The group its runs are in. */
  readonly name: string
  readonly progress: SweepProgress
  /** Calls back whenever `progress` changes; returns how to stop. */
  onProgress(listener: (progress: SweepProgress) => void): () => void
  /** Starts no more trials; those under way go on. */
  pause(): void
  resume(): void
  /** Ends it: trials under way are told to stop, and are tried again by a sweep that goes on with it. */
  cancel(): void
  /** Resolves when it has ended and everything is stored. Errors: why there is no best trial. Never rejects. */
  readonly done: Promise<Result<SweepEnd, string>>
}

/** What a sweep needs of the world. */
export interface SweepSurroundings {
  openLane(work: SweepPlan['work']): Lane
  /** How to let go of the sweep; null when another thread has it. */
  claim(name: string): Promise<(() => void) | null>
  readStored(plan: SweepPlan): Promise<Result<StoredTrials, string>>
  /** Notes on the run of a trial why its lane crashed. */
  explainCrash(runId: RunId, reason: string): Promise<void>
}

/** A lane that does not start this often in a row never will. */
const MAX_FALSE_STARTS = 3
/** A trial that does not end this long after the sweep was cancelled is cut off. */
const CANCEL_DEADLINE_MS = 30_000

/** Runs a sweep whose options were read. */
export function startSweep(plan: SweepPlan, around: SweepSurroundings): Sweep {
  const queue = createTrialQueue(plan)
  const lanes = new Set<Lane>()
  const listeners = new Set<(progress: SweepProgress) => void>()
  let state: SweepProgress['state'] = 'running'
  let isCancelled = false
  let wake: (() => void) | null = null
  let goOn = Promise.resolve()
  let laneProblem: string | null = null
  let cutOff: ReturnType<typeof setTimeout> | undefined

  const progress = (): SweepProgress => progressOf(queue.trials.values(), plan, state)

  function tell(): void {
    for (const listener of listeners) {
      try {
        listener(progress())
      } catch (thrown) {
        warnOnce(`a listener of the sweep ${plan.name} threw: ${String(thrown)}`)
      }
    }
  }

  function keep(trial: Trial): void {
    queue.trials.set(trial.number, trial)
    tell()
  }

  /** Whether its run was started; one that was not is tried again. */
  async function runTrial(lane: Lane, first: Trial): Promise<{ isStarted: boolean; isCrashed: boolean }> {
    const { trial, outcome } = await tryTrial(lane, plan, first, { keep, isCancelled: () => isCancelled })
    const { status, value, reason } = outcome
    if (status !== 'crashed') keep({ ...trial, status, value, reason })
    else if (trial.runId === null) {
      laneProblem = reason
      queue.putBack(trial)
    } else {
      const words = `The lane crashed: ${reason}`
      keep({ ...trial, status: 'failed', value, reason: words })
      await around.explainCrash(trial.runId, words)
    }
    return { isStarted: trial.runId !== null, isCrashed: status === 'crashed' }
  }

  /** One lane after the other, until there are no more trials. */
  async function work(): Promise<void> {
    let lane: Lane | null = null
    let falseStarts = 0
    while (falseStarts < MAX_FALSE_STARTS) {
      await goOn
      if (isCancelled || !queue.hasNext()) break
      lane ??= open()
      const ready = await lane.ready
      if (!ready.ok) {
        lanes.delete(lane)
        lane = null
        falseStarts += 1
        laneProblem = ready.error
        continue
      }
      // While it started, the sweep may have been paused or another lane may have taken the last one.
      const trial = state === 'running' && !isCancelled ? queue.next() : null
      if (trial === null) continue
      const { isStarted, isCrashed } = await runTrial(lane, trial)
      falseStarts = isStarted ? 0 : falseStarts + 1
      if (!isCrashed) continue
      lanes.delete(lane)
      lane = null
    }
    await lane?.close()
  }

  function open(): Lane {
    const lane = around.openLane(plan.work)
    lanes.add(lane)
    return lane
  }

  async function run(): Promise<Result<SweepEnd, string>> {
    const release = await around.claim(`kymo-sweep ${JSON.stringify([plan.experiment, plan.name])}`)
    if (release === null) return err(`The sweep ${plan.name} runs in another tab.`)
    try {
      if (plan.isResumed) {
        const stored = await around.readStored(plan)
        if (!stored.ok)
          return err(`What is stored of the sweep ${plan.name} could not be read: ${stored.error}`)
        queue.recall(stored.value)
        tell()
      }
      const count = Math.min(plan.lanes, queue.left())
      await Promise.all(Array.from({ length: count }, work))
      if (queue.hasNext() && !isCancelled) return err(`No lane could be started: ${laneProblem ?? ''}.`)
      return endOf([...queue.trials.values()], plan, isCancelled)
    } finally {
      clearTimeout(cutOff)
      release()
    }
  }

  const done = run()
    .catch((thrown: unknown) => err(`The sweep ${plan.name} broke off: ${wordsOf(thrown)}`))
    .finally(() => {
      state = 'ended'
      tell()
    })

  return {
    name: plan.name,
    get progress() {
      return progress()
    },
    onProgress(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    pause() {
      if (state !== 'running' || isCancelled) return
      state = 'paused'
      goOn = new Promise((resolve) => {
        wake = resolve
      })
      tell()
    },
    resume() {
      if (state !== 'paused') return
      state = 'running'
      wake?.()
      tell()
    },
    cancel() {
      if (state === 'ended' || isCancelled) return
      isCancelled = true
      if (state === 'paused') state = 'running'
      wake?.()
      for (const lane of lanes) lane.stop(CANCELLED)
      cutOff = setTimeout(() => {
        for (const lane of lanes) lane.terminate()
      }, CANCEL_DEADLINE_MS)
      tell()
    },
    done,
  }
}
