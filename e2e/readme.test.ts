import { existsSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseFilter } from '../src/filter/parse.ts'
import { codeBlocks, readText, ROOT } from './readme.ts'
import { openPlainDatabase } from './sharing/read-sqlite.ts'

const NOT_OURS = /(^|\/)(node_modules|dist|\.cache|test-results)(\/|$)/

const pages = readdirSync(ROOT, { recursive: true, encoding: 'utf8' }).filter(
  (file) => file.endsWith('.md') && !NOT_OURS.test(file),
)
const blocks = codeBlocks(readText('README.md'))
const manifest = JSON.parse(readText('package.json')) as {
  readonly version: string
  readonly scripts: Readonly<Record<string, string>>
}

/** All matches of a pattern's first group in all pages, with the page. */
function said(pattern: RegExp): readonly { readonly page: string; readonly what: string }[] {
  return pages.flatMap((page) =>
    Array.from(readText(page).matchAll(pattern), ([, what = '']) => ({ page, what })),
  )
}

const ofLanguage = (language: string): readonly string[] =>
  blocks.filter((block) => block.language === language).map(({ code }) => code)

/** N stands for a number of somebody else. */
const isPattern = (file: string): boolean => /\bN\b/.test(file)

describe('what is written for people', () => {
  it('links only to files that are there', () => {
    const links = said(/\]\((?!https?:|mailto:|#)([^)#\s]+)[^)]*\)/g)
    expect(links.length).toBeGreaterThan(30)
    const broken = links.filter(({ page, what }) => !existsSync(join(ROOT, dirname(page), what)))
    expect(broken).toEqual([])
  })

  it('names only commands that there are', () => {
    const commands = said(/\bnpm run ([a-z]+)/g)
    expect(commands.length).toBeGreaterThan(20)
    expect(commands.filter(({ what }) => !(what in manifest.scripts))).toEqual([])
    const scripts = said(/\bnode (scripts\/[\w.-]+)/g)
    expect(scripts.length).toBeGreaterThan(0)
    expect(scripts.filter(({ what }) => !existsSync(join(ROOT, what)))).toEqual([])
    const benches = said(/`(?:npm run bench )?-- ([a-z]+)`/g)
    expect(benches.length).toBeGreaterThan(5)
    expect(benches.filter(({ what }) => !existsSync(join(ROOT, `e2e/bench/${what}.bench.ts`)))).toEqual([])
  })

  it('speaks of files of the repository only where they are', () => {
    const files = said(/`((?:src|workers|e2e|scripts|docs|public)\/[\w./-]+\.\w+)`/g)
    expect(files.length).toBeGreaterThan(20)
    const gone = files.filter(
      ({ page, what }) =>
        !isPattern(what) && !existsSync(join(ROOT, what)) && !existsSync(join(ROOT, dirname(page), what)),
    )
    expect(gone).toEqual([])
  })
})

describe('the README', () => {
  it('installs and runs what there is', () => {
    const lines = ofLanguage('').join('')
    expect(Array.from(lines.matchAll(/^npm (\w+)/gm), ([, command]) => command)).toEqual([
      'start',
      'test',
      'install',
    ])
    expect(lines).toContain(`kymo-${manifest.version}.tgz`)
    expect(readText('README.md')).toContain(`makes \`kymo-${manifest.version}.tgz\``)
  })

  it('filters by what the language has', () => {
    const filter = ofLanguage('').find((code) => code.includes('val_acc >')) ?? 'there is none'
    expect(parseFilter(filter.trim())).toMatchObject({ ok: true })
  })

  it('asks an exported file for what it has', async () => {
    using database = await openPlainDatabase(join(ROOT, 'public/demo.db'))
    const [ofShell = ''] = ofLanguage('').flatMap((code) => /sqlite3 digits\.db "(.+)"/.exec(code)?.[1] ?? [])
    expect(database.rows(ofShell)[0]).toEqual([expect.any(String), expect.any(Number), expect.any(Number)])
    const [ofPandas = ''] = ofLanguage('python').flatMap((code) => /read_sql\("(.+)",/.exec(code)?.[1] ?? [])
    expect(database.rows(ofPandas)).toHaveLength(6)
    const ofDuckdb =
      ofLanguage('sql')
        .join('')
        .split(';')
        .find((each) => each.includes('select')) ?? ''
    expect(database.rows(ofDuckdb.replace('digits.', ''))).toHaveLength(8_550)
  })
})
