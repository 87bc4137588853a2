import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type BrowserContext } from 'playwright'
import { BROWSER_ARGS, ensureBrowser } from '../scripts/browser.mjs'

export interface Profile {
  readonly directory: string
  /** Starts a browser on this profile; what it stored is there at the next start. */
  launch(options?: LaunchOptions): Promise<BrowserContext>
  remove(): Promise<void>
}

export interface LaunchOptions {
  readonly colorScheme?: 'dark' | 'light'
  readonly viewport?: { readonly width: number; readonly height: number }
  readonly args?: readonly string[]
}

/** A fresh profile on disk. Playwright's default context is incognito, where nothing survives and OPFS is slow. */
export async function createProfile(): Promise<Profile> {
  const directory = await mkdtemp(join(tmpdir(), 'kymo-profile-'))
  const executablePath = await ensureBrowser()
  return {
    directory,
    launch: ({ colorScheme = 'dark', viewport = { width: 1440, height: 900 }, args = [] } = {}) =>
      chromium.launchPersistentContext(directory, {
        ...(executablePath === undefined ? {} : { executablePath }),
        args: [...BROWSER_ARGS, ...args],
        colorScheme,
        viewport,
        acceptDownloads: true,
      }),
    remove: () => rm(directory, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }),
  }
}
