// @ts-check
// A Node that has SQLite of its own, for what Kymo does in Node.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT, run } from './setup.mjs'

const VERSION = '22.23.3'
const FOLDER = join(ROOT, '.cache', `node-${VERSION}`)

/** The path of this Node where it is 22.13 or newer, else of one that is installed beside the packages, once. */
export function ensureNewerNode() {
  if (hasSqlite(process.execPath)) return process.execPath
  const path = join(FOLDER, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
  if (existsSync(path) && hasSqlite(path)) return path
  console.log(`Installing Node ${VERSION} for the tests of what Kymo does in Node …`)
  mkdirSync(FOLDER, { recursive: true })
  writeFileSync(join(FOLDER, 'package.json'), '{ "private": true }\n')
  const windows = process.platform === 'win32'
  run(
    windows ? 'npm.cmd' : 'npm',
    ['install', '--no-audit', '--no-fund', '--loglevel=error', `node@${VERSION}`],
    { cwd: FOLDER, shell: windows },
  )
  return path
}

/** @param {string} node */
function hasSqlite(node) {
  const { status } = spawnSync(node, ['--no-warnings', '-e', "require('node:sqlite')"], { stdio: 'ignore' })
  return status === 0
}
