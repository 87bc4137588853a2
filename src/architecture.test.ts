import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { findCircles, foldersOf, importsOf, roomOf, sourceFiles, type Import } from './imports.fixture.ts'

const BASE = ['src/protocol', 'src/model']
const SHARED = ['src/app/tracker', 'src/app/shell', 'src/app/workspace', 'src/app/experiment']
const FEATURE = [...SHARED, 'src/widgets', ...BASE]
const STORE = ['workers/db', ...BASE]

/** What each room may import besides itself. The tables in src/README.md and workers/README.md, executed. */
const ALLOWED: Record<string, readonly string[]> = {
  'src/model': [],
  'src/protocol': ['src/model'],
  'src/filter': BASE,
  'src/client': BASE,
  'src/media': ['src/client', ...BASE],
  'src/integrations': ['src/media', 'src/client', ...BASE],
  'src/sweep': ['src/client', ...BASE],
  'src/demo': ['src/client', 'src/media', 'src/integrations', 'src/sweep', ...BASE],
  'src/widgets': ['src/model'],

  'src/app/tracker': ['src/client', ...BASE],
  'src/app/shell': ['src/app/tracker', 'src/widgets', ...BASE],
  'src/app/workspace': ['src/app/tracker', 'src/app/shell', ...BASE],
  'src/app/experiment': [
    'src/app/tracker',
    'src/app/shell',
    'src/app/workspace',
    'src/widgets',
    'src/client',
    'src/filter',
    ...BASE,
  ],
  'src/app/charts': ['src/app/media', ...FEATURE],
  'src/app/runs': ['src/app/control', ...FEATURE],
  'src/app/table': ['src/app/runs', ...FEATURE],
  'src/app/compare': ['src/app/charts', 'src/app/media', 'src/app/runs', 'src/filter', ...FEATURE],
  'src/app/media': FEATURE,
  'src/app/artifacts': ['src/app/runs', ...FEATURE],
  'src/app/sql': ['src/client', ...FEATURE],
  'src/app/run': ['src/app/charts', 'src/app/artifacts', 'src/app/control', 'src/app/runs', ...FEATURE],
  'src/app/control': FEATURE,
  'src/app/alerts': ['src/client', 'src/filter', ...FEATURE],
  'src/app/files': ['src/app/artifacts', ...FEATURE],
  'src/app/trainings': ['src/demo', 'src/app/runs', ...FEATURE],
  'src/app/workbench': [
    'src/app/runs',
    'src/app/charts',
    'src/app/table',
    'src/app/compare',
    'src/app/media',
    'src/app/artifacts',
    'src/app/sql',
    'src/app/run',
    'src/app/control',
    'src/app/alerts',
    'src/app/files',
    ...FEATURE,
  ],
  'src/app/frame': [
    'src/app/workbench',
    'src/app/files',
    'src/app/trainings',
    'src/app/artifacts',
    'src/app/experiment',
    'src/app/shell',
    'src/app/tracker',
    'src/widgets',
    'src/client',
    ...BASE,
  ],
  'src/main.tsx': ['src/app/frame', 'src/app/tracker', 'src/app/shell', 'src/styles', 'src/client', ...BASE],

  'workers/db': BASE,
  'workers/relay': BASE,
  'workers/ingest': STORE,
  'workers/read': ['src/filter', ...STORE],
  'workers/watch': ['workers/jobs', 'workers/read', ...STORE],
  'workers/jobs': ['workers/ingest', ...STORE],
  'workers/formats': ['workers/jobs', 'workers/ingest', 'workers/read', ...STORE],
  'workers/artifacts': ['workers/jobs', 'workers/ingest', 'workers/read', ...STORE],
  'workers/console': [
    'workers/formats',
    'workers/jobs',
    'workers/ingest',
    'workers/read',
    'src/filter',
    ...STORE,
  ],
  'workers/mirror': ['workers/formats', 'workers/jobs', 'workers/read', ...STORE],
  'workers/answers': [
    'workers/mirror',
    'workers/watch',
    'workers/artifacts',
    'workers/console',
    'workers/formats',
    'workers/jobs',
    'workers/ingest',
    'workers/read',
    ...STORE,
  ],
  'workers/service.ts': [
    'workers/answers',
    'workers/watch',
    'workers/formats',
    'workers/jobs',
    'workers/ingest',
    ...STORE,
  ],
  'workers/native': ['workers/service.ts', 'workers/formats', 'workers/ingest', ...STORE],
  'workers/door': BASE,
  'workers/disk': [
    'workers/door',
    'workers/mirror',
    'workers/native',
    'workers/formats',
    'workers/ingest',
    'workers/read',
    ...STORE,
  ],
  'workers/node': ['workers/push', 'workers/native', 'src/client', ...BASE],
  'workers/served': [
    'workers/door',
    'workers/node',
    'workers/native',
    'workers/console',
    'workers/jobs',
    ...STORE,
  ],
  'workers/push': [
    'workers/artifacts',
    'workers/native',
    'workers/mirror',
    'workers/formats',
    'workers/read',
    ...STORE,
  ],
  'workers/command': [
    'workers/push',
    'workers/served',
    'workers/native',
    'workers/service.ts',
    'workers/formats',
    'workers/read',
    'src/filter',
    ...STORE,
  ],
  'workers/store-suite': [
    'workers/service.ts',
    'workers/console',
    'workers/formats',
    'workers/ingest',
    'workers/read',
    'src/filter',
    ...STORE,
  ],
  'workers/owner.ts': ['workers/service.ts', 'workers/read', 'workers/relay', ...STORE],
  'workers/tracker.worker.ts': ['workers/owner.ts', 'workers/artifacts'],
  'workers/in-page.ts': ['workers/owner.ts', 'workers/db'],
  'workers/console.worker.ts': ['workers/console'],
}

