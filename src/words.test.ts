import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { sourceFiles } from './imports.fixture.ts'

const root = resolve(import.meta.dirname, '..')

/** Words the screens do not use, and the one each has instead. The table of docs/glossary.md, executed. */
const UNUSED: readonly (readonly [RegExp, string])[] = [
  [
    /\b[Rr]emove[sd]? (?:all |the |a |this |these )?(?:runs?|versions?)\b|\b[Rr]emoved (?:runs?|versions?)\b/,
    'delete',
  ],
  [/\b(?:runs?|versions?|it) (?:that )?(?:was|were|is|are|may have been) removed\b/, 'delete'],
  [/\bDelete (?:the |this |a )?(?:view|alert|axis|chart|column|tag|baseline)\b/, 'remove'],
  [/\b[Dd]iscard|\b[Tt]rash\b/, 'delete, bin'],
  [/\bKeep (?:the |this )?file\b|\bnot kept$|\bkept on this device\b|\bKeep changes\b/, 'import, change'],
  [/\b(?:[Ss]maller|[Ll]arger|[Ll]ess|[Mm]ore|[Bb]igger) is better\b/, 'lower, higher'],
  [/\b(?:[Ll]argest|[Ss]mallest|[Bb]iggest|[Gg]reatest|[Ll]east) (?:first|value)\b/, 'lowest, highest'],
  [/^(?:smallest|largest|greatest|least)$|[Ll]east (?:to|…) greatest/, 'lowest, highest'],
  [/\bFind (?:a|the|in)\b|^Find$|\bFilter (?:the )?(?:metrics|columns|artifacts)\b/, 'search'],
  [/\b[Aa]s at first\b|\bRestore (?:the )?defaults?\b/, 'reset'],
  [/\bDraw (?:all|no|only|one|this|these|in|at|another)\b|^Draw (?:\$\{|$)/, 'show, hide'],
]

/** What of a source may come to a screen: its strings and the text between tags, without comments and imports. */
function wordsOf(source: string): string[] {
  const code = source
    .replaceAll(/\/\*[\s\S]*?\*\//g, '')
    .replaceAll(/^\s*\/\/.*$/gm, '')
    .replaceAll(/^import [\s\S]*? from '.*'$/gm, '')
  const strings = [...code.matchAll(/'((?:[^'\\\n]|\\.)*)'|"([^"\n]*)"|`((?:[^`\\]|\\.)*)`/g)]
  const texts = [
    ...code.matchAll(/>([^<>{}=;]*[A-Za-z][^<>{}=;]*)[<{]|\}([^<>{}=;]*[A-Za-z][^<>{}=;]*)[<{]/g),
  ]
  return [...strings, ...texts]
    .map(([, ...parts]) => (parts.find((part) => part !== undefined) ?? '').replaceAll(/\s+/g, ' ').trim())
    .filter((text) => text !== '')
}

function wrongIn(text: string): readonly string[] {
  return UNUSED.flatMap(([word, instead]) => (word.test(text) ? [`${text} (say: ${instead})`] : []))
}

describe('the words on the screens', () => {
  const files = ['src/app', 'src/widgets', 'src/demo', 'workers/answers'].flatMap((room) =>
    sourceFiles(root, room).filter((file) => !/\.(test|fixture)\.tsx?$/.test(file)),
  )

  it('are read wherever they stand', () => {
    const source = 'const a = \'Find a column\'\n<b label="Draw all">Remove run {n}</b> // Keep the file'
    expect(wordsOf(source)).toEqual(['Find a column', 'Draw all', 'Remove run'])
    expect(wordsOf(source).flatMap(wrongIn)).toHaveLength(3)
    expect(files.length).toBeGreaterThan(400)
  })

  it('are one for one thing', () => {
    const wrong = files.flatMap((file) =>
      wordsOf(readFileSync(join(root, file), 'utf8'))
        .flatMap(wrongIn)
        .map((text) => `${file}: ${text}`),
    )
    expect(wrong).toEqual([])
  })

  it('are those of the glossary', () => {
    const glossary = readFileSync(join(root, 'docs/glossary.md'), 'utf8')
    const words = new Set(UNUSED.flatMap(([, instead]) => instead.split(', ')))
    expect(
      [...words].filter((word) => !new RegExp(`^\\| .*\\b${word}\\b.* \\|`, 'm').test(glossary)),
    ).toEqual([])
  })
})
