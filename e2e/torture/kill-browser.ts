import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { BrowserContext } from 'playwright'
import type { Profile } from '../profile.ts'
import { pause, within } from './within.ts'

const GONE_MS = 15_000
const LAUNCH_MS = 30_000
const LAUNCH_ATTEMPTS = 5

/** A browser, and the process that leads the group of all its processes. */
export interface RunningBrowser {
  readonly context: BrowserContext
  readonly processId: number
}

/** Kills a browser and every process it started, as a lost power supply does. */
export async function killBrowser({ context, processId }: RunningBrowser): Promise<void> {
  if (context.browser()?.isConnected() !== true) return
  const gone = new Promise<void>((resolve) => context.once('close', () => resolve()))
  kill(-processId)
  kill(processId)
  await within(GONE_MS, 'the death of the browser', gone)
}

/** A negative id is a process group. What is gone already, or no group on this system, is passed over. */
function kill(id: number): void {
  try {
    process.kill(id, 'SIGKILL')
  } catch (thrown) {
    if (!(thrown instanceof Error) || !('code' in thrown)) throw thrown
  }
}

/** Starts a browser on a profile whose last one may have been killed. */
export async function launchBrowser(profile: Profile): Promise<RunningBrowser> {
  for (let attempt = 1; ; attempt += 1) {
    // A browser that was killed leaves them behind, and the next one believes it still runs.
    for (const name of ['SingletonLock', 'SingletonCookie', 'SingletonSocket']) {
      await rm(join(profile.directory, name), { force: true })
    }
    try {
      const context = await within(LAUNCH_MS, 'the start of the browser', profile.launch())
      return { context, processId: await findProcess(context) }
    } catch (cause) {
      if (attempt === LAUNCH_ATTEMPTS) throw cause
      await pause(500)
    }
  }
}

async function findProcess(context: BrowserContext): Promise<number> {
  const devTools = await context.browser()?.newBrowserCDPSession()
  const answer = devTools?.send('SystemInfo.getProcessInfo')
  const { processInfo = [] } = (await within(GONE_MS, 'the list of processes', Promise.resolve(answer))) ?? {}
  const id = processInfo.find(({ type }) => type === 'browser')?.id
  if (id === undefined) throw new Error('The browser does not tell its process.')
  await devTools?.detach()
  return id
}
