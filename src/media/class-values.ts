import { err, ok } from '../model/result.ts'
import { describeValue } from '../client/refusals.ts'
import { toLabels } from './labels.ts'
import { andThen, type Later, type Words } from './later.ts'
import { readNumbers, type NumbersLike } from './numbers.ts'

/** What each of some examples is of: numbers of classes from 0, their names, or rows with a number for each class. */
export type ClassesLike = NumbersLike | readonly string[]

/** ImageNet has 1,000; the matrix of so many takes 8 MB. */
export const MAX_CLASSES = 1_024

/** What is taken for no class by so many that it is none of 100, 128, 256 or 1,000, where labels do not say. */
const STAND_INS: ReadonlySet<number> = new Set([99, 127, 254, 255, 999])

/** Numbers of classes, one an example; of rows the place of their greatest number. Names have to be among `labels`. */
export function readClasses(
  value: unknown,
  name: string,
  labels: readonly string[] | undefined,
): Later<Words<Float64Array>> {
  return andThen(readAny(value, name, labels), (classes) => {
    const wrong = classes.findIndex((one) => !Number.isInteger(one) || one < 0 || one >= MAX_CLASSES)
    if (wrong < 0) return ok(classes)
    const isName = Array.isArray(value) && typeof value[wrong] === 'string'
    return isName
      ? err(`${name}: ${describeValue(value[wrong])} is not among the labels`)
      : err(`${name}: entry ${wrong} is ${classes[wrong]}, no class`)
  })
}

/** The same where what is no class may be, as it is. Errors: fractions, which are scores. */
export function readClassesOrOther(
  value: unknown,
  name: string,
  labels: readonly string[] | undefined,
): Later<Words<Float64Array>> {
  return andThen(readAny(value, name, labels), (classes) => {
    const fraction = classes.find((one) => Number.isFinite(one) && !Number.isInteger(one))
    return fraction === undefined
      ? ok(classes)
      : err(`${name}: ${fraction} is no class but a score: pass score > 0.5`)
  })
}

/** How many classes there are, by the greatest that stands for one. */
export function classesIn(...lists: readonly Float64Array[]): number {
  const found = new Set<number>()
  for (const list of lists) for (const one of list) found.add(one)
  const [greatest = -1, next = -1] = [...found]
    .filter((one) => one >= 0 && one < MAX_CLASSES)
    .toSorted((a, b) => b - a)
  return STAND_INS.has(greatest) && 2 * (next + 1) <= greatest ? next + 1 : greatest + 1
}

/** As they are; NaN for names that are not among the labels. */
function readAny(
  value: unknown,
  name: string,
  labels: readonly string[] | undefined,
): Later<Words<Float64Array>> {
  if (isOfNames(value)) return fromNames(value, name, labels)
  return andThen(readNumbers(value, name), ({ values, shape }) => {
    const [count = 0, width = 1] = shape
    if (shape.length > 2) return err(`${name}: shape [${shape.join(', ')}]`)
    return ok(width === 1 ? values : greatest(values, count, width))
  })
}

/** Examples without a name have null. */
function isOfNames(value: unknown): value is readonly unknown[] {
  return Array.isArray(value) && value.some((one) => typeof one === 'string')
}

function fromNames(
  names: readonly unknown[],
  what: string,
  labels: readonly string[] | undefined,
): Words<Float64Array> {
  if (labels === undefined) return err(`${what}: classes by name need { labels }`)
  const numbers = new Map(labels.map((label, number) => [label, number]))
  return ok(Float64Array.from(names, (name) => numbers.get(String(name)) ?? Number.NaN))
}

/** The place of the greatest number of each row; NaN of rows that have none. */
function greatest(values: Float64Array, count: number, width: number): Float64Array {
  return Float64Array.from({ length: count }, (_, row) => {
    let best = Number.NaN
    let most = Number.NEGATIVE_INFINITY
    for (let column = 0; column < width; column += 1) {
      const value = values[row * width + column] ?? Number.NaN
      if (value > most || (Number.isNaN(best) && value === most)) [best, most] = [column, value]
    }
    return best
  })
}

/** The labels of options, or the names that appear in lists of names, in their order. */
export function labelsOf(given: unknown, ...lists: readonly unknown[]): readonly string[] | undefined {
  const labels = toLabels(given)
  if (labels !== undefined) return labels
  const named = lists.filter(isOfNames)
  if (named.length === 0) return undefined
  return [...new Set(named.flatMap((list) => list.filter((name) => typeof name === 'string')))].toSorted()
}
