import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, parse, resolve } from 'node:path'

/** Where a project keeps its runs: a database for each experiment. */
export const PROJECT_FOLDER = '.kymo'

/** The variable that names another folder. */
const FOLDER_VARIABLE = 'KYMO_DIR'

/** The folder that `KYMO_DIR` names, else the nearest `.kymo` here or above; null where there is none yet. */
export function findProject(from: string = process.cwd()): string | null {
  const named = process.env[FOLDER_VARIABLE]
  if (named !== undefined && named !== '') return resolve(named)
  return nearest(from, (folder) => join(folder, PROJECT_FOLDER), isFolder)
}

/** The same, or where one is to be: beside the nearest `package.json`, else here. */
export function projectFor(from: string = process.cwd()): string {
  const found = findProject(from)
  if (found !== null) return found
  const manifest = nearest(from, (folder) => join(folder, 'package.json'), existsSync)
  return join(manifest === null ? from : dirname(manifest), PROJECT_FOLDER)
}

/** Makes the folder, which keeps itself out of git. */
export function makeProject(folder: string): void {
  mkdirSync(folder, { recursive: true })
  const ignore = join(folder, '.gitignore')
  if (!existsSync(ignore)) writeFileSync(ignore, '*\n')
}

function nearest(
  from: string,
  inside: (folder: string) => string,
  isThere: (path: string) => boolean,
): string | null {
  for (let folder = resolve(from); ; folder = dirname(folder)) {
    const path = inside(folder)
    if (isThere(path)) return path
    if (folder === parse(folder).root) return null
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
}

/** The databases of a folder, by path, in order of their names. */
export function databasesOf(folder: string): readonly string[] {
  if (!isFolder(folder)) return []
  return readdirSync(folder)
    .filter((name) => name.endsWith('.db'))
    .toSorted()
    .map((name) => join(folder, name))
}

/** Names that some system keeps for itself. */
const RESERVED = /^(?:con|prn|aux|nul|com\d|lpt\d)$/i
const MAX_NAME = 80

/**
 * The file of an experiment: its name where every system takes that for a file of its own, else what of it does, and what
 * tells it from others of that. The second of an experiment, and so on, where nothing can be added to those before.
 */
export function fileNameOf(experiment: string, copy = 1): string {
  const end = copy === 1 ? '.db' : `~${copy}.db`
  const plain = experiment
    .normalize('NFC')
    .replaceAll(/[^\p{L}\p{N}._-]+/gu, '-')
    .replace(/^[.-]+/, '')
    .slice(0, MAX_NAME)
  const isItself =
    plain === experiment && plain !== '' && plain === plain.toLowerCase() && !RESERVED.test(plain)
  if (isItself) return `${plain}${end}`
  const digest = createHash('sha256').update(experiment).digest('hex').slice(0, 8)
  return `${plain === '' ? 'experiment' : plain}~${digest}${end}`
}
