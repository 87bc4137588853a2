import { err, ok } from '../model/result.ts'
import { all, andThen, type Later, type Words } from './later.ts'
import { isRecord, readNumbers, type Numbers, type NumbersLike } from './numbers.ts'
import type { Line } from './points.ts'

/** The y of one line, or of several by name; with `x`, over that instead of their place. */
export type LinesLike = Ys | { readonly x: NumbersLike; readonly ys: Ys }
type Ys = NumbersLike | Readonly<Record<string, NumbersLike>>

/** The name of a line that has none. */
const ONLY = 'y'

/** Lines as they are now; rows of a matrix are a line each. */
export function readLines(source: unknown): Later<Words<readonly Line[]>> {
  if (typeof source === 'object' && source !== null && 'ys' in source && 'x' in source) {
    const x: unknown = source.x
    return andThen(readNumbers(x, 'x'), ({ values }) => readYs(source.ys, values))
  }
  return readYs(source, null)
}

function readYs(source: unknown, x: Float64Array | null): Later<Words<readonly Line[]>> {
  if (!isRecord(source)) {
    return andThen(readNumbers(source, ONLY), ({ values, shape }) => {
      if (shape.length === 1) return together([[ONLY, values]], x)
      if (shape.length !== 2) return err(`lines: shape [${shape.join(', ')}]`)
      const [count = 0, length = 0] = shape
      const rows = Array.from({ length: count }, (_, row) => values.slice(row * length, (row + 1) * length))
      return together(
        rows.map((row, index) => [String(index), row] as const),
        x,
      )
    })
  }
  const entries = Object.entries(source)
  return andThen(all<Numbers[]>(entries.map(([name, y]) => readNumbers(y, name))), (read) =>
    together(
      entries.map(([name], index) => [name, read[index]?.values ?? new Float64Array(0)] as const),
      x,
    ),
  )
}

function together(
  named: readonly (readonly [name: string, y: Float64Array])[],
  x: Float64Array | null,
): Words<readonly Line[]> {
  const wrong = named.find(([, y]) => x !== null && y.length !== x.length)
  if (wrong !== undefined) return err(`line ${wrong[0]}: ${wrong[1].length} y for ${x?.length ?? 0} x`)
  return ok(named.map(([name, y]) => ({ name, x: x ?? Float64Array.from(y.keys()), y })))
}