/** The doors between the worlds: the client knows the workers as URLs, and a stand-in where there are none. */
const DOORS = new Set([
  'src/client/open-worker.ts → workers/tracker.worker.ts',
  'src/client/connect.ts → workers/in-page.ts',
  'src/client/connect-console.ts → workers/console.worker.ts',
])

const ENTRIES = new Set(['src/client/index.ts', 'src/media/index.ts'])

const root = resolve(import.meta.dirname, '..')
const files = [...sourceFiles(root, 'src'), ...sourceFiles(root, 'workers')]
const imports: readonly Import[] = files.flatMap((file) => importsOf(root, file))
const words = ({ from, to }: Import): string => `${from} → ${to}`
const linesOf = (file: string): number => readFileSync(join(root, file), 'utf8').trimEnd().split('\n').length

const isTest = (file: string): boolean =>
  /\.(test|fixture)\.tsx?$/.test(file) || file.startsWith('workers/store-suite/')
/** The files a README speaks of. */
function named(readme: string): string[] {
  const text = readFileSync(join(root, readme), 'utf8')
  return [...text.matchAll(/`(\w[\w./-]*\.(?:tsx?|mjs|sql|css))`/g)].map(([, name = '']) => name)
}

function isThere(readme: string, name: string): boolean {
  return [dirname(readme), '.', 'src', 'workers'].some((from) => existsSync(join(root, from, name)))
}

function readmesOf(tops: readonly string[]): string[] {
  return tops.flatMap((top) =>
    readdirSync(join(root, top), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('README.md') && !file.includes('node_modules'))
      .map((file) => `${top}/${file}`),
  )
}
/** Of a README, in lines: a room of the app says in 20 what it is for. */
const limitOf = (file: string): number => (file.startsWith('src/app/') ? 20 : 40)

describe('architecture', () => {
  it('sees the source', () => {
    expect(files.length).toBeGreaterThan(700)
    expect(imports.length).toBeGreaterThan(3_000)
  })

  it('has a row for every room, and no row for none', () => {
    expect(Object.keys(ALLOWED).toSorted()).toEqual(
      [...new Set(files.map(roomOf))].filter((room) => room !== 'src/styles').toSorted(),
    )
  })

  it('imports in one direction only', () => {
    const forbidden = imports
      .filter(({ to }) => to.startsWith('src/') || to.startsWith('workers/'))
      .filter(({ from, to }) => roomOf(to) !== roomOf(from) && !ALLOWED[roomOf(from)]?.includes(roomOf(to)))
    expect(forbidden.map(words).filter((line) => !DOORS.has(line))).toEqual([])
  })

  it('has no circle between rooms, nor between the folders inside one', () => {
    const arrows = imports.filter((one) => !DOORS.has(words(one)))
    expect(findCircles(arrows.map(({ from, to }) => [roomOf(from), roomOf(to)]))).toEqual([])
    expect(findCircles(arrows.map(({ from, to }) => foldersOf(from, to)))).toEqual([])
  })

  it('lets state know no component: under src/app a .ts imports no .tsx but as a type', () => {
    const values = imports.filter(
      ({ from, to, isType }) =>
        from.startsWith('src/app/') && from.endsWith('.ts') && to.endsWith('.tsx') && !isType,
    )
    expect(values.map(words)).toEqual([])
  })

  it('lets no product import a test, a test double or the store suite', () => {
    expect(imports.filter(({ from, to }) => isTest(to) && !isTest(from)).map(words)).toEqual([])
  })

  it('has no barrel but the library entries', () => {
    expect(files.filter((file) => /(^|\/)index\.tsx?$/.test(file) && !ENTRIES.has(file))).toEqual([])
  })

  it('keeps every file short enough to read', () => {
    expect(files.filter((file) => linesOf(file) > 400)).toEqual([])
  })

  it('has a README in every room, a page at most, that names files and no globs', () => {
    const rooms = [...new Set(files.map(roomOf))].filter((room) => !/\.tsx?$/.test(room))
    const readmes = readmesOf(['src', 'workers', 'e2e'])
    expect(rooms.filter((room) => !readmes.includes(`${room}/README.md`))).toEqual([])
    expect(readmes.filter((file) => linesOf(file) > limitOf(file))).toEqual([])
    const globs = readmes.filter((file) =>
      /`[\w./-]*\*[\w./-]*`/.test(readFileSync(join(root, file), 'utf8')),
    )
    expect(globs.filter((file) => file.startsWith('src/app/'))).toEqual([])
  })

  it('names files in READMEs that are there, and in those of rooms every file', () => {
    const gone = readmesOf(['src', 'workers']).flatMap((readme) =>
      named(readme)
        .filter((name) => !isThere(readme, name))
        .map((name) => `${readme}: ${name}`),
    )
    expect(gone).toEqual([])
    const untold = files
      .filter((file) => /^src\/app\/\w+\/[^/]+$/.test(file) && !isTest(file))
      .filter((file) => !named(`${roomOf(file)}/README.md`).includes(basename(file)))
    expect(untold).toEqual([])
  })
})
