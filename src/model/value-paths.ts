import { isJsonObject, type JsonValue } from './json.ts'

/** Nested values by their paths: `optimizer.lr` is the `lr` in the param `optimizer`. */

/** A value inside another one, by what the screen and filters call it. */
export interface Leaf {
  readonly path: string
  readonly value: JsonValue
}

/** Nobody compares more. */
const MAX_LEAVES = 256
/** Lists of objects are layers and the like. */
const MAX_LIST = 32

/** Names that cannot be told apart from quotes where SQL says a path; what has one stays in the value around it. */
const UNTOLD = /["\\]/

/**
 * Everything a value is made of: objects, and lists that hold objects, are taken apart; lists of scalars stay whole. A
 * value that is not taken apart is the one leaf.
 */
export function leavesOf(key: string, value: JsonValue): readonly Leaf[] {
  const leaves: Leaf[] = []
  const visit = (path: string, inner: JsonValue): void => {
    if (leaves.length >= MAX_LEAVES) return
    const parts = partsOf(inner)
    if (parts === null) leaves.push({ path, value: inner })
    else for (const [name, part] of parts) if (!UNTOLD.test(name)) visit(`${path}.${name}`, part)
  }
  visit(key, value)
  return leaves
}

/** null for what stays whole. */
function partsOf(value: JsonValue): readonly (readonly [string, JsonValue])[] | null {
  if (Array.isArray(value)) {
    const list: readonly JsonValue[] = value
    return list.some((each) => isJsonObject(each)) && list.length <= MAX_LIST
      ? list.map((each, index) => [String(index), each])
      : null
  }
  if (!isJsonObject(value)) return null
  const entries = Object.entries(value).filter(([name]) => name !== '[cut]')
  return entries.length === 0 ? null : entries
}

/** Where a value of some path may lie: in which entry, and by which path of SQLite's JSON functions inside it. */
export interface ValuePlace {
  readonly key: string
  readonly path: string
}

/** Dots that are tried both as steps and as part of a name. */
const MAX_SPLITS = 4

/** Every place of a path but the entry of exactly that name: `a.b.c` may be `c` in `a.b`, or `b.c` or `c` of `b` in `a`. */
export function placesOf(path: string): readonly ValuePlace[] {
  const words = path.split('.')
  const dots = words.length - 1
  const places: ValuePlace[] = []
  // A bit a dot: whether it is a step.
  for (let steps = 1; steps < 2 ** Math.min(dots, MAX_SPLITS); steps += 1) {
    const [key = '', ...names] = joinWords(words, steps)
    if (names.some((name) => UNTOLD.test(name))) continue
    places.push({ key, path: `$${names.map(byName).join('')}` })
    if (names.some(isIndex)) places.push({ key, path: `$${names.map(byIndex).join('')}` })
  }
  return places
}

/** Dots beyond those that are tried are steps. */
function joinWords([first = '', ...rest]: readonly string[], steps: number): readonly string[] {
  const names = [first]
  for (const [dot, word] of rest.entries()) {
    const isStep = dot >= MAX_SPLITS || ((steps >> dot) & 1) === 1
    if (isStep) names.push(word)
    else names[names.length - 1] = `${names.at(-1) ?? ''}.${word}`
  }
  return names
}

function isIndex(name: string): boolean {
  return /^\d{1,4}$/.test(name)
}

function byName(name: string): string {
  return `."${name}"`
}

function byIndex(name: string): string {
  return isIndex(name) ? `[${name}]` : byName(name)
}

/** What lies at a path of an object; undefined where nothing does. An entry of exactly that name comes first. */
export function valueAt(record: JsonValue, path: string): JsonValue | undefined {
  if (typeof record !== 'object' || record === null) return undefined
  const own = ownValue(record, path)
  if (own !== undefined) return own
  for (let dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', dot + 1)) {
    const around = ownValue(record, path.slice(0, dot))
    const found = around === undefined ? undefined : valueAt(around, path.slice(dot + 1))
    if (found !== undefined) return found
  }
  return undefined
}

function ownValue(record: object, name: string): JsonValue | undefined {
  return Object.hasOwn(record, name) ? (Reflect.get(record, name) as JsonValue) : undefined
}
