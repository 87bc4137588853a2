import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { BrowserContext } from 'playwright'

const run = promisify(execFile)

/** How often memory is looked at: an artifact of 500 MB takes a second or more. */
const EVERY_MS = 20

/** Watches what all processes of a browser hold together. */
export interface MemoryWatch {
  /** What they hold now. Unit: MiB. */
  now(): Promise<number>
  /** The most they held since the last call. Unit: MiB. */
  peak(): number
  stop(): Promise<void>
}

/** Errors: throws where the system has no `ps`. Cost: a process every EVERY_MS. */
export async function watchMemory(context: BrowserContext): Promise<MemoryWatch> {
  const browser = context.browser()
  if (browser === null) throw new Error('this context belongs to no browser')
  const devTools = await browser.newBrowserCDPSession()
  let most = 0
  const stopped = new AbortController()

  async function now(): Promise<number> {
    const { processInfo } = await devTools.send('SystemInfo.getProcessInfo')
    const pids = processInfo.map(({ id }) => String(id)).join(',')
    const { stdout } = await run('ps', ['-o', 'rss=', '-p', pids])
    return stdout.split('\n').reduce((sum, line) => sum + Number(line), 0) / 1024
  }

  const watching = (async () => {
    while (!stopped.signal.aborted) {
      most = Math.max(most, await now())
      await new Promise((resolve) => setTimeout(resolve, EVERY_MS))
    }
  })()

  return {
    now,
    peak() {
      const seen = most
      most = 0
      return seen
    },
    async stop() {
      stopped.abort()
      await watching
      await devTools.detach()
    },
  }
}
