// @ts-check
// npm run torture -- [--node] [--kills N] [--seed S]: kills tabs, workers and browsers that log, or processes of Node, then
// holds the store to its word.
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { ensureInstalled, ROOT } from './setup.mjs'

const { values } = parseArgs({
  options: {
    node: { type: 'boolean', default: false },
    kills: { type: 'string', default: '200' },
    seed: { type: 'string' },
  },
})
const kills = Number(values.kills)
const seed = values.seed === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(values.seed)
if (!Number.isInteger(kills) || kills < 1 || !Number.isInteger(seed)) {
  console.error('Usage: npm run torture -- [--node] [--kills N] [--seed S], both whole numbers')
  process.exit(2)
}

ensureInstalled()
console.log(`seed ${seed}, ${kills} kills`)
const startedAt = Date.now()
const print = (/** @type {string} */ line) =>
  console.log(`${((Date.now() - startedAt) / 1000).toFixed(0).padStart(5)} s  ${line}`)

if (values.node) {
  const { buildForNode } = await import('./build-library.mjs')
  const { ensureNewerNode } = await import('./newer-node.mjs')
  const { tortureNode } = await import('./torture-node.mjs')
  await buildForNode()
  process.exit((await tortureNode({ node: ensureNewerNode(), kills, seed, print })) ? 1 : 0)
}

const { withHarness } = await import('./with-harness.mjs')
const failed = await withHarness(join(ROOT, 'e2e', 'torture', 'torture.ts'), async ({ torture }) => {
  /** @type {import('../e2e/torture/outcome.ts').TortureOutcome} */
  const outcome = await torture({ kills, seed, print })
  for (const problem of outcome.problems) print(problem)
  if (outcome.kept !== null) print(`the profile is kept in ${outcome.kept}`)
  const perKind = Object.entries(outcome.kills).map(([kind, count]) => `${kind} ${count}`)
  print(`kills: ${perKind.join(', ')}; accidents ${outcome.accidents}`)
  print(`terminated workers went unnoticed for ${outcome.unnoticedMs.map(Math.round).join(', ') || '–'} ms`)
  const { acknowledged, lost, duplicated, corrupt } = outcome
  const worst = Math.round(outcome.worst_unacknowledged_ms)
  const worstWithWorker = Math.round(outcome.worst_with_worker_ms)
  console.log(
    `acknowledged ${acknowledged}, lost ${lost}, duplicated ${duplicated}, corrupt ${corrupt}, worst_unacknowledged_ms ${worst}, worst_with_worker_ms ${worstWithWorker}`,
  )
  return lost + duplicated + corrupt > 0
})
process.exit(failed ? 1 : 0)
