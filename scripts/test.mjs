// @ts-check
// npm test: unit and property tests in Node, then the stories in a real browser. Ends with "N passed, N failed".
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { bin, ensureInstalled, ROOT } from './setup.mjs'

ensureInstalled()
const { ensureBrowser } = await import('./browser.mjs')
const { buildAppIfStale, buildHarness } = await import('./build-app.mjs')
const { buildLibrary } = await import('./build-library.mjs')
const { ensureNewerNode } = await import('./newer-node.mjs')

const CACHE = join(ROOT, '.cache')
mkdirSync(CACHE, { recursive: true })

/** Runs one runner, its output shown, and reads the report it leaves; a runner that leaves none counts as one failure. */
function runTests(command, args, report, count, env = {}) {
  rmSync(report, { force: true })
  const { status } = spawnSync(command, args, {
    cwd: ROOT,
    stdio: 'inherit',
    env: { ...process.env, ...env },
  })
  try {
    const { passed, failed } = count(JSON.parse(readFileSync(report, 'utf8')))
    return { passed, failed: status === 0 ? failed : Math.max(failed, 1) }
  } catch {
    return { passed: 0, failed: 1 }
  }
}

/** Runs projects of vitest in a Node. */
function runUnitTests(node, ...projects) {
  const report = join(CACHE, `${projects[0]}.json`)
  const args = [
    join(ROOT, 'node_modules', 'vitest', 'vitest.mjs'),
    'run',
    ...projects.map((project) => `--project=${project}`),
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ]
  return runTests(node, args, report, (json) => ({
    passed: json.numPassedTests,
    failed:
      json.numFailedTests +
      json.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0)
        .length,
  }))
}

async function runStories() {
  const browser = await ensureBrowser()
  await buildAppIfStale()
  await buildHarness()
  await buildLibrary()
  const report = join(CACHE, 'stories.json')
  const args = ['test', '--config', 'e2e/playwright.config.ts', ...process.argv.slice(2)]
  return runTests(
    bin('playwright'),
    args,
    report,
    ({ stats }) => ({ passed: stats.expected, failed: stats.unexpected + stats.flaky + stats.skipped }),
    { KYMO_BROWSER: browser, PLAYWRIGHT_JSON_OUTPUT_NAME: report },
  )
}

const results = [
  runUnitTests(process.execPath, 'units', 'components'),
  runUnitTests(ensureNewerNode(), 'native'),
  await runStories(),
]
const passed = results.reduce((sum, result) => sum + result.passed, 0)
const failed = results.reduce((sum, result) => sum + result.failed, 0)
console.log(`\n${passed} passed, ${failed} failed`)
process.exit(failed === 0 && passed > 0 ? 0 : 1)
