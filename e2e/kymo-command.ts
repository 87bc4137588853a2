import { spawnSync } from 'node:child_process'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { ensureNewerNode } from '../scripts/newer-node.mjs'

const BUILT = resolve(import.meta.dirname, '..', 'dist', 'lib', 'node')

/** One with SQLite. */
export const NODE = ensureNewerNode()
/** The command `kymo`, as a script of it. */
export const COMMAND = join(BUILT, 'command.js')
/** What a script there imports for `kymo`. */
export const LIBRARY_URL = pathToFileURL(join(BUILT, 'kymo.js')).href

/** What the command answers as JSON in a folder; undefined when it fails. */
export function askCommand<T>(folder: string, ...words: readonly string[]): T | undefined {
  const { status, stdout } = spawnSync(NODE, [COMMAND, ...words, '--json'], { cwd: folder, encoding: 'utf8' })
  return status === 0 ? (JSON.parse(stdout) as T) : undefined
}
