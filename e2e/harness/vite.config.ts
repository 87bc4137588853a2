import { resolve } from 'node:path'
import { defineConfig, type Plugin } from 'vite'
import { sqlitePlugins } from '../../scripts/sqlite-plugin.mjs'

/** What makes a Kymo of the next version out of this one: what it says of itself, and one more migration. */
const NEXT_VERSION = {
  'src/protocol/version.ts': ['PROTOCOL_VERSION = 5', 'PROTOCOL_VERSION = 6'],
  'workers/db/migrate.ts': [
    '[firstLight, commitLog, arrays, clientLocks, runQueries, workspace, anything]',
    "[firstLight, commitLog, arrays, clientLocks, runQueries, workspace, 'create table of_the_next_version (x integer) strict']",
  ],
} as const

/** The product has no switch for this, so the sources are changed on their way into the build. */
function nextVersion(): Plugin {
  return {
    name: 'kymo-next-version',
    enforce: 'pre',
    transform(code, id) {
      const change = Object.entries(NEXT_VERSION).find(([file]) => id.endsWith(file))?.[1]
      if (change === undefined) return null
      if (!code.includes(change[0])) throw new Error(`${id} does not say ${change[0]} any more`)
      return { code: code.replace(change[0], change[1]), map: null }
    },
  }
}

/**
 * Pages for tests and benchmarks only, built as production code and served beside the app; in the mode `next` as the next
 * version of it, under `next/`.
 */
export default defineConfig(({ mode }) => {
  const isNext = mode === 'next'
  const plugins = () => [...sqlitePlugins(), ...(isNext ? [nextVersion()] : [])]
  return {
    root: import.meta.dirname,
    base: './',
    publicDir: resolve(import.meta.dirname, '../../public'),
    plugins: plugins(),
    worker: { format: 'es', plugins },
    build: {
      target: 'es2022',
      outDir: resolve(import.meta.dirname, isNext ? '../../dist/harness/next' : '../../dist/harness'),
      emptyOutDir: true,
      modulePreload: { polyfill: false },
      chunkSizeWarningLimit: 3_000,
      rolldownOptions: {
        checks: { bundlerTimings: false },
        // Fixed names: the app's own page imports these two beside the dashboard.
        input: {
          index: resolve(import.meta.dirname, 'index.html'),
          'in-app': resolve(import.meta.dirname, 'in-app.ts'),
          'paced-log.worker': resolve(import.meta.dirname, 'paced-log.worker.ts'),
          'growing-runs.worker': resolve(import.meta.dirname, 'growing-runs.worker.ts'),
        },
        output: { entryFileNames: '[name].js' },
        preserveEntrySignatures: 'exports-only',
      },
    },
  }
})
