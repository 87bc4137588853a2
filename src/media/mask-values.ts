import { err, ok } from '../model/result.ts'
import type { MaskSource } from './jobs.ts'
import type { Words } from './later.ts'
import type { Numbers } from './numbers.ts'

/** From here on a probability is of the class. */
const LEAST_PROBABILITY = 0.5
const WHITE = 255

/**
 * A number of a class for each pixel, of what masks come as: numbers of classes, 0 and 255 of a picture, or probabilities.
 * What is below 0 or not finite is of no class. Every class that occurs has a name, its number at least.
 */
export function toMask(
  name: string,
  { values, shape }: Numbers,
  names: Readonly<Record<string, string>>,
): Words<MaskSource> {
  const isProbable = values.some((one) => Number.isFinite(one) && !Number.isInteger(one))
  const wrong = values.find((one) => Number.isFinite(one) && (isProbable ? one > 1 : one > WHITE))
  if (wrong !== undefined) {
    return err(
      isProbable
        ? `mask ${name}: ${wrong} beside fractions: pass whole numbers of classes`
        : `mask ${name}: class ${wrong} is not 0 … 255: number the classes anew`,
    )
  }
  let lost = 0
  const classes = Uint8Array.from(values, (one) => {
    if (one >= 0 && one <= WHITE) return isProbable ? Number(one >= LEAST_PROBABILITY) : one
    lost += 1
    return 0
  })
  const found = new Set(classes)
  found.delete(0)
  if (found.size === 1 && found.has(WHITE) && !Object.hasOwn(names, WHITE)) {
    classes.forEach((one, pixel) => (classes[pixel] = one === WHITE ? 1 : 0))
    found.clear()
    found.add(1)
  }
  const unnamed = [...found].filter((one) => !Object.hasOwn(names, one))
  return ok({
    name,
    classes: { ...names, ...Object.fromEntries(unnamed.map((one) => [one, String(one)])) },
    values: classes,
    size: sizeOf(shape),
    lost,
    from: isProbable ? LEAST_PROBABILITY : null,
  })
}

/** Rows and columns where the shape says them. */
function sizeOf(shape: Numbers['shape']): MaskSource['size'] {
  const [rows = 0, columns = 0, ...more] = shape.filter((length) => length !== 1)
  return more.length === 0 && rows > 0 && columns > 0 ? [rows, columns] : null
}
