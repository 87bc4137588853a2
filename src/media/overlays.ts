import type { ImageBox } from '../model/media-content/image-content.ts'
import { err, ok } from '../model/result.ts'
import { describeValue } from '../client/refusals.ts'
import type { MaskSource } from './jobs.ts'
import { toText } from './labels.ts'
import { all, andThen, type Later, type Words } from './later.ts'
import { toMask } from './mask-values.ts'
import { readNumbers, type NumbersLike } from './numbers.ts'

/** A number of a class for each pixel, or how probable one is, and the names of classes by their number; 0 is none. */
export interface MaskLike {
  readonly data: NumbersLike
  readonly classes?: readonly string[] | Readonly<Record<string, string>>
}

/** Rectangles as they are now. */
export function toBoxes(value: unknown): Words<readonly ImageBox[]> {
  if (value === undefined) return ok([])
  if (!Array.isArray(value)) return err(`boxes: no list but ${describeValue(value)}`)
  const boxes: ImageBox[] = []
  for (const [index, box] of value.entries()) {
    const read = toBox(box, index)
    if (!read.ok) return read
    boxes.push(read.value)
  }
  return ok(boxes)
}

function toBox(value: unknown, index: number): Words<ImageBox> {
  if (typeof value !== 'object' || value === null) return err(`box ${index} is ${describeValue(value)}`)
  const sides: Record<string, number> = {}
  for (const name of ['x', 'y', 'width', 'height']) {
    const side: unknown = Reflect.get(value, name)
    if (typeof side !== 'number' || !Number.isFinite(side)) {
      return err(`box ${index}: ${name} is ${describeValue(side)}`)
    }
    sides[name] = side
  }
  const { x = 0, y = 0, width = 0, height = 0 } = sides
  if (width < 0 || height < 0) return err(`box ${index} is ${width} × ${height}`)
  const label = toText(Reflect.get(value, 'label'))
  const score: unknown = Reflect.get(value, 'score')
  if (score !== undefined && (typeof score !== 'number' || !Number.isFinite(score))) {
    return err(`box ${index}: score is ${describeValue(score)}`)
  }
  return ok({
    x,
    y,
    width,
    height,
    ...(label === undefined ? {} : { label }),
    ...(score === undefined ? {} : { score }),
  })
}

/** Masks by their name, as they are now. */
export function readMasks(value: unknown): Later<Words<readonly MaskSource[]>> {
  if (value === undefined) return ok([])
  if (typeof value !== 'object' || value === null) return err(`masks: none but ${describeValue(value)}`)
  return all<MaskSource[]>(Object.entries(value).map(([name, mask]) => readMask(name, mask)))
}

function readMask(name: string, mask: unknown): Later<Words<MaskSource>> {
  const inside = typeof mask === 'object' && mask !== null && 'classes' in mask ? mask.classes : undefined
  const isBare = ArrayBuffer.isView(mask) || Array.isArray(mask)
  const data: unknown =
    !isBare && typeof mask === 'object' && mask !== null && 'data' in mask && typeof mask.data !== 'function'
      ? mask.data
      : mask
  const classes = toClasses(inside)
  return andThen(readNumbers(data, `mask ${name}`), (numbers) => toMask(name, numbers, classes))
}

function toClasses(value: unknown): Readonly<Record<string, string>> {
  if (typeof value !== 'object' || value === null) return {}
  return Object.fromEntries(Object.entries(value).map(([number, name]) => [number, String(name)]))
}
