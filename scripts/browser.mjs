// @ts-check
// Import this only after ensureInstalled: it needs the packages.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chromium } from 'playwright'
import { bin, ROOT } from './setup.mjs'

const INSTALLED = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
]

/**
 * The path of a Chromium: KYMO_BROWSER, Playwright's own, an installed Chromium or Chrome, else one installed now.
 *
 * Playwright's download is refused on some machines, so a browser from the system's packages is as good.
 */
export async function ensureBrowser() {
  const named = process.env['KYMO_BROWSER']
  if (named) return named
  const candidates = [chromium.executablePath(), ...INSTALLED]
  const found = () => candidates.find((path) => path && existsSync(path))
  if (found()) return found()

  console.log('No Chromium or Chrome found; installing one …')
  /** @type {[string, string[]][]} */
  const attempts = [[bin('playwright'), ['install', 'chromium']]]
  if (process.platform === 'linux' && process.getuid?.() === 0) {
    attempts.push(['apt-get', ['update', '-qq']], ['apt-get', ['install', '-y', '-qq', 'chromium']])
  }
  for (const [command, args] of attempts) {
    spawnSync(command, args, {
      cwd: ROOT,
      stdio: 'inherit',
      timeout: 600_000,
      shell: process.platform === 'win32',
    })
    if (found()) return found()
  }
  console.error('No browser could be installed. Install Chromium or Chrome, or set KYMO_BROWSER to its path.')
  process.exit(1)
}

/** Flags for a quiet browser that looks nothing up; the sandbox is off only for root, where it cannot run. */
export const BROWSER_ARGS = [
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
]
