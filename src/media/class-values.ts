import { err, ok } from '../model/result.ts'
import { describeValue } from '../client/refusals.ts'
import { toLabels, type Labels } from './labels.ts'
import { andThen, type Later, type Words } from './later.ts'
import { readNumbers, type NumbersLike } from './numbers.ts'

/** What each of some examples is of: numbers of classes from 0, their names, or rows with a number for each class. */
export type ClassesLike = NumbersLike | readonly string[]

/** ImageNet has 1,000; the matrix of so many takes 8 MB. */
export const MAX_CLASSES = 1_024

/** Numbers of classes, one an example; of rows the place of their greatest number. Names have to be among `labels`. */
export function readClasses(
  value: unknown,
  name: string,
  labels: readonly string[] | undefined,
): Later<Words<Float64Array>> {
  if (Array.isArray(value) && typeof value[0] === 'string') return fromNames(value, name, labels)
  return andThen(readNumbers(value, name), ({ values, shape }) => {
    const [count = 0, width = 1] = shape
    if (shape.length > 2) return err(`${name}: shape [${shape.join(', ')}]`)
    const classes = width === 1 ? values : greatest(values, count, width)
    const wrong = classes.findIndex((one) => !Number.isInteger(one) || one < 0 || one >= MAX_CLASSES)
    return wrong < 0 ? ok(classes) : err(`${name}: entry ${wrong} is ${classes[wrong]}, no class`)
  })
}

function fromNames(
  names: readonly unknown[],
  what: string,
  labels: readonly string[] | undefined,
): Words<Float64Array> {
  if (labels === undefined) return err(`${what}: classes by name need { labels }`)
  const numbers = new Map(labels.map((label, number) => [label, number]))
  const unknown = names.findIndex((name) => !numbers.has(String(name)))
  if (unknown >= 0) return err(`${what}: ${describeValue(names[unknown])} is not among the labels`)
  return ok(Float64Array.from(names, (name) => numbers.get(String(name)) ?? Number.NaN))
}

function greatest(values: Float64Array, count: number, width: number): Float64Array {
  return Float64Array.from({ length: count }, (_, row) => {
    let best = 0
    for (let column = 1; column < width; column += 1) {
      if ((values[row * width + column] ?? 0) > (values[row * width + best] ?? 0)) best = column
    }
    return best
  })
}

/** The labels of options, or the names that appear in lists of names, in their order. */
export function labelsOf(given: unknown, ...lists: readonly unknown[]): readonly string[] | undefined {
  const labels = toLabels(given)
  if (labels !== undefined) return labels
  const named = lists.filter((list): list is Labels => Array.isArray(list) && typeof list[0] === 'string')
  if (named.length === 0) return undefined
  return [...new Set(named.flatMap((list) => toLabels(list) ?? []))].toSorted()
}
