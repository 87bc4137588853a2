import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

const src = resolve(import.meta.dirname, '..')
const tokens = readFileSync(join(src, 'styles/tokens.css'), 'utf8')

function filesEndingIn(
  ...endings: readonly string[]
): readonly { readonly file: string; readonly text: string }[] {
  return readdirSync(src, { recursive: true, encoding: 'utf8' })
    .filter((file) => endings.some((ending) => file.endsWith(ending)))
    .map((file) => ({ file, text: readFileSync(join(src, file), 'utf8') }))
}

/** The value of a colour token in a theme. */
function color(name: string, theme: 'light' | 'dark'): string {
  const pair = new RegExp(`--${name}: light-dark\\((#\\w{6}), (#\\w{6})\\)`).exec(tokens)
  return (theme === 'light' ? pair?.[1] : pair?.[2]) ?? 'missing'
}

/** WCAG 2.2 relative luminance. */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrast(a: string, b: string): number {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].toSorted((x, y) => x - y)
  return (high + 0.05) / (low + 0.05)
}

describe('tokens', () => {
  it.each(['light', 'dark'] as const)('read as small text on every surface, %s', (theme) => {
    for (const ink of ['ink', 'ink-2', 'ink-3', 'good', 'bad']) {
      for (const surface of ['surface', 'raised', 'sunken']) {
        expect([ink, surface, contrast(color(ink, theme), color(surface, theme)) >= 4.5]).toEqual([
          ink,
          surface,
          true,
        ])
      }
    }
  })

  it.each(['light', 'dark'] as const)('draw lines that stand out from the chart paper, %s', (theme) => {
    for (const name of ['accent', ...Array.from({ length: 8 }, (_, index) => `series-${index + 1}`)]) {
      expect([name, contrast(color(name, theme), color('surface', theme)) >= 3]).toEqual([name, true])
    }
  })

  it('are registered, so that a missing one shows magenta', () => {
    const colors = [...tokens.matchAll(/--([\w-]+): light-dark/g)].map((match) => match[1])
    const registered = [...tokens.matchAll(/@property --([\w-]+) \{[^}]*initial-value: magenta/g)].map(
      (match) => match[1],
    )
    expect(registered).toEqual(colors)
  })

  it('exist when a style sheet uses them', () => {
    const css = filesEndingIn('.css', '.tsx')
    const known = new Set(
      css.flatMap(({ text }) => [...text.matchAll(/'?(--[\w-]+)'?:/g)].map((match) => match[1])),
    )
    const unknown = css.flatMap(({ file, text }) =>
      [...text.matchAll(/var\((--[\w-]+)\)/g)]
        .filter((match) => !known.has(match[1]))
        .map((match) => `${file}: ${match[1]}`),
    )
    expect(unknown).toEqual([])
  })
})

describe('the content security policy', () => {
  it('meets no style attribute in markup', () => {
    const offenders = filesEndingIn('.tsx', '.html')
      .filter(({ text }) => /\sstyle="/.test(text))
      .map(({ file }) => file)
    expect(offenders).toEqual([])
  })
})
