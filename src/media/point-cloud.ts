import type { PointCloudMeta } from '../model/media-content/point-cloud-content.ts'
import { err, ok } from '../model/result.ts'
import type { MediaValue, Prepared } from '../client/media-value.ts'
import { toLabels, type Labels } from './labels.ts'
import { all, andThen } from './later.ts'
import { readNumbers, type Numbers, type NumbersLike } from './numbers.ts'
import { mediaValue, showNumbers } from './shown.ts'

/** A color or a label for each point, not both. */
export interface PointCloudOptions {
  /** Red, green and blue of each, whole numbers from 0 to 255. */
  readonly colors?: NumbersLike
  /** What each point is of, by a name or a number. */
  readonly labels?: Labels
}

/** Points in space, to be turned and looked at: `pointCloud([[0, 0, 1], [1, 0, 0]], { labels: ['road', 'car'] })`. */
export function pointCloud(points: NumbersLike, options: PointCloudOptions = {}): MediaValue {
  return mediaValue(() => {
    const labels = toLabels(options.labels)
    const colors = options.colors === undefined ? ok(null) : readNumbers(options.colors, 'colors')
    return andThen(
      all<[Numbers, Numbers | null]>([readNumbers(points, 'points'), colors]),
      ([{ values, shape }, bytes]) => {
        if (shape.length !== 2 || shape[1] !== 3)
          return err(`points: shape [${shape.join(', ')}], not [n, 3]`)
        if (labels !== undefined && bytes !== null) return err('points have colors or labels, not both')
        if (labels !== undefined) return showLabelled(values, labels)
        if (bytes !== null) return showColored(values, bytes)
        return showNumbers('point-cloud', {}, new Float32Array(values), [values.length / 3, 3])
      },
    )
  })
}

function showLabelled(points: Float64Array, labels: readonly string[]): Prepared {
  const count = points.length / 3
  if (labels.length !== count) return err(`${labels.length} labels for ${count} points`)
  const names = [...new Set(labels)]
  const numbers = new Map(names.map((name, number) => [name, number]))
  const meta: PointCloudMeta = { labels: names }
  const laid = beside(points, 1, (point) => numbers.get(labels[point] ?? '') ?? 0)
  return showNumbers('point-cloud', meta, laid, [count, 4])
}

function showColored(points: Float64Array, { values, shape }: Numbers): Prepared {
  const count = points.length / 3
  if (shape.length !== 2 || shape[1] !== 3) return err(`colors: shape [${shape.join(', ')}], not [n, 3]`)
  if (shape[0] !== count) return err(`${shape[0]} colors for ${count} points`)
  const wrong = values.find((value) => !Number.isInteger(value) || value < 0 || value > 255)
  if (wrong !== undefined) return err(`colors: ${wrong} is no whole number from 0 to 255`)
  const laid = beside(points, 3, (point, offset) => values[3 * point + offset] ?? 0)
  return showNumbers('point-cloud', {}, laid, [count, 6])
}

/** Each point, and `more` numbers of it. */
function beside(points: Float64Array, more: number, at: (point: number, offset: number) => number) {
  const width = 3 + more
  return Float32Array.from({ length: (points.length / 3) * width }, (_, index) => {
    const [point, offset] = [Math.floor(index / width), index % width]
    return offset < 3 ? (points[3 * point + offset] ?? 0) : at(point, offset - 3)
  })
}
