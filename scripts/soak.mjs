// @ts-check
// npm run soak -- [--minutes N] [--watched]: 10,000 points a second for a while, then counts them and what memory grew.
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { ensureInstalled, ROOT } from './setup.mjs'

/** Of what page and worker hold; see e2e/soak/README.md. */
const MAX_GROWTH = 0.05

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '30' },
    watched: { type: 'boolean', default: false },
  },
})
const minutes = Number(values.minutes)
if (!(minutes >= 0.5)) {
  console.error('Usage: npm run soak -- [--minutes N] [--watched], N at least 0.5')
  process.exit(2)
}

ensureInstalled()
const { withHarness } = await import('./with-harness.mjs')

const missed = await withHarness(join(ROOT, 'e2e', 'soak', 'soak.ts'), async ({ soak }) => {
  console.log(`${minutes} minutes; MB of JavaScript, buffers and WebAssembly`)
  const { counts, growth, browser } = await soak({ minutes, watched: values.watched, print: console.log })
  const { series, logged, stored } = counts
  const isComplete = logged === stored && logged > 0
  const isSteady = values.watched || growth <= MAX_GROWTH
  console.log(`\n${browser}`)
  console.log(`soak.points  logged ${logged}, stored ${stored} in ${series} series  ${verdict(isComplete)}`)
  const bound = values.watched ? '' : `≤ ${100 * MAX_GROWTH} %  ${verdict(isSteady)}`
  console.log(`soak.growth  ${(100 * growth).toFixed(2)} %  ${bound}`)
  return !(isComplete && isSteady)
})
process.exit(missed ? 1 : 0)

function verdict(/** @type {boolean} */ ok) {
  return ok ? 'ok' : 'MISSED'
}
