// @ts-check
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { LIBRARY_CHUNK } from './chunks.mjs'
import { bin, ROOT, run } from './setup.mjs'

const { version: VERSION } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))
const OUT = join(ROOT, 'dist', 'lib')
const TYPES = join(ROOT, 'dist', 'types')

/** The workers of the library, by the name of their file in the package. */
const WORKERS = {
  'tracker.worker': 'workers/tracker.worker.ts',
  'encoder.worker': 'src/media/encoder.worker.ts',
  'film.worker': 'src/media/film.worker.ts',
}

/** What only the package does, by the modules of the app that it takes the place of. */
const PACKED = {
  'src/client/open-worker.ts': 'src/client/open-packed-worker.ts',
  'src/media/open-encoders.ts': 'src/media/open-packed-encoders.ts',
  'workers/db/wasm.ts': 'workers/db/packed-wasm.ts',
}

/** What only Node does, by the modules that it takes the place of. */
const IN_NODE = {
  'src/client/connect.ts': 'workers/node/connect.ts',
  'src/client/uplink.ts': 'workers/node/uplink.ts',
  'src/client/follow-sinks.ts': 'workers/node/follow-sinks.ts',
}

/** The engine as text. */
const wasmText = () =>
  gzipSync(readFileSync(join(ROOT, 'node_modules/@sqlite.org/sqlite-wasm/dist/sqlite3.wasm')), {
    level: 9,
  }).toString('base64')

/** The text of a worker that was built before. */
const workerText = (/** @type {string} */ name) => readFileSync(join(OUT, `${name}.worker.js`), 'utf8')

/**
 * The package needs no file beside its modules: workers and the engine are texts in modules of their own, loaded when they
 * are first needed.
 *
 * @returns {import('vite').Plugin}
 */
function packed() {
  return {
    name: 'kymo-packed',
    enforce: 'pre',
    resolveId(source, importer) {
      if (source.startsWith('kymo:text/')) return `\0${source}`
      return replaced(PACKED, source, importer)
    },
    load(id) {
      if (!id.startsWith('\0kymo:text/')) return null
      const name = id.slice('\0kymo:text/'.length)
      return `export default ${JSON.stringify(name === 'wasm' ? wasmText() : workerText(name))}`
    },
    transform(code, id) {
      if (!id.includes('sqlite-wasm/dist/index.mjs')) return null
      const file = 'new URL("sqlite3.wasm", import.meta.url).href'
      if (!code.includes(file)) throw new Error(`sqlite-wasm looks different: no ${file} in it`)
      return { code: code.replace(file, '"sqlite3.wasm"'), map: null }
    },
  }
}

/** The module that takes the place of another; null where none does, or where it is that one which imports it. */
function replaced(
  /** @type {Readonly<Record<string, string>>} */ replacements,
  /** @type {string} */ source,
  /** @type {string | undefined} */ importer,
) {
  if (importer === undefined || !source.startsWith('.')) return null
  const path = join(importer, '..', source)
  for (const [own, instead] of Object.entries(replacements)) {
    if (path === join(ROOT, own) && importer !== join(ROOT, instead)) return join(ROOT, instead)
  }
  return null
}

/** In the package the workers lie beside the library, under names every bundler can follow. */
function workersBesideLibrary() {
  return {
    name: 'kymo-workers-beside-library',
    enforce: /** @type {const} */ ('pre'),
    transform(code, id) {
      if (!id.endsWith('src/client/open-worker.ts') && !id.endsWith('src/media/open-encoders.ts')) return null
      return code.replaceAll(
        /new URL\('[./a-z]+\/([a-z]+)\.worker\.ts', import\.meta\.url\)/g,
        'new URL(KYMO_WORKER_FILE_$1, import.meta.url)',
      )
    },
    generateBundle(_options, bundle) {
      for (const file of Object.values(bundle)) {
        if (file.type === 'chunk')
          file.code = file.code.replaceAll(/KYMO_WORKER_FILE_([a-z]+)/g, '"./$1.worker.js"')
      }
    },
  }
}

/**
 * What declarations say otherwise in a package: they name their neighbours as `.ts` sources, which are found as `.js`
 * there, and aliases and parts of types that only TypeScript's library of the DOM knows.
 *
 * @type {readonly [RegExp, string][]}
 */
const TYPES_IN_A_PACKAGE = [
  [/(from '\.[^']*)\.ts'/g, "$1.js'"],
  // Which is generic since TypeScript 5.7 only.
  [/\b(\w+Array|ArrayBufferView|DataView)<ArrayBuffer(?:Like)?>/g, '$1'],
  [/\bPick<(Worker|EventTarget), [^>]*>/g, '$1'],
  [
    /\bCanvasImageSource\b/g,
    'HTMLImageElement | SVGImageElement | HTMLVideoElement | HTMLCanvasElement | ImageBitmap | OffscreenCanvas | VideoFrame',
  ],
]

function typesForPackage(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue
    const file = join(entry.parentPath, entry.name)
    const text = readFileSync(file, 'utf8')
    writeFileSync(
      file,
      TYPES_IN_A_PACKAGE.reduce((done, [own, instead]) => done.replaceAll(own, instead), text),
    )
  }
}

