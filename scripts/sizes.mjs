// @ts-check
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { gzipSync } from 'node:zlib'
import { ROOT } from './setup.mjs'

const APP = join(ROOT, 'dist', 'app')
const LIB = join(ROOT, 'dist', 'lib')

const gzipped = (file) => gzipSync(readFileSync(file)).length
const total = (files) => [...files].reduce((sum, file) => sum + gzipped(file), 0)
const kb = (bytes) => `${(bytes / 1000).toFixed(1)} kB`

/** Every file that a module loads before it runs, itself included; what it imports lazily is left out. */
function staticImports(entry, seen = new Set()) {
  if (seen.has(entry) || !existsSync(entry)) return seen
  seen.add(entry)
  const code = readFileSync(entry, 'utf8')
  for (const match of code.matchAll(
    /(?:^|[;}\s])(?:import|export)\s*(?:[\w*{}\s,$]*?\s*from\s*)?["'](\.{1,2}\/[^"']+\.js)["']/g,
  )) {
    staticImports(resolve(dirname(entry), match[1] ?? ''), seen)
  }
  return seen
}

/** The JavaScript of a first visit: what the page loads, and the tracker worker it starts. */
export function firstLoad() {
  const html = readFileSync(join(APP, 'index.html'), 'utf8')
  const page = new Set()
  for (const match of html.matchAll(/(?:src|href)="(\.\/[^"]+\.js)"/g)) {
    for (const file of staticImports(join(APP, match[1] ?? ''))) page.add(file)
  }
  const worker = new Set()
  for (const file of page) {
    for (const match of readFileSync(file, 'utf8').matchAll(
      /["'`]([^"'`]*tracker\.worker[^"'`]*\.js)["'`]/g,
    )) {
      for (const loaded of staticImports(resolve(dirname(file), match[1] ?? ''))) worker.add(loaded)
    }
  }
  return { pageBytes: total(page), workerBytes: total(worker), files: [...page, ...worker] }
}

/** What the logging library adds to a page, Comlink included. */
export function libraryBytes() {
  return total(staticImports(join(LIB, 'kymo.js')))
}

/** Prints what a visitor and a user of the library load, gzipped. */
export function printSizes() {
  const { pageBytes, workerBytes, files } = firstLoad()
  console.log('\nSizes, gzipped')
  for (const file of files)
    console.log(`  ${relative(APP, file).padEnd(44)} ${kb(gzipped(file)).padStart(10)}`)
  console.log(`  ${'first load: page'.padEnd(44)} ${kb(pageBytes).padStart(10)}`)
  console.log(
    `  ${'first load: tracker worker, without the wasm'.padEnd(44)} ${kb(workerBytes).padStart(10)}`,
  )
  console.log(
    `  ${'first load: all JavaScript (limit 120 kB)'.padEnd(44)} ${kb(pageBytes + workerBytes).padStart(10)}`,
  )
  console.log(`  ${'library kymo, with Comlink'.padEnd(44)} ${kb(libraryBytes()).padStart(10)}`)
  console.log(`  ${'library kymo/tfjs'.padEnd(44)} ${kb(gzipped(join(LIB, 'tfjs.js'))).padStart(10)}`)
}
