import { defineConfig } from 'playwright/test'
import { APP_PORT, APP_URL } from './ports.ts'

/** Stories that mostly wait: for deadlines of the product, and for what stands still. They leave a core to the others. */
const PATIENT = ['alerts', 'control', 'hosts', 'memory', 'policy', 'survives', 'system', 'tabs'].map(
  (name) => `${name}.spec.ts`,
)
/** Minutes, and a network: `npm run matrix`. */
const MATRIX = 'matrix/**'

export default defineConfig({
  testDir: '.',
  outputDir: '../test-results',
  // Two cores and a training in every story: more of those that work would only make each slower.
  workers: 2,
  projects: [
    { name: 'working', testMatch: '*.spec.ts', testIgnore: [...PATIENT, MATRIX], workers: 1 },
    { name: 'patient', testMatch: PATIENT, testIgnore: MATRIX, workers: 1 },
  ],
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
