import { err, ok, type Result } from '../result.ts'
import { parseMeta, textsOf } from './meta-fields.ts'
import { readFloats, type StoredArray } from './numbers.ts'

/**
 * Shape: float32 [n, 3], x, y and z of each point; [n, 6] where red, green and blue follow, from 0 to 255; [n, 4] where
 * `labels` are named: the fourth is the number of its label.
 */
export interface PointCloudMeta {
  readonly labels?: readonly string[]
}

/** Shape: an entry a point, but `values` and `colors`, which have three; lists are empty where nothing was said. */
export interface PointCloudContent {
  readonly kind: 'point-cloud'
  readonly count: number
  readonly values: Float32Array
  /** Red, green and blue. */
  readonly colors: Uint8Array
  readonly labels: readonly string[]
  /** Which points can be drawn, and where these lie. */
  readonly rows: Uint32Array
  readonly points: Float32Array
  /** How many have no place. */
  readonly lost: number
}

/** More points than this hold up a cloud while it is turned: then every so many-th is drawn. */
const MAX_DRAWN = 100_000

export function parsePointCloud(array: StoredArray, metaText: string): Result<PointCloudContent, string> {
  const meta = parseMeta(metaText)
  if (!meta.ok) return meta
  const numbers = readFloats(array)
  if (!numbers.ok) return numbers
  const [count = 0, width = 0, ...more] = array.shape
  if (more.length > 0 || count === 0 || (width !== 3 && width !== 4 && width !== 6)) {
    return err(`[${array.shape.join(', ')}] are no points with x, y and z`)
  }
  const named = textsOf(meta.value['labels']) ?? []
  const at = (point: number, offset: number): number => numbers.value[point * width + offset] ?? Number.NaN
  const values = Float32Array.from({ length: 3 * count }, (_, index) => at(Math.floor(index / 3), index % 3))
  const finite = Uint32Array.from({ length: count }, (_, point) => point).filter((point) =>
    values.subarray(3 * point, 3 * point + 3).every(Number.isFinite),
  )
  const stride = Math.ceil(finite.length / MAX_DRAWN)
  const rows = finite.filter((_, index) => index % stride === 0)
  const points = new Float32Array(3 * rows.length)
  for (const [index, row] of rows.entries()) points.set(values.subarray(3 * row, 3 * row + 3), 3 * index)
  return ok({
    kind: 'point-cloud',
    count,
    values,
    colors:
      width === 6
        ? Uint8Array.from({ length: 3 * count }, (_, index) => at(Math.floor(index / 3), 3 + (index % 3)))
        : new Uint8Array(0),
    labels: width === 4 ? Array.from({ length: count }, (_, point) => named[at(point, 3)] ?? '') : [],
    rows,
    points,
    lost: count - finite.length,
  })
}
