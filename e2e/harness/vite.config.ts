import { resolve } from 'node:path'
import solid from 'vite-plugin-solid'
import { defineConfig, type Plugin } from 'vite'
import { sqlitePlugins } from '../../scripts/sqlite-plugin.mjs'

/** What makes a Kymo of the next version out of this one: what it says of itself, and one more migration. */
const NEXT_VERSION: Readonly<Record<string, readonly [RegExp, (found: string, part: string) => string]>> = {
  'src/protocol/version.ts': [
    /PROTOCOL_VERSION = (\d+)/,
    (_found, version) => `PROTOCOL_VERSION = ${Number(version) + 1}`,
  ],
  'workers/db/migrate.ts': [
    /MIGRATIONS: readonly string\[\] = \[([^\]]*)\]/,
    (_found, known) =>
      `MIGRATIONS: readonly string[] = [${known.trim().replace(/,$/, '')}, 'create table of_the_next_version (x integer) strict']`,
  ],
}

/** The product has no switch for this, so the sources are changed on their way into the build. */
function nextVersion(): Plugin {
  return {
    name: 'kymo-next-version',
    enforce: 'pre',
    transform(code, id) {
      const change = Object.entries(NEXT_VERSION).find(([file]) => id.endsWith(file))?.[1]
      if (change === undefined) return null
      const [pattern, next] = change
      if (!pattern.test(code)) throw new Error(`${id} has no ${pattern.source} any more`)
      return { code: code.replace(pattern, next), map: null }
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
    plugins: [solid(), ...plugins()],
    worker: {
      format: 'es',
      plugins,
      rolldownOptions: { checks: { bundlerTimings: false, ineffectiveDynamicImport: false } },
    },
    build: {
      target: 'es2022',
      outDir: resolve(import.meta.dirname, isNext ? '../../dist/harness/next' : '../../dist/harness'),
      emptyOutDir: true,
      modulePreload: { polyfill: false },
      chunkSizeWarningLimit: 3_000,
      rolldownOptions: {
        checks: { bundlerTimings: false, ineffectiveDynamicImport: false },
        // Fixed names: the app's own page imports these two beside the dashboard.
        input: {
          index: resolve(import.meta.dirname, 'index.html'),
          ...(isNext ? {} : { gallery: resolve(import.meta.dirname, 'gallery.html') }),
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
