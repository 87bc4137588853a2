import solid from 'vite-plugin-solid'
import { defineConfig } from 'vitest/config'

/** V8 11.3 crashes in calls of WebAssembly that it inlines into optimised code, here those of a virtual table. */
const isNode20 = process.versions.node.startsWith('20.')

/** What Kymo does in Node needs the SQLite of newer ones; `npm test` finds one. */
const NATIVE = [
  'workers/native/**/*.test.ts',
  'workers/node/**/*.test.ts',
  'workers/command/**/*.test.ts',
  'workers/disk/**/*.test.ts',
  'workers/push/**/*.test.ts',
]
const hasSqlite = process.getBuiltinModule?.('node:sqlite') !== undefined

/** In Node the packages would be their builds for servers, in which nothing reacts. */
const REACTIVE = [
  { find: /^solid-js$/, replacement: 'solid-js/dist/solid.js' },
  { find: /^solid-js\/(web|store)$/, replacement: 'solid-js/$1/dist/$1.js' },
]

export default defineConfig({
  resolve: { alias: REACTIVE },
  test: {
    // None of these is about time: a busy machine is no failure.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'units',
          include: ['src/**/*.test.ts', 'workers/**/*.test.ts', 'scripts/**/*.test.ts', 'e2e/**/*.test.ts'],
          exclude: NATIVE,
          setupFiles: ['src/property-seed.fixture.ts'],
          execArgv: isNode20 ? ['--no-turbo-inline-js-wasm-calls'] : [],
        },
      },
      ...(hasSqlite
        ? [
            {
              extends: true as const,
              test: {
                name: 'native',
                include: NATIVE,
                globalSetup: ['scripts/build-for-node.mjs'],
                setupFiles: ['src/property-seed.fixture.ts'],
              },
            },
          ]
        : []),
      {
        extends: true,
        plugins: [solid({ hot: false })],
        test: {
          name: 'components',
          include: ['src/**/*.test.tsx', 'e2e/**/*.test.tsx'],
          environment: 'happy-dom',
          setupFiles: ['src/browser.fixture.ts'],
          // What draws must share one Solid with what it is made of.
          server: { deps: { inline: [/solid/, /@kobalte/] } },
        },
      },
    ],
  },
})
