import { err, ok } from '../model/result.ts'
import { all, andThen, type Later, type Words } from './later.ts'
import { isNamedThings, readNumbers, type Numbers, type NumbersLike } from './numbers.ts'
import type { Line } from './points.ts'

/** The y of one line, or of several by name; with `x`, over that instead of their place, each over its own too. */
export type LinesLike = Ys | Xy | { readonly x: NumbersLike; readonly ys: Ys }
type Xy = { readonly x: NumbersLike; readonly y: NumbersLike }
type Ys = NumbersLike | Readonly<Record<string, NumbersLike | Xy>>

/** The name of a line that has none. */
const ONLY = 'y'

/** Lines as they are now; rows of a matrix are a line each. */
export function readLines(source: unknown): Later<Words<readonly Line[]>> {
  if (!isNamedThings(source)) return readRows(source)
  if (isXy(source)) return readOver(source.x, readRows(source.y))
  if ('x' in source && 'ys' in source) return readOver(source['x'], readLines(source['ys']))
  return all<Line[]>(Object.entries(source).map(([name, y]) => readLine(name, y)))
}

function isXy(value: unknown): value is Xy {
  return isNamedThings(value) && 'x' in value && 'y' in value && Object.keys(value).length === 2
}

/** The same lines over other x. */
function readOver(x: unknown, lines: Later<Words<readonly Line[]>>): Later<Words<readonly Line[]>> {
  const read = all<[Numbers, readonly Line[]]>([readNumbers(x, 'x'), lines])
  return andThen(read, ([{ values }, lines]) => {
    const wrong = lines.find(({ y }) => y.length !== values.length)
    if (wrong !== undefined) return err(`line ${wrong.name}: ${wrong.y.length} y for ${values.length} x`)
    return ok(lines.map(({ name, y }) => ({ name, x: values, y })))
  })
}

function readLine(name: string, source: unknown): Later<Words<Line>> {
  if (!isXy(source)) return andThen(readNumbers(source, name), ({ values }) => ok(overPlaces(name, values)))
  const read = all<[Numbers, Numbers]>([readNumbers(source.x, `${name}.x`), readNumbers(source.y, name)])
  return andThen(read, ([x, y]) =>
    x.values.length === y.values.length
      ? ok({ name, x: x.values, y: y.values })
      : err(`line ${name}: ${y.values.length} y for ${x.values.length} x`),
  )
}

function readRows(source: unknown): Later<Words<readonly Line[]>> {
  return andThen(readNumbers(source, ONLY), ({ values, shape }) => {
    if (shape.length === 1) return ok([overPlaces(ONLY, values)])
    if (shape.length !== 2) return err(`lines: shape [${shape.join(', ')}]`)
    const [count = 0, length = 0] = shape
    const rows = Array.from({ length: count }, (_, row) => values.slice(row * length, (row + 1) * length))
    return ok(rows.map((row, index) => overPlaces(String(index), row)))
  })
}

function overPlaces(name: string, y: Float64Array): Line {
  return { name, x: Float64Array.from(y.keys()), y }
}
