import { defineConfig } from 'playwright/test'
import { APP_PORT, APP_URL } from './ports.ts'

export default defineConfig({
  testDir: '.',
  testMatch: '*.spec.ts',
  // Minutes, and a network: `npm run matrix`.
  testIgnore: 'matrix/**',
  outputDir: '../test-results',
  // Two cores and a training in every story: more at once would only make each slower.
  workers: 1,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  forbidOnly: true,
  reporter: [['list'], ['json']],
  webServer: {
    command: `node ../scripts/serve-tests.mjs ${APP_PORT}`,
    url: APP_URL,
    reuseExistingServer: false,
    timeout: 60_000,
  },
})
