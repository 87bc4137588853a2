import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

const src = resolve(import.meta.dirname, '..')
const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
const read = (file: string): string => readFileSync(join(src, file), 'utf8')

/** Those that hold for the whole page belong to no component. */
const styles = files.filter((file) => file.endsWith('.css') && !file.startsWith('styles/'))
const components = files.filter((file) => file.endsWith('.tsx') && !file.endsWith('.test.tsx'))
const stemOf = (file: string): string => basename(file).replace(/\.(css|tsx)$/, '')
const componentOf = (style: string): string => style.replace(/\.css$/, '.tsx')

/** Classes any component may use, defined in `base.css`. */
const SHARED = new Set(['visually-hidden', 'inline-select'])
/** Classes of uPlot and CodeMirror. */
const FOREIGN = /^(u|cm)-/

interface Declaration {
  readonly property: string
  readonly value: string
}

/** What a style sheet is made of, without comments and key frames; no string in it holds a brace. */
function parse(css: string): {
  readonly selectors: readonly string[]
  readonly declarations: readonly Declaration[]
} {
  const text = css.replaceAll(/\/\*[\s\S]*?\*\/|@keyframes[^{]*\{([^{}]*\{[^{}]*\})*\s*\}/g, '')
  const selectors = [...text.matchAll(/([^{};]+)\{/g)]
    .map(([, prelude = '']) => prelude.trim())
    .filter((prelude) => !prelude.startsWith('@'))
    .flatMap((prelude) => prelude.split(/,(?![^(]*\))/).map((selector) => selector.trim()))
  const declarations = [...text.matchAll(/(?<=[{;]\s*)([\w-]+):\s*([^;{}]+);/g)].map(
    ([, property = '', value = '']) => ({ property, value: value.trim() }),
  )
  return { selectors, declarations }
}

const classesIn = (selector: string): readonly string[] =>
  [...selector.matchAll(/\.([a-z][\w-]*)/gi)].map(([, name = '']) => name)
const isState = (name: string): boolean => name.startsWith('is-')
const belongsTo = (stem: string, name: string): boolean => name === stem || name.startsWith(`${stem}-`)

/** What the markup of a component names as classes, in words and in the keys of `classList`. */
function classesOf(component: string): readonly string[] {
  const text = read(component)
  const attributes = [...text.matchAll(/\bclass=(?:"([^"]*)"|\{([^}]*(?:\$\{[^}]*\}[^}]*)*)\})/g)].flatMap(
    ([, plain, script]) =>
      plain === undefined
        ? [...(script ?? '').matchAll(/['"`]([^'"`]*)['"`]/g)].map(([, text = '']) => text)
        : [plain],
  )
  const lists = [...text.matchAll(/classList=\{\{([\s\S]*?)\}\}/g)].flatMap(([, list = '']) =>
    [...list.matchAll(/(?<=^|[{,]\s*)'?([\w-]+)'?:/g)].map(([, name = '']) => name),
  )
  return [...attributes, ...lists]
    .flatMap((words) => words.replaceAll(/\S*\$\{[^}]*\}\S*/g, '').split(/\s+/))
    .filter((name) => /^[a-z][\w-]*$/.test(name))
}

/** The values that are written as they are, not inside a function. */
const plain = (value: string): readonly string[] => value.replaceAll(/\([^()]*\)/g, '').split(/\s+/)

describe('a style sheet', () => {
  it('stands beside the component of its name, which alone imports it', () => {
    const imports = components.flatMap((component) =>
      [...read(component).matchAll(/import '(\.[^']*\.css)'/g)].map(
        ([, path = '']) => `${join(dirname(component), path)} by ${component}`,
      ),
    )
    expect(styles.length).toBeGreaterThan(100)
    expect(imports.filter((line) => !line.startsWith('styles/')).toSorted()).toEqual(
      styles.map((style) => `${style} by ${componentOf(style)}`).toSorted(),
    )
  })

  it('begins every selector with a class of its own, and names others only inside by what they are called', () => {
    const stems = new Set(styles.map(stemOf))
    const wrong = styles.flatMap((style) => {
      const isOwn = (name: string): boolean => belongsTo(stemOf(style), name)
      return parse(read(style))
        .selectors.filter((selector) => {
          const [first = '', ...others] = classesIn(selector).filter((name) => !isState(name))
          return !(
            isOwn(first) && others.every((name) => isOwn(name) || stems.has(name) || FOREIGN.test(name))
          )
        })
        .map((selector) => `${style}: ${selector}`)
    })
    expect(wrong).toEqual([])
  })

  it('has no class that its component does not use', () => {
    const wrong = styles.flatMap((style) => {
      const used = existsSync(join(src, componentOf(style))) ? read(componentOf(style)) : ''
      const own = new Set(parse(read(style)).selectors.flatMap(classesIn))
      return [...own]
        .filter((name) => belongsTo(stemOf(style), name) && !new RegExp(`${name}(?![\\w-])`).test(used))
        .map((name) => `${style}: ${name}`)
    })
    expect(wrong).toEqual([])
  })
})

describe('a component', () => {
  it('uses classes of its own style sheet only, and the few that are shared', () => {
    const uses = components.map((component) => ({ component, names: classesOf(component) }))
    const wrong = uses.flatMap(({ component, names }) => {
      const style = component.replace(/\.tsx$/, '.css')
      const known = new Set(styles.includes(style) ? parse(read(style)).selectors.flatMap(classesIn) : [])
      return names
        .filter((name) => !isState(name) && !SHARED.has(name) && !known.has(name))
        .map((name) => `${component}: ${name}`)
    })
    expect(uses.flatMap(({ names }) => names).length).toBeGreaterThan(500)
    expect(wrong).toEqual([])
  })
})

describe('a size', () => {
  const tokens = [...read('styles/tokens.css').matchAll(/--(\w+)(?:-[\w-]+)?: (\d+px);/g)]
  const valuesOf = (...kinds: readonly string[]): ReadonlySet<string> =>
    new Set(tokens.filter(([, kind = '']) => kinds.includes(kind)).map(([, , value = '']) => value))
  const [spaces, radii] = [valuesOf('space', 'edge'), valuesOf('radius')]
  function isRaw({ property, value }: Declaration): boolean {
    if (property === 'font-size') return !/^(var\(--text-\w+\)|inherit)$/.test(value)
    if (property === 'font') return /^(\d+ )?\d+px/.test(value)
    if (property === 'z-index') return !/^var\(--depth-\w+\)$/.test(value)
    if (property === 'border-radius') return plain(value).some((part) => radii.has(part))
    if (/^(margin|padding|(row-|column-)?gap)/.test(property))
      return plain(value).some((part) => spaces.has(part))
    return false
  }

  it('that has a token is written by its name', () => {
    const sheets = [...styles, 'styles/base.css'].map((style) => ({ style, ...parse(read(style)) }))
    const raw = sheets.flatMap(({ style, declarations }) =>
      declarations.filter(isRaw).map(({ property, value }) => `${style}: ${property}: ${value}`),
    )
    expect([...spaces].length + [...radii].length).toBeGreaterThan(10)
    expect(sheets.flatMap(({ declarations }) => declarations).length).toBeGreaterThan(2_000)
    expect(raw).toEqual([])
  })
})
