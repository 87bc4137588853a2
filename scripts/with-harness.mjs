// @ts-check
// Import this only after ensureInstalled: it needs the packages.
import { join } from 'node:path'
import { ensureBrowser } from './browser.mjs'
import { buildAppIfStale, buildHarness } from './build-app.mjs'
import { serveTests } from './serve-tests.mjs'
import { ROOT } from './setup.mjs'

/**
 * Builds and serves the app and the harness, and runs `work` with the exports of a TypeScript module meanwhile.
 *
 * @template T
 * @param {string} path
 * @param {(module: any) => Promise<T>} work
 */
export async function withHarness(path, work) {
  process.env['KYMO_BROWSER'] = await ensureBrowser()
  await buildAppIfStale()
  await buildHarness()
  const { runnerImport } = await import('vite')
  const { APP_PORT } = (await runnerImport(join(ROOT, 'e2e', 'ports.ts'))).module
  const server = await serveTests(APP_PORT)
  try {
    return await work((await runnerImport(path)).module)
  } finally {
    await server.close()
  }
}