/** What the declarations name of a page or worker. */
const OF_THE_WEB = [
  'AbortSignal',
  'Blob',
  'EventTarget',
  'HTMLCanvasElement',
  'HTMLImageElement',
  'HTMLVideoElement',
  'ImageBitmap',
  'ImageData',
  'OffscreenCanvas',
  'SVGImageElement',
  'URL',
  'VideoFrame',
  'Worker',
]

/** Declares what only TypeScript's library of the DOM has, empty: it adds nothing where that is there, and compiles where not. */
function declareTheWeb(folder, entries) {
  const text = OF_THE_WEB.map((name) => `interface ${name} {}\n`).join('')
  writeFileSync(join(folder, 'web.d.ts'), text)
  for (const entry of entries) {
    const file = join(folder, entry)
    writeFileSync(file, `/// <reference path="../web.d.ts" />\n${readFileSync(file, 'utf8')}`)
  }
}

/** What can be imported from the package, by its name there. */
const ENTRIES = {
  kymo: join(ROOT, 'src/client/index.ts'),
  sweep: join(ROOT, 'src/sweep/sweep.ts'),
  tfjs: join(ROOT, 'src/integrations/tfjs.ts'),
  media: join(ROOT, 'src/media/index.ts'),
}

/** The same entries for Node, in a folder of their own, over files of the project. */
export async function buildForNode() {
  const { build } = await import('vite')
  await build({
    root: ROOT,
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    define: { KYMO_VERSION: JSON.stringify(VERSION) },
    plugins: [
      {
        name: 'kymo-in-node',
        enforce: 'pre',
        resolveId: (source, importer) => replaced(IN_NODE, source, importer),
      },
    ],
    ssr: { noExternal: true },
    build: {
      ssr: true,
      target: 'node20',
      outDir: join(OUT, 'node'),
      license: licensesOf('node'),
      minify: false,
      rolldownOptions: {
        ...QUIET,
        input: {
          ...ENTRIES,
          command: join(ROOT, 'workers/command/main.ts'),
          'sink-thread': join(ROOT, 'workers/node/sink-thread.ts'),
          'sql-thread': join(ROOT, 'workers/served/sql-thread.ts'),
          disk: join(ROOT, 'workers/disk/open-door.ts'),
        },
        preserveEntrySignatures: 'strict',
        output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js', ...LIBRARY_CHUNK },
      },
    },
  })
}

/** How long each plugin took is nothing for whoever builds. */
const QUIET = { checks: { bundlerTimings: false } }

/** Where the licences of what is bundled are told. */
const licensesOf = (/** @type {string} */ name) => ({ fileName: `licenses/${name}.md` })

/** Builds the npm package: the library, its types, the worker with SQLite, the Vite plugin. */
export async function buildLibrary() {
  const { build } = await import('vite')
  const { sqlitePlugins } = await import('./sqlite-plugin.mjs')
  rmSync(OUT, { recursive: true, force: true })
  const shared = {
    root: ROOT,
    configFile: /** @type {const} */ (false),
    publicDir: /** @type {const} */ (false),
    base: './',
    logLevel: /** @type {const} */ ('warn'),
  }
  const output = {
    entryFileNames: '[name].js',
    chunkFileNames: '[name].js',
    assetFileNames: '[name][extname]',
  }
  for (const [name, source] of Object.entries(WORKERS)) {
    await build({
      ...shared,
      plugins: [packed(), ...sqlitePlugins()],
      build: {
        target: 'es2022',
        outDir: OUT,
        emptyOutDir: false,
        license: licensesOf(name),
        assetsInlineLimit: 0,
        chunkSizeWarningLimit: 2_000,
        modulePreload: false,
        rolldownOptions: {
          ...QUIET,
          input: { [name]: join(ROOT, source) },
          // One file: a worker with chunks of its own breaks the default worker format of the user's bundler.
          output: { ...output, codeSplitting: false },
        },
      },
    })
  }
  await build({
    ...shared,
    plugins: [packed(), workersBesideLibrary(), ...sqlitePlugins()],
    build: {
      target: 'es2022',
      outDir: OUT,
      emptyOutDir: false,
      license: licensesOf('library'),
      assetsInlineLimit: 0,
      chunkSizeWarningLimit: 2_000,
      modulePreload: false,
      rolldownOptions: {
        ...QUIET,
        input: ENTRIES,
        preserveEntrySignatures: 'strict',
        output: { ...output, ...LIBRARY_CHUNK },
      },
    },
  })
  await buildForNode()
  run(bin('tsc'), ['-p', 'scripts/tsconfig.types.json'])
  typesForPackage(TYPES)
  declareTheWeb(TYPES, [
    'client/index.d.ts',
    'integrations/tfjs.d.ts',
    'media/index.d.ts',
    'sweep/sweep.d.ts',
  ])
  for (const file of ['vite-plugin.mjs', 'vite-plugin.d.mts', 'static-folder.mjs']) {
    cpSync(join(ROOT, 'scripts', file), join(OUT, file))
  }
}
