// @ts-check
// Import this only after ensureInstalled: it needs the packages. Figures of the tree, to be read and not obeyed.
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parseSync, runnerImport } from 'vite'
import { ROOT } from './setup.mjs'

const LONGEST = 10

/** @typedef {{ readonly name: string, readonly file: string, readonly lines: number }} Closure */

/** Prints how the rooms are tied, and how long files and functions are. Tests and test doubles are left out. */
export async function printFigures() {
  const { module } = await runnerImport(join(ROOT, 'src', 'imports.fixture.ts'))
  const { findCircles, importsOf, roomOf, sourceFiles } = module
  const files = [...sourceFiles(ROOT, 'src'), ...sourceFiles(ROOT, 'workers')].filter(isProduct)
  const arrows = files
    .flatMap((file) => importsOf(ROOT, file))
    .map(({ from, to }) => [roomOf(from), roomOf(to)])
    .filter(([from, to]) => from !== to)
  // The client starts the workers by their URLs, which is no arrow between rooms.
  const inside = arrows.filter(([from, to]) => !(from.startsWith('src/') && to.startsWith('workers/')))
  const rooms = new Set(files.map(roomOf))
  const pairs = new Set(inside.map(([from, to]) => [from, to].toSorted().join(' ')))
  const lengths = files.map((file) => linesOf(readFileSync(join(ROOT, file), 'utf8')))
  const closures = files.flatMap(closuresOf).toSorted((a, b) => b.lines - a.lines)
  const functions = closures.map(({ lines }) => lines)
  const [folder, count] = largestFolder(files)
  console.log('\nThe tree, to be read and not obeyed')
  printLine('rooms', rooms.size)
  printLine('pairs of rooms tied', pairs.size)
  printLine('circles of rooms', findCircles(inside).length)
  printLine('largest folder', `${folder}, ${count} files`)
  printLine('lines of a file', `median ${quantile(lengths, 0.5)}, p90 ${quantile(lengths, 0.9)}`)
  printLine('lines of a function', `median ${quantile(functions, 0.5)}, p90 ${quantile(functions, 0.9)}`)
  console.log('  longest functions')
  for (const { name, file, lines } of closures.slice(0, LONGEST))
    console.log(`    ${String(lines).padStart(4)}  ${name}  ${file}`)
}

/** @param {string} name @param {string | number} value */
function printLine(name, value) {
  console.log(`  ${name.padEnd(28)} ${value}`)
}

/** @param {string} file */
function isProduct(file) {
  return !/\.(test|fixture)\.tsx?$/.test(file) && !file.startsWith('workers/store-suite/')
}

/** @param {string} text */
function linesOf(text) {
  return text.trimEnd().split('\n').length
}

/** @param {readonly number[]} values @param {number} part */
function quantile(values, part) {
  const sorted = [...values].toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0
}

/** @param {readonly string[]} files @returns {readonly [folder: string, count: number]} */
function largestFolder(files) {
  /** @type {Map<string, number>} */
  const counts = new Map()
  for (const file of files) counts.set(dirname(file), (counts.get(dirname(file)) ?? 0) + 1)
  return [...counts].toSorted(([, a], [, b]) => b - a)[0] ?? ['', 0]
}

/**
 * Every function that has a body, by the name it is given.
 *
 * @param {string} file
 * @returns {Closure[]}
 */
function closuresOf(file) {
  const text = readFileSync(join(ROOT, file), 'utf8')
  const { program } = parseSync(file, text)
  /** @type {Closure[]} */
  const found = []
  visit(program, '', (node, name) => {
    if (node.body?.type === 'BlockStatement')
      found.push({ name, file, lines: linesOf(text.slice(node.start, node.end)) })
  })
  return found
}

/** Visits functions with the nearest name above them: their own, that of their variable or property. */
function visit(node, name, tell) {
  if (Array.isArray(node)) return node.forEach((each) => visit(each, name, tell))
  if (typeof node !== 'object' || node === null) return
  const own = node.id?.name ?? (node.type === 'Property' ? node.key?.name : undefined) ?? name
  if (/^(FunctionDeclaration|FunctionExpression|ArrowFunctionExpression)$/.test(node.type)) tell(node, own)
  for (const child of Object.values(node)) visit(child, own, tell)
}
