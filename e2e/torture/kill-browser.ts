import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { BrowserContext } from 'playwright'
import type { Profile } from '../profile.ts'
import { pause, within } from './within.ts'

const GONE_MS = 15_000
const LAUNCH_MS = 30_000
const LAUNCH_ATTEMPTS = 5

/** Kills a browser and every process it started, as a lost power supply does. */
export async function killBrowser(context: BrowserContext): Promise<void> {
  const devTools = await context.browser()?.newBrowserCDPSession()
  if (devTools === undefined) throw new Error('The browser cannot be asked for its processes.')
  const { processInfo } = await within(
    GONE_MS,
    'the list of processes',
    devTools.send('SystemInfo.getProcessInfo'),
  )
  const gone = new Promise<void>((resolve) => context.once('close', () => resolve()))
  const browser = processInfo.find(({ type }) => type === 'browser')?.id
  if (browser !== undefined) kill(-browser)
  for (const { id } of processInfo) kill(id)
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
export async function relaunch(profile: Profile): Promise<BrowserContext> {
  for (let attempt = 1; ; attempt += 1) {
    // A browser that was killed leaves them behind, and the next one believes it still runs.
    for (const name of ['SingletonLock', 'SingletonCookie', 'SingletonSocket']) {
      await rm(join(profile.directory, name), { force: true })
    }
    try {
      return await within(LAUNCH_MS, 'the start of the browser', profile.launch())
    } catch (cause) {
      if (attempt === LAUNCH_ATTEMPTS) throw cause
      await pause(500)
    }
  }
}
