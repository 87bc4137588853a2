import { resolve } from 'node:path'
import { defineConfig } from 'vite'
import { sqlitePlugins } from '../../scripts/sqlite-plugin.mjs'

/** Pages for tests and benchmarks only, built as production code and served beside the app. */
export default defineConfig({
  root: import.meta.dirname,
  base: './',
  publicDir: resolve(import.meta.dirname, '../../public'),
  plugins: sqlitePlugins(),
  worker: { format: 'es', plugins: sqlitePlugins },
  build: {
    target: 'es2022',
    outDir: resolve(import.meta.dirname, '../../dist/harness'),
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
      },
      output: { entryFileNames: '[name].js' },
      preserveEntrySignatures: 'exports-only',
    },
  },
})
