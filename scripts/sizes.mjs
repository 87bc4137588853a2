// @ts-check
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { gzipSync } from 'node:zlib'
import { ROOT } from './setup.mjs'

const APP = join(ROOT, 'dist', 'app')
const LIB = join(ROOT, 'dist', 'lib')

/** What a first visit may load before it can be used. Unit: bytes. */
const FIRST_LOAD_LIMIT = 120_000

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

/** Built files whose names start so; they are loaded when their screen is. */
function lazyChunk(name) {
  const folder = join(APP, 'assets')
  return readdirSync(folder)
    .filter((file) => file.startsWith(`${name}-`) && file.endsWith('.js'))
    .map((file) => join(folder, file))
}

/** The JavaScript that each step of a visit loads, as sets of files. */
function visit() {
  const html = readFileSync(join(APP, 'index.html'), 'utf8')
  const page = new Set()
  for (const match of html.matchAll(/(?:src|href)="(\.\/[^"]+\.js)"/g))
    staticImports(join(APP, match[1] ?? ''), page)
  const worker = new Set()
  for (const file of lazyChunk('tracker.worker')) staticImports(file, worker)
  const load = (name) => {
    const files = new Set()
    for (const file of lazyChunk(name)) staticImports(file, files)
    return new Set([...files].filter((file) => !page.has(file)))
  }
  return { page, worker, firstVisit: load('first-visit'), experiment: load('experiment-screen') }
}

/** What an entry of the library loads that the library itself does not. */
function besides(entry) {
  const library = staticImports(join(LIB, 'kymo.js'))
  return total([...staticImports(join(LIB, entry))].filter((file) => !library.has(file)))
}

/** Prints what a visitor and a user of the library load, gzipped. */
export function printSizes() {
  const { page, worker, firstVisit, experiment } = visit()
  const firstLoad = total(page) + total(worker) + total(firstVisit)
  console.log('\nJavaScript, gzipped')
  const print = (name, bytes) => console.log(`  ${name.padEnd(52)} ${kb(bytes).padStart(10)}`)
  print('page', total(page))
  print('first visit', total(firstVisit))
  print('tracker worker, without the wasm', total(worker))
  print(`first load, all of these (limit ${kb(FIRST_LOAD_LIMIT)})`, firstLoad)
  print('charts, when the first experiment is opened, besides', total(experiment))
  print('library kymo, with Comlink', total(staticImports(join(LIB, 'kymo.js'))))
  print('library kymo/tfjs, besides', besides('tfjs.js'))
  print('library kymo/sweep, besides', besides('sweep.js'))
  print('library kymo/media, besides', besides('media.js'))
  print('its encoder worker, with the first picture', gzipped(join(LIB, 'encoder.worker.js')))
  print('its film worker, with the first film of frames', gzipped(join(LIB, 'film.worker.js')))
  if (firstLoad > FIRST_LOAD_LIMIT) {
    console.error('The first load is over its limit.')
    process.exitCode = 1
  }
}
