// @ts-check
// node scripts/make-example.mjs: trains the example experiment in a real browser and writes public/demo.db.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ensureInstalled, ROOT } from './setup.mjs'

ensureInstalled()
const { buildAppIfStale, buildHarness } = await import('./build-app.mjs')
await buildAppIfStale()
await buildHarness()
const { runnerImport } = await import('vite')
const { serveTests } = await import('./serve-tests.mjs')
const { APP_PORT, HARNESS_URL } = (await runnerImport(join(ROOT, 'e2e', 'ports.ts'))).module
const { createProfile } = (await runnerImport(join(ROOT, 'e2e', 'profile.ts'))).module
const server = await serveTests(APP_PORT)
const profile = await createProfile()
const context = await profile.launch()
const page = await context.newPage()
await page.goto(HARNESS_URL)
await page.waitForFunction(() => 'harness' in window, undefined, { polling: 50 })
const base64 = await page.evaluate(() => /** @type {any} */ (window).harness.trainExample())
writeFileSync(join(ROOT, 'public', 'demo.db'), Buffer.from(base64, 'base64'))
console.log(`public/demo.db: ${Math.round((base64.length * 3) / 4 / 1000)} kB`)
await context.close()
await profile.remove()
await server.close()
process.exit()
