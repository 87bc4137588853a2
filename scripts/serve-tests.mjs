// @ts-check
// Serves the built app and, under /harness/, the pages that tests and benchmarks drive: one origin, one database.
import { join, sep } from 'node:path'
import { ROOT } from './setup.mjs'
import { serveFolder } from './static-folder.mjs'

/** Serves on the port given; resolves when it listens. */
export async function serveTests(port) {
  const { preview } = await import('vite')
  const harness = serveFolder(join(ROOT, 'dist', 'harness') + sep, '/harness/')
  return preview({
    root: ROOT,
    logLevel: 'warn',
    // A story visits by this name, which is no secure origin as localhost is.
    preview: { port, strictPort: true, allowedHosts: ['kymo.test'] },
    plugins: [
      {
        name: 'kymo-harness',
        // Before the policy of the app is sent: the pages of tests are none of it.
        enforce: 'pre',
        configurePreviewServer: (server) => void server.middlewares.use(harness),
      },
    ],
  })
}

if (process.argv[1] === import.meta.filename) await serveTests(Number(process.argv[2]))
