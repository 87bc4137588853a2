import type { ControlOptions, RunControl } from './control.ts'
import { describeError } from './console-text.ts'
import { warnOnce } from './warn.ts'

/** The barrier of a run, whose code is loaded with the first call; a training goes on where that cannot be. */
export function createLazyControl(runName: string, options: ControlOptions): RunControl {
  let control: RunControl | null = null
  let loading: Promise<RunControl> | null = null
  let isClosed = false

  async function load(): Promise<RunControl> {
    try {
      const { createControl } = await import('./control.ts')
      control = createControl(options)
    } catch (cause) {
      warnOnce(`nobody can pause or stop ${runName} from a dashboard: ${describeError(cause)}`)
      control = { barrier: async ({ params = {} }) => ({ stop: false, params }), close() {} }
    }
    if (isClosed) control.close()
    return control
  }

  return {
    barrier: (asked) => control?.barrier(asked) ?? (loading ??= load()).then((c) => c.barrier(asked)),
    close() {
      isClosed = true
      control?.close()
    },
  }
}
