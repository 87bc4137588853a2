// @ts-check
// npm run check: types of every world, lint, format, architecture, style sheets; then figures of the tree.
import { bin, ensureInstalled, run } from './setup.mjs'

ensureInstalled()
for (const world of ['src', 'workers', 'e2e', 'scripts']) run(bin('tsc'), ['-p', world])
run(bin('oxlint'), ['--quiet'])
run(bin('oxfmt'), ['--check', '.'])
run(bin('vitest'), ['run', 'src/architecture.test.ts', 'src/styles'])
const { printFigures } = await import('./figures.mjs')
await printFigures()
