// @ts-check
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './setup.mjs'

/** One part of sqlite-wasm's glue: it registers itself with the bootstrap and touches nothing outside. */
const PART =
  /\t\tglobalThis\.sqlite3ApiBootstrap\.initializers\.push\(function\(sqlite3\) \{[\s\S]*?\n\t\t\}\);\n/g

/** The parts Kymo never calls, each told by words that only it contains. */
const UNUSED_PARTS = [
  'sqlite3.initWorker1API =',
  'vfs?.kvvfs',
  'vfs["opfs-vfs"]',
  'const installOpfsVfs =',
  '"opfs-wl"',
  'sqlite3.oo1 = {',
]

/** The promise API over SQLite's own worker, which Kymo does not use either. */
const PROMISER = /globalThis\.sqlite3Worker1Promiser = [\s\S]*?delete globalThis\.sqlite3Worker1Promiser;/

/** Signatures of the session extension. */
const SESSIONS =
  /^\t{3}if \(wasm\.bigIntEnabled && !!wasm\.exports\.sqlite3changegroup_add[\s\S]*?\n\t{3}\}\n/m

/** The engine's functions as properties of the module object; its own API takes them from the exports. */
const EXPORT_ALIAS = /^\t+Module\["_\w+"\] = wasmExports\["\w+"\];\n/gm

/** How one function of the engine is called: its name, then the types of its result and arguments. */
const SIGNATURE = /^(\t{4,6})\[\n\1\t"(sqlite3_\w+)",\n(?:\1\t.*\n)*?\1\],?\n/gm

/** The sources that may call the engine. */
const ownSources = () =>
  readdirSync(join(ROOT, 'workers'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(join(ROOT, 'workers', file), 'utf8'))
    .join('')

/** Leaves out the signatures of functions that neither the rest of the glue nor Kymo names. */
function withoutUncalled(/** @type {string} */ code) {
  const rest = code.replaceAll(SIGNATURE, '')
  const own = ownSources()
  const isCalled = (/** @type {string} */ name) =>
    new RegExp(`\\b(?:capi|exports)\\.${name}\\b|\\[["']${name}\\b|\\b${name}\\(`).test(rest) ||
    new RegExp(`\\b${name}\\b`).test(own)
  return code.replaceAll(SIGNATURE, (signature, _indent, name) => (isCalled(name) ? signature : ''))
}

/**
 * Leaves out of sqlite-wasm what Kymo does not use (key-value storage, the other two OPFS VFSs, SQLite's own worker,
 * its classes, sessions, names that nobody calls by, functions that nobody calls): two fifths of its glue, and 700 kB of worker files that a bundler would emit for it.
 *
 * The package is pinned to one version; should another one look different, the build fails here rather than later.
 *
 * @returns {import('vite').Plugin}
 */
function slimSqlite() {
  return {
    name: 'kymo-slim-sqlite',
    enforce: 'pre',
    transform(code, id) {
      if (!id.includes('sqlite-wasm/dist/index.mjs')) return null
      const left = new Set([...UNUSED_PARTS, 'promiser', 'sessions', 'aliases'])
      const drop = (/** @type {string} */ what, instead = '') => {
        left.delete(what)
        return instead
      }
      const slim = code
        .replaceAll(PART, (part) => {
          const unused = UNUSED_PARTS.find((words) => part.includes(words))
          return unused === undefined ? part : drop(unused)
        })
        .replace(PROMISER, () => drop('promiser', 'var sqlite3_worker1_promiser_default;'))
        .replace(SESSIONS, () => drop('sessions'))
        .replaceAll(EXPORT_ALIAS, () => drop('aliases'))
      if (left.size > 0) throw new Error(`sqlite-wasm looks different: no ${[...left].join(', ')} in it`)
      return { code: withoutUncalled(slim), map: null }
    },
  }
}

/**
 * Leaves comments and line breaks out of the migrations, which every first visit loads.
 *
 * @returns {import('vite').Plugin}
 */
function slimMigrations() {
  return {
    name: 'kymo-slim-migrations',
    enforce: 'pre',
    load(id) {
      if (!id.endsWith('.sql?raw')) return null
      const text = readFileSync(id.slice(0, -'?raw'.length), 'utf8')
      const plain = text.replaceAll(/--.*$/gm, '').replaceAll(/\s+/g, ' ').trim()
      return `export default ${JSON.stringify(plain)}`
    },
  }
}

export const sqlitePlugins = () => [slimSqlite(), slimMigrations()]
