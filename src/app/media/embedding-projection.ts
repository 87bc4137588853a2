import { PCA } from 'ml-pca'
import { UMAP } from 'umap-js'

export const PROJECTIONS = ['pca', 'umap'] as const
export type ProjectionMethod = (typeof PROJECTIONS)[number]

/** Vectors that are to be seen as points. Shape: `values` [count, dimensions], row-major. */
export interface ProjectionOrder {
  readonly values: Float32Array | Float64Array
  readonly count: number
  readonly dimensions: number
  readonly method: ProjectionMethod
  readonly axes: 2 | 3
}

/** Where vectors lie as points. Shape: `points` [rows, axes], row-major; `rows` says which vector each is. */
export interface Projection {
  readonly points: Float32Array
  readonly axes: 2 | 3
  readonly rows: Uint32Array
  /** Vectors with a value that is no finite number lie nowhere. */
  readonly lost: number
}

/** The main axes of this many numbers are those of all within what can be seen; more takes minutes. */
const MAX_FITTED_NUMBERS = 4_000_000
/** A neighbourhood graph of more takes minutes. */
const MAX_UMAP_POINTS = 5_000
/** Fewer points have no neighbourhoods. */
const MIN_UMAP_POINTS = 8
const NEIGHBOURS = 15
const BATCH_ROWS = 4_096
/** The same picture every time it is looked at. */
const SEED = 42
/** Epochs between two words of progress. */
const PROGRESS_EPOCHS = 5

/** Cost: seconds for thousands of vectors. */
export function projectEmbedding(
  order: ProjectionOrder,
  onProgress: (done: number, total: number) => void,
): Projection {
  const { count, dimensions, method, axes } = order
  const finite = Uint32Array.from({ length: count }, (_, row) => row).filter((row) =>
    order.values.subarray(row * dimensions, (row + 1) * dimensions).every(Number.isFinite),
  )
  const lost = count - finite.length
  if (method === 'umap' && finite.length >= MIN_UMAP_POINTS) {
    const rows = spread(finite, MAX_UMAP_POINTS)
    return { points: byNeighbours(order, rows, onProgress), axes, rows, lost }
  }
  const points =
    finite.length < 2 ? new Float32Array(finite.length * axes) : byMainAxes(order, finite, onProgress)
  return { points, axes, rows: finite, lost }
}

function byMainAxes(
  order: ProjectionOrder,
  rows: Uint32Array,
  onProgress: (done: number, total: number) => void,
): Float32Array {
  const { dimensions, axes } = order
  const components = Math.min(axes, dimensions)
  const fitted = spread(rows, Math.max(2, Math.floor(MAX_FITTED_NUMBERS / dimensions)))
  const main = new PCA(vectorsOf(order, fitted), { method: 'NIPALS', nCompNIPALS: components })
  const points = new Float32Array(rows.length * axes)
  for (let from = 0; from < rows.length; from += BATCH_ROWS) {
    const batch = vectorsOf(order, rows.subarray(from, from + BATCH_ROWS))
    const found = main.predict(batch, { nComponents: components })
    for (let row = 0; row < batch.length; row += 1) {
      for (let axis = 0; axis < components; axis += 1) {
        // Vectors that are all the same have no axes.
        points[(from + row) * axes + axis] = found.get(row, axis) || 0
      }
    }
    onProgress(Math.min(rows.length, from + BATCH_ROWS), rows.length)
  }
  return points
}

function byNeighbours(
  order: ProjectionOrder,
  rows: Uint32Array,
  onProgress: (done: number, total: number) => void,
): Float32Array {
  const umap = new UMAP({
    nComponents: order.axes,
    nNeighbors: Math.min(NEIGHBOURS, rows.length - 1),
    random: seededRandom(SEED),
  })
  const epochs = umap.initializeFit(vectorsOf(order, rows))
  for (let epoch = 0; epoch < epochs; epoch += 1) {
    umap.step()
    if (epoch % PROGRESS_EPOCHS === 0) onProgress(epoch, epochs)
  }
  return Float32Array.from(umap.getEmbedding().flat())
}

function vectorsOf({ values, dimensions }: ProjectionOrder, rows: Uint32Array): number[][] {
  return Array.from(rows, (row) => Array.from(values.subarray(row * dimensions, (row + 1) * dimensions)))
}

/** Evenly many of a list that is too long. */
function spread(rows: Uint32Array, most: number): Uint32Array {
  if (rows.length <= most) return rows
  return Uint32Array.from({ length: most }, (_, at) => rows[Math.floor((at * rows.length) / most)] ?? 0)
}

/** Source: the mulberry32 generator, github.com/bryc/code/blob/master/jshash/PRNGs.md. */
function seededRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
