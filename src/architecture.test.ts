import { readFileSync, readdirSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

/** What each folder may import besides itself. The tables in src/README.md and workers/README.md, executed. */
const ALLOWED: Record<string, readonly string[]> = {
  'src/model': [],
  'src/protocol': ['src/model'],
  'src/filter': ['src/protocol', 'src/model'],
  'src/client': ['src/protocol', 'src/model'],
  'src/media': ['src/client', 'src/protocol', 'src/model'],
  'src/integrations': ['src/media', 'src/client', 'src/protocol', 'src/model'],
  'src/sweep': ['src/client', 'src/protocol', 'src/model'],
  'src/demo': ['src/client', 'src/media', 'src/integrations', 'src/sweep', 'src/protocol', 'src/model'],
  'src/state': ['src/client', 'src/filter', 'src/protocol', 'src/model'],
  'src/widgets': ['src/model'],
  'src/views': [
    'src/state',
    'src/widgets',
    'src/demo',
    'src/client',
    'src/filter',
    'src/protocol',
    'src/model',
  ],
  'src/main.tsx': ['src/views', 'src/state', 'src/styles', 'src/client', 'src/protocol', 'src/model'],
  'workers/db': ['src/protocol', 'src/model'],
  'workers/ingest': ['workers/db', 'src/protocol', 'src/model'],
  'workers/read': ['workers/db', 'src/filter', 'src/protocol', 'src/model'],
  'workers/formats': ['workers/db', 'workers/ingest', 'workers/read', 'src/protocol', 'src/model'],
  'workers/artifacts': [
    'workers/formats',
    'workers/ingest',
    'workers/read',
    'workers/db',
    'src/protocol',
    'src/model',
  ],
  'workers/console': [
    'workers/formats',
    'workers/ingest',
    'workers/read',
    'workers/db',
    'src/filter',
    'src/protocol',
    'src/model',
  ],
  'workers/watch': ['workers/read', 'workers/db', 'src/protocol', 'src/model'],
  'workers/service-errors.ts': ['workers/db', 'src/protocol', 'src/model'],
  'workers/with-code.ts': ['workers/formats', 'workers/service-errors.ts', 'src/protocol', 'src/model'],
  'workers/read-calls.ts': [
    'workers/read',
    'workers/db',
    'workers/service-errors.ts',
    'workers/with-code.ts',
    'src/protocol',
    'src/model',
  ],
  'workers/service.ts': [
    'workers/read-calls.ts',
    'workers/service-errors.ts',
    'workers/with-code.ts',
    'workers/artifacts',
    'workers/console',
    'workers/watch',
    'workers/formats',
    'workers/ingest',
    'workers/read',
    'workers/db',
    'src/protocol',
    'src/model',
  ],
  'workers/relay': ['src/protocol', 'src/model'],
  'workers/store-suite': [
    'workers/service.ts',
    'workers/console',
    'workers/formats',
    'workers/ingest',
    'workers/read',
    'workers/db',
    'src/filter',
    'src/protocol',
    'src/model',
  ],
  'workers/owner.ts': [
    'workers/service.ts',
    'workers/read',
    'workers/relay',
    'workers/db',
    'src/protocol',
    'src/model',
  ],
  'workers/tracker.worker.ts': ['workers/owner.ts', 'workers/artifacts'],
  'workers/in-page.ts': ['workers/owner.ts'],
  'workers/console.worker.ts': ['workers/console'],
}

const root = resolve(import.meta.dirname, '..')

function sourceFiles(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.(ts|tsx)$/.test(entry.name) && !entry.name.includes('.test.'))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .filter((file) => !file.endsWith('.d.ts'))
}

/** The unit of the allow-list a file belongs to: its folder, or the file itself at the top of a tree. */
function unitOf(file: string): string {
  const [top = '', second = ''] = file.split('/')
  return `${top}/${second}`
}

function importsOf(file: string): string[] {
  const text = readFileSync(join(root, file), 'utf8')
  const specifiers = [
    ...text.matchAll(/(?:from|import)\s+'(\.[^']+)'/g),
    ...text.matchAll(/(?:import|URL|glob<\w+>)\(\s*'(\.[^']+)'/g),
  ]
  return specifiers.map((match) =>
    relative(root, resolve(root, dirname(file), (match[1] ?? '').replace(/\?.*$/, ''))),
  )
}

const files = [...sourceFiles('src'), ...sourceFiles('workers')]

describe('architecture', () => {
  it('sees the source', () => {
    expect(files.length).toBeGreaterThan(10)
  })

  it('imports in one direction only', () => {
    const forbidden = files.flatMap((file) => {
      const unit = unitOf(file)
      const allowed = ALLOWED[unit]
      if (allowed === undefined) return [`${file}: ${unit} is not in the table`]
      return importsOf(file)
        .filter((target) => target.startsWith('src/') || target.startsWith('workers/'))
        .filter((target) => unitOf(target) !== unit && !allowed.includes(unitOf(target)))
        .map((target) => `${file} → ${target}`)
    })
    // The doors between the worlds: the client knows the workers as URLs, and a stand-in where there are none.
    const door = new Set([
      'src/client/connect.ts → workers/tracker.worker.ts',
      'src/client/connect.ts → workers/in-page.ts',
      'src/client/connect-console.ts → workers/console.worker.ts',
    ])
    expect(forbidden.filter((line) => !door.has(line))).toEqual([])
  })

  it('has no barrel but the library entries', () => {
    const ENTRIES = new Set(['src/client/index.ts', 'src/media/index.ts'])
    const barrels = files.filter((file) => /(^|\/)index\.tsx?$/.test(file) && !ENTRIES.has(file))
    expect(barrels.filter((file) => file !== 'workers/formats/index.ts')).toEqual([])
  })

  it('keeps every file short enough to read', () => {
    const long = files.filter((file) => readFileSync(join(root, file), 'utf8').split('\n').length > 400)
    expect(long).toEqual([])
  })

  it('keeps folder READMEs to a page', () => {
    const readmes = readdirSync(root, { recursive: true, withFileTypes: true })
      .filter(
        (entry) => entry.name === 'README.md' && /\/(src|workers|e2e)(\/|$)/.test(`${entry.parentPath}/`),
      )
      .filter((entry) => !entry.parentPath.includes('node_modules'))
      .map((entry) => join(entry.parentPath, entry.name))
    const long = readmes.filter((file) => readFileSync(file, 'utf8').trimEnd().split('\n').length > 40)
    expect(long).toEqual([])
  })
})
