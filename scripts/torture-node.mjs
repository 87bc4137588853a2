// @ts-check
// npm run torture -- --node [--kills N] [--seed S]: kills processes that log into one experiment, then holds the file to its word.
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { runnerImport } from 'vite'
import { ROOT } from './setup.mjs'

const LIBRARY = pathToFileURL(join(ROOT, 'dist', 'lib', 'node', 'kymo.js')).href
const WRITER = join(ROOT, 'e2e', 'torture', 'node-writer.mjs')
const CHECK = join(ROOT, 'e2e', 'torture', 'node-check.mjs')
const STYLES = ['loop', 'await', 'slow', 'artifact']
/** Processes at a time. */
const WRITERS = 4

/**
 * Answers whether anything was lost, doubled or damaged.
 *
 * @param {{ node: string, kills: number, seed: number, print: (line: string) => void }} options
 */
export async function tortureNode({ node, kills, seed, print }) {
  const folder = mkdtempSync(join(tmpdir(), 'kymo-torture-'))
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
  const { makeRandom } = (await runnerImport(join(ROOT, 'e2e', 'torture', 'random.ts'))).module
  const random = makeRandom(seed)
  /** How many steps of a run are acknowledged. @type {Map<string, number>} */
  const acknowledged = new Map()
  let [killed, runs] = [0, 0]
  /** @type {string[]} */
  const problems = []

  /** One place at the table: a process after the other, each killed in its turn. */
  async function occupy() {
    while (killed < kills) {
      // Half of them go on where one died.
      const known = [...acknowledged.keys()]
      const idle = known.filter((id) => !busy.has(id))
      const again = random.next() < 0.5 && idle.length > 0 ? random.pick(idle) : undefined
      const runId = again ?? `run-${(runs += 1)}`
      if (!acknowledged.has(runId)) acknowledged.set(runId, 0)
      busy.add(runId)
      await live(runId, random.pick(STYLES), random.between(150, 750))
      busy.delete(runId)
      killed += 1
      if (killed % 25 === 0) print(`${killed} kills, ${acknowledged.size} runs`)
    }
  }
  /** @type {Set<string>} */
  const busy = new Set()

  /** @param {string} runId @param {string} style @param {number} lifeMs */
  function live(runId, style, lifeMs) {
    const child = spawn(node, ['--no-warnings', WRITER, LIBRARY, runId, style], { cwd: folder })
    let [said, wrong] = ['', '']
    child.stdout.on('data', (part) => {
      said += String(part)
      const lines = said.split('\n')
      said = lines.pop() ?? ''
      for (const line of lines) acknowledged.set(runId, Math.max(acknowledged.get(runId) ?? 0, Number(line)))
    })
    child.stderr.on('data', (part) => (wrong += String(part)))
    return new Promise((resolve) => {
      // Its life begins with what it says first: the start of a process on a busy machine is no part of it.
      const end = setTimeout(() => child.kill('SIGKILL'), lifeMs)
      child.on('close', (_code, signal) => {
        clearTimeout(end)
        if (signal !== 'SIGKILL') problems.push(`${runId} (${style}) ended by itself: ${wrong.slice(0, 500)}`)
        else if (wrong !== '') problems.push(`${runId} (${style}) said: ${wrong.slice(0, 500)}`)
        resolve(undefined)
      })
    })
  }

  await Promise.all(Array.from({ length: WRITERS }, occupy))
  const checked = spawnSync(
    node,
    ['--no-warnings', CHECK, LIBRARY, JSON.stringify(Object.fromEntries(acknowledged))],
    { cwd: folder, encoding: 'utf8', maxBuffer: 2 ** 26 },
  )
  /** @type {{ points: number, acknowledged: number, lost: number, duplicated: number, corrupt: number, problems: string[] }} */
  const result =
    checked.status === 0
      ? JSON.parse(checked.stdout.trim().split('\n').at(-1) ?? '{}')
      : { points: 0, acknowledged: 0, lost: 0, duplicated: 0, corrupt: 1, problems: [checked.stderr] }
  for (const problem of [...problems, ...result.problems]) print(problem)
  const isBad = result.lost + result.duplicated + result.corrupt + problems.length > 0
  if (isBad) print(`the project is kept in ${folder}`)
  else rmSync(folder, { recursive: true, force: true })
  console.log(
    `kills ${killed}, runs ${acknowledged.size}, points ${result.points}, acknowledged ${result.acknowledged}, lost ${result.lost}, duplicated ${result.duplicated}, corrupt ${result.corrupt}`,
  )
  return isBad
}
