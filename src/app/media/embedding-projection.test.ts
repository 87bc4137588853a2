import { describe, expect, it } from 'vitest'
import { projectEmbedding, PROJECTIONS, type ProjectionOrder } from './embedding-projection.ts'

/** Three heaps of vectors far from each other. */
function heaps(method: ProjectionOrder['method'], axes: 2 | 3, perHeap = 12): ProjectionOrder {
  const dimensions = 6
  const count = 3 * perHeap
  const values = Float32Array.from({ length: count * dimensions }, (_, at) => {
    const [row, dimension] = [Math.floor(at / dimensions), at % dimensions]
    return (dimension % 3 === row % 3 ? 50 : 0) + Math.sin(at * 1.3)
  })
  return { values, count, dimensions, method, axes }
}

function distance(points: Float32Array, axes: number, a: number, b: number): number {
  return Math.hypot(
    ...Array.from(
      { length: axes },
      (_, axis) => (points[a * axes + axis] ?? 0) - (points[b * axes + axis] ?? 0),
    ),
  )
}

describe.each(PROJECTIONS)('a projection by %s', (method) => {
  it.each([2, 3] as const)('keeps heaps apart on %s axes, the same every time', (axes) => {
    const order = heaps(method, axes)
    const { points, rows, lost } = projectEmbedding(order, () => undefined)
    expect(rows.length).toBe(order.count)
    expect(lost).toBe(0)
    for (let row = 3; row < order.count; row += 1) {
      expect(distance(points, axes, row, row % 3)).toBeLessThan(distance(points, axes, row, (row + 1) % 3))
    }
    expect(projectEmbedding(order, () => undefined).points).toEqual(points)
  })

  it('leaves out vectors that are nowhere, and says how many', () => {
    const order = heaps(method, 2)
    order.values[6 * 5] = Number.NaN
    const { rows, lost, points } = projectEmbedding(order, () => undefined)
    expect(lost).toBe(1)
    expect([...rows]).not.toContain(5)
    expect(points.every(Number.isFinite)).toBe(true)
  })

  it.each([0, 1, 2])('takes %s vectors', (count) => {
    const order = { ...heaps(method, 3), count }
    const { points, rows } = projectEmbedding(order, () => undefined)
    expect(rows.length).toBe(count)
    expect(points.length).toBe(3 * count)
    expect(points.every(Number.isFinite)).toBe(true)
  })

  it('takes vectors that are all the same', () => {
    const order = heaps(method, 2)
    order.values.fill(1)
    expect(projectEmbedding(order, () => undefined).points.every(Number.isFinite)).toBe(true)
  })
})
