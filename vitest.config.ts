import { defineConfig } from 'vitest/config'

/** V8 11.3 crashes in calls of WebAssembly that it inlines into optimised code, here those of a virtual table. */
const isNode20 = process.versions.node.startsWith('20.')

export default defineConfig({
  // In Node the package would be its build for servers, in which nothing reacts.
  resolve: { alias: [{ find: /^solid-js$/, replacement: 'solid-js/dist/solid.js' }] },
  test: {
    include: ['src/**/*.test.ts', 'workers/**/*.test.ts', 'scripts/**/*.test.ts'],
    // None of these is about time: a busy machine is no failure.
    testTimeout: 30_000,
    setupFiles: ['src/property-seed.fixture.ts'],
    execArgv: isNode20 ? ['--no-turbo-inline-js-wasm-calls'] : [],
  },
})
