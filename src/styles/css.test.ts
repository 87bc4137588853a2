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

/** The selectors of a style sheet, without comments and key frames; no string in it holds a brace. */
function parseSelectors(css: string): readonly string[] {
  const text = css.replaceAll(/\/\*[\s\S]*?\*\/|@keyframes[^{]*\{([^{}]*\{[^{}]*\})*\s*\}/g, '')
  return [...text.matchAll(/([^{};]+)\{/g)]
    .map(([, prelude = '']) => prelude.trim())
    .filter((prelude) => !prelude.startsWith('@'))
    .flatMap((prelude) => prelude.split(/,(?![^(]*\))/).map((selector) => selector.trim()))
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
      return parseSelectors(read(style))
        .filter((selector) => {
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
      const own = new Set(parseSelectors(read(style)).flatMap(classesIn))
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
      const known = new Set(styles.includes(style) ? parseSelectors(read(style)).flatMap(classesIn) : [])
      return names
        .filter((name) => !isState(name) && !SHARED.has(name) && !known.has(name))
        .map((name) => `${component}: ${name}`)
    })
    expect(uses.flatMap(({ names }) => names).length).toBeGreaterThan(500)
    expect(wrong).toEqual([])
  })
})
