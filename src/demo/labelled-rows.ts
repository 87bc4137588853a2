import { shuffledIndices, type Random } from '../model/seeded-random.ts'

/** Examples with their right answers. Shape: `features` holds `count` rows of `width` numbers. */
export interface LabelledRows {
  readonly count: number
  readonly width: number
  readonly features: Float32Array
  /** The class of each row, from 0. */
  readonly labels: Int32Array
}

export interface RowSplit {
  readonly training: LabelledRows
  readonly validation: LabelledRows
}

/** Splits rows at random into those to learn from and those to be judged by. */
export function splitRows(rows: LabelledRows, validationShare: number, random: Random): RowSplit {
  const order = shuffledIndices(rows.count, random)
  const validationCount = Math.round(rows.count * validationShare)
  return {
    training: pickRows(rows, order.subarray(validationCount)),
    validation: pickRows(rows, order.subarray(0, validationCount)),
  }
}

function pickRows({ width, features, labels }: LabelledRows, indices: Uint32Array): LabelledRows {
  const picked = {
    features: new Float32Array(indices.length * width),
    labels: new Int32Array(indices.length),
  }
  for (const [row, index] of indices.entries()) {
    picked.features.set(features.subarray(index * width, (index + 1) * width), row * width)
    picked.labels[row] = labels[index] ?? 0
  }
  return { count: indices.length, width, ...picked }
}

/** Shifts and scales every column to mean 0 and deviation 1, by what the training rows show. */
export function standardizeRows({ training, validation }: RowSplit): RowSplit {
  const { width, count } = training
  const mean = new Float64Array(width)
  const variance = new Float64Array(width)
  for (const [index, value] of training.features.entries())
    mean[index % width] = (mean[index % width] ?? 0) + value / count
  for (const [index, value] of training.features.entries()) {
    variance[index % width] =
      (variance[index % width] ?? 0) + (value - (mean[index % width] ?? 0)) ** 2 / count
  }
  const scale = (rows: LabelledRows): LabelledRows => ({
    ...rows,
    features: rows.features.map((value, index) => {
      const column = index % width
      return (value - (mean[column] ?? 0)) / (Math.sqrt(variance[column] ?? 0) || 1)
    }),
  })
  return { training: scale(training), validation: scale(validation) }
}
