import { defineConfig } from 'playwright/test'

/** Bundlers and frameworks of somebody else, each installed fresh: minutes, and a network. `npm run matrix` runs it. */
export default defineConfig({
  testDir: '.',
  testMatch: '*.spec.ts',
  outputDir: '../../test-results',
  workers: 1,
  timeout: 600_000,
  forbidOnly: true,
  reporter: [['list']],
})
