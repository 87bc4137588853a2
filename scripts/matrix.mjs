// @ts-check
// npm run matrix [-- -g NAME]: the packed library in bundlers and frameworks of others, each installed fresh.
import { spawnSync } from 'node:child_process'
import { bin, ensureInstalled, ROOT } from './setup.mjs'

ensureInstalled()
const { ensureBrowser } = await import('./browser.mjs')
const { buildLibrary } = await import('./build-library.mjs')
const { buildAppIfStale } = await import('./build-app.mjs')
const browser = await ensureBrowser()
await buildAppIfStale()
await buildLibrary()
const { status } = spawnSync(
  bin('playwright'),
  ['test', '--config', 'e2e/matrix/playwright.config.ts', ...process.argv.slice(2)],
  { cwd: ROOT, stdio: 'inherit', env: { ...process.env, KYMO_BROWSER: browser } },
)
process.exit(status ?? 1)
