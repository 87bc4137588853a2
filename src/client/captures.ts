import type { JsonObject } from '../model/json.ts'
import type { CodeOptions, CodeTarget, DatasetOptions, DatasetValue } from './capture/capture-options.ts'
import { describeThrown } from './refusals.ts'
import { toText } from './run-options.ts'
import type { RunWork } from './run-work.ts'
import type { LoggingRun, SystemOptions, SystemTarget } from './system/system-options.ts'
import { warnOnce } from './warn.ts'

/** What a run captures besides what it is told, by code that is loaded when it is first asked for. */
export interface Captures {
  /** `run`: whose `log` is watched. Returns how to stop. */
  captureSystem(run: LoggingRun, options?: SystemOptions): () => void
  captureCode(options?: CodeOptions): Promise<void>
  logDataset(name: string, data: DatasetValue, options?: DatasetOptions): Promise<void>
  stop(): void
}

export interface CapturesOptions {
  readonly system: Omit<SystemTarget, 'run'>
  readonly code: CodeTarget
  readonly mark: (text: string) => void
  readonly work: RunWork
}

export function createCaptures({ system, code, mark, work }: CapturesOptions): Captures {
  let stopSystem: (() => void) | null = null
  let datasets: JsonObject = {}

  /** What cannot be captured is said, and never a reason to disturb a training. */
  async function attempt(what: string, capture: () => Promise<string | null>): Promise<void> {
    const captured = capture().catch((thrown: unknown) => describeThrown(thrown))
    const problem = await work.add(what, captured)
    if (problem !== null) warnOnce(`${what} is not captured: ${problem}`)
  }

  return {
    captureSystem(run, options = {}) {
      stopSystem?.()
      let isWanted = true
      let end: (() => void) | null = null
      import('./system/capture-system.ts')
        .then(({ captureSystem }) => {
          if (isWanted) end = captureSystem(options, { ...system, run })
        })
        .catch((thrown: unknown) => warnOnce(`the system is not captured: ${describeThrown(thrown)}`))
      stopSystem = () => {
        isWanted = false
        end?.()
        end = null
      }
      return stopSystem
    },
    captureCode: (options) =>
      attempt('the code', async () => {
        const { captureCode } = await import('./capture/capture-code.ts')
        await captureCode(options ?? {}, code)
        return null
      }),
    logDataset: (name, data, options) =>
      attempt('a dataset', async () => {
        const { profileDataset } = await import('./capture/profile-dataset.ts')
        const called = toText(name) ?? 'dataset'
        const profile = await profileDataset(data, options ?? {})
        if (!profile.ok) return `${called}: ${profile.error}`
        datasets = { ...datasets, [called]: profile.value }
        code.setEnvironment({ datasets })
        mark(`dataset ${called}, ${Number(profile.value['rows']).toLocaleString('en-US')} rows`)
        return null
      }),
    stop: () => stopSystem?.(),
  }
}
