import type { Captions } from '../model/media-content/drawing.ts'
import type { ScatterMeta } from '../model/media-content/scatter-content.ts'
import { err, ok } from '../model/result.ts'
import type { MediaValue, Prepared } from '../client/media-value.ts'
import { describeValue } from '../client/refusals.ts'
import { toCaptions, toLabels, type Labels } from './labels.ts'
import { all, andThen, type Later, type Words } from './later.ts'
import { isNamedThings, readNumbers, type NumbersLike } from './numbers.ts'
import { mediaValue, showNumbers } from './shown.ts'

/** Pairs of x and y, as lists, as objects, or as rows of a tensor. */
export type PointsLike = NumbersLike | readonly { readonly x: number; readonly y: number }[]

export interface ScatterOptions extends Captions {
  /** What each point is of, by a name or a number. */
  readonly classes?: Labels
}

/** Points: `scatter([[1, 2], [3, 4]], { classes: ['a', 'b'] })`, or by class: `scatter({ a: [[1, 2]], b: [[3, 4]] })`. */
export function scatter(
  points: PointsLike | Readonly<Record<string, PointsLike>>,
  options: ScatterOptions = {},
): MediaValue {
  return mediaValue(() => {
    const captions = toCaptions(options)
    if (isNamedThings(points)) {
      const names = Object.keys(points)
      const read = all<Float64Array[]>(Object.entries(points).map(([name, some]) => readPoints(some, name)))
      return andThen(read, (groups) => show(groups, classesOf(groups), names, captions))
    }
    const classes = toLabels(options.classes)
    return andThen(readPoints(points, 'points'), (pairs) => {
      if (classes === undefined) return showNumbers('scatter', captions, pairs, [pairs.length / 2, 2])
      if (classes.length !== pairs.length / 2)
        return err(`${classes.length} classes for ${pairs.length / 2} points`)
      const names = [...new Set(classes)]
      const numbers = new Map(names.map((name, number) => [name, number]))
      return show(
        [pairs],
        classes.map((name) => numbers.get(name) ?? 0),
        names,
        captions,
      )
    })
  })
}

function classesOf(groups: readonly Float64Array[]): readonly number[] {
  return groups.flatMap((pairs, number) => Array.from({ length: pairs.length / 2 }, () => number))
}

function show(
  groups: readonly Float64Array[],
  classes: readonly number[],
  names: readonly string[],
  captions: Captions,
): Prepared {
  const numbers = new Float64Array(3 * classes.length)
  let point = 0
  for (const pairs of groups) {
    for (let at = 0; at < pairs.length; at += 2) {
      numbers.set([pairs[at] ?? 0, pairs[at + 1] ?? 0, classes[point] ?? 0], 3 * point)
      point += 1
    }
  }
  const meta: ScatterMeta = { ...captions, classes: names }
  return showNumbers('scatter', meta, numbers, [classes.length, 3])
}

function readPoints(points: unknown, name: string): Later<Words<Float64Array>> {
  const [first] = Array.isArray(points) ? points : []
  const isOfObjects = isNamedThings(first) && 'x' in first
  const pairs: unknown = isOfObjects && Array.isArray(points) ? points.map(toPair) : points
  return andThen(readNumbers(pairs, name), ({ values, shape }) => {
    if (shape[0] === 0) return ok(new Float64Array(0))
    if (shape.length === 2 && shape[1] === 2) return ok(values)
    return err(`${name}: shape [${shape.join(', ')}], not pairs of x and y: ${describeValue(points)}`)
  })
}

function toPair(point: unknown): readonly unknown[] {
  return isNamedThings(point) ? [point['x'], point['y']] : [point]
}
