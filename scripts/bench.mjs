// @ts-check
// npm run bench -- NAME [--only PART] [--json FILE]: runs e2e/bench/NAME.bench.ts in Chromium and prints one line a figure.
import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { ensureInstalled, ROOT } from './setup.mjs'

const BENCHES = join(ROOT, 'e2e', 'bench')
const names = readdirSync(BENCHES)
  .filter((file) => file.endsWith('.bench.ts'))
  .map((file) => file.replace('.bench.ts', ''))

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'string' }, only: { type: 'string' } },
})
const [name = ''] = positionals
if (!existsSync(join(BENCHES, `${name}.bench.ts`))) {
  console.error(
    `Usage: npm run bench -- NAME [--only PART] [--json FILE], where NAME is one of: ${names.join(', ')}`,
  )
  process.exit(2)
}

ensureInstalled()
const { withHarness } = await import('./with-harness.mjs')
await withHarness(join(BENCHES, `${name}.bench.ts`), async ({ measure }) => {
  /** @type {{ version: string, figures: import('../e2e/bench/figure.ts').Figure[] }} */
  const { version, figures } = await measure(printFigure, values.only)
  const environment = {
    date: new Date().toISOString(),
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    system: `${process.platform} ${process.arch}`,
    node: process.versions.node,
    browser: version,
  }
  console.log(
    `\n${environment.browser}, ${environment.cores} cores, ${environment.cpu}, ${environment.system}`,
  )
  if (values.json)
    writeFileSync(resolve(values.json), `${JSON.stringify({ environment, figures }, null, 2)}\n`)
  process.exitCode = figures.every((figure) => figure.ok !== false) ? 0 : 1
})
process.exit()

function printFigure({ name, value, unit, target, better, ok }) {
  const bound = target === null ? '' : `${better === 'lower' ? '≤' : '≥'} ${target}`
  const verdict = ok === null ? '' : ok ? 'ok' : 'MISSED'
  const shown = Math.abs(value) >= 100 ? value.toFixed(0) : value.toPrecision(4)
  console.log(`${name.padEnd(36)} ${shown.padStart(10)} ${unit.padEnd(10)} ${bound.padEnd(10)} ${verdict}`)
}
