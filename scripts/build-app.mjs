// @ts-check
import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './setup.mjs'

const OUT = join(ROOT, 'dist', 'app')
const STAMP = '.built'
const SOURCES = [
  'src',
  'workers',
  'public',
  'index.html',
  'vite.config.ts',
  'package-lock.json',
  'scripts/csp.mjs',
  'scripts/chunks.mjs',
  'scripts/sqlite-plugin.mjs',
]

function newestChange(path) {
  const entry = statSync(path)
  if (!entry.isDirectory()) return entry.mtimeMs
  return Math.max(entry.mtimeMs, ...readdirSync(path).map((name) => newestChange(join(path, name))))
}

/** Builds the static app into dist/app, or another folder of the repository, and says nothing. */
export async function buildApp(outDir = OUT) {
  const { build } = await import('vite')
  await build({ root: ROOT, logLevel: 'warn', build: { outDir } })
  writeFileSync(join(outDir, STAMP), '')
}

/** Builds the app only when a source is newer than the last build. */
export async function buildAppIfStale() {
  const stamp = join(OUT, STAMP)
  const built = existsSync(stamp) ? statSync(stamp).mtimeMs : 0
  if (Math.max(...SOURCES.map((path) => newestChange(join(ROOT, path)))) < built) return
  console.log('Building the app …')
  await buildApp()
}

/** Builds the pages that tests and benchmarks drive, which are no part of the app; `next` is as of a newer version. */
export async function buildHarness() {
  const { build } = await import('vite')
  const configFile = join(ROOT, 'e2e', 'harness', 'vite.config.ts')
  for (const mode of ['production', 'next']) await build({ configFile, mode, logLevel: 'warn' })
}
