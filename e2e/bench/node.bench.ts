import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { atLeast, atMost, forInformation, quantile, type Figure, type Measurement } from './figure.ts'
import type { Print } from './measure-parts.ts'
import { mirrorLag, mirrorOverhead } from './node/mirror.ts'
import { pushSpeed } from './node/push.ts'

const ROOT = resolve(import.meta.dirname, '..', '..')
const LIBRARY = join(ROOT, 'dist', 'lib', 'node')

/** Builds the library; answers the path of a Node that has SQLite. */
function prepare(): string {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(ROOT, 'scripts', 'prepare-node.mjs')],
    {
      encoding: 'utf8',
    },
  )
  if (status !== 0) throw new Error(stderr)
  return stdout.trim().split('\n').at(-1) ?? ''
}

let path = ''

/** Runs a script there; answers what it says. */
function node(script: string, args: readonly string[], cwd = process.cwd()): string {
  const { status, stdout, stderr } = spawnSync(path, ['--no-warnings', script, ...args], {
    cwd,
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(`${script} ended with ${status}: ${stderr}`)
  return stdout
}

/** What Kymo makes durable in Node against a prepared insert of the same rows. */
function ingest(): Figure[] {
  const script = join(import.meta.dirname, 'node', 'ingest.mjs')
  const { rows, logged, inserted } = JSON.parse(
    node(script, [pathToFileURL(join(LIBRARY, 'kymo.js')).href]),
  ) as { rows: number; logged: number[]; inserted: number[] }
  const ratios = logged.map((ms, round) => (inserted[round] ?? Number.NaN) / ms)
  return [
    atLeast('node.ingest_vs_insert', quantile(ratios, 0.5), 0.7, '×'),
    forInformation('node.ingest_vs_insert_p5', quantile(ratios, 0.05), '×'),
    forInformation('node.ingest_rows_per_s', rows / (quantile(logged, 0.5) / 1000), 'rows/s'),
    forInformation('node.insert_rows_per_s', rows / (quantile(inserted, 0.5) / 1000), 'rows/s'),
  ]
}

const STARTS = 20

/** From the call of `kymo runs` to its end, over a project of one experiment with 20 runs. */
function commandStart(): Figure[] {
  const folder = mkdtempSync(join(tmpdir(), 'kymo-bench-'))
  const script = join(folder, 'train.mjs')
  writeFileSync(
    script,
    `import { init } from ${JSON.stringify(pathToFileURL(join(LIBRARY, 'kymo.js')).href)}
    for (let index = 0; index < 20; index += 1) {
      const run = init({ experiment: 'digits', params: { index } })
      for (let step = 0; step < 1_000; step += 1) run.log({ loss: step })
      await run.finish()
    }`,
  )
  node(script, [], folder)
  const times = Array.from({ length: STARTS }, () => {
    const startedAt = performance.now()
    const lines = node(join(LIBRARY, 'command.js'), ['runs'], folder).trim().split('\n')
    if (lines.length !== 21) throw new Error(`kymo runs said ${lines.length} lines`)
    return performance.now() - startedAt
  })
  rmSync(folder, { recursive: true, force: true })
  return [
    atMost('node.cli_start_ms', quantile(times, 0.5), 300, 'ms'),
    forInformation('node.cli_start_ms_p95', quantile(times, 0.95), 'ms'),
  ]
}

const PARTS: Readonly<Record<string, () => Figure[] | Promise<Figure[]>>> = {
  ingest,
  start: commandStart,
  mirror: () => mirrorLag(node),
  overhead: mirrorOverhead,
  push: () =>
    pushSpeed(node, {
      library: pathToFileURL(join(LIBRARY, 'kymo.js')).href,
      command: join(LIBRARY, 'command.js'),
    }),
}

export async function measure(print: Print, only?: string): Promise<Measurement> {
  path = prepare()
  const chosen = Object.entries(PARTS).filter(([name]) => only === undefined || name === only)
  const figures: Figure[] = []
  for (const [, part] of chosen) {
    const measured = await part()
    for (const figure of measured) print(figure)
    figures.push(...measured)
  }
  const { stdout } = spawnSync(path, ['--version'], { encoding: 'utf8' })
  return { version: `Node ${stdout.trim()}`, figures }
}
