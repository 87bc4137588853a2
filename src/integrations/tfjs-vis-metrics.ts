/** A tensor of classes, as far as comparing needs it. */
export interface ClassesTensor {
  readonly shape: readonly number[]
  data(): Promise<ArrayLike<number>>
}

export interface ClassAccuracy {
  readonly accuracy: number
  readonly count: number
}

/** How often predictions are equal to labels. Errors: rejects for tensors of different shapes, as tfjs-vis does. */
export async function accuracy(labels: ClassesTensor, predictions: ClassesTensor): Promise<number> {
  if (labels.shape.join() !== predictions.shape.join()) {
    throw new Error(`labels are [${labels.shape.join()}], predictions [${predictions.shape.join()}]`)
  }
  const [actual, predicted] = await Promise.all([labels.data(), predictions.data()])
  return Array.from(actual).filter((one, index) => one === predicted[index]).length / actual.length
}

/** How many there are of each class and which part of them is right. Errors: rejects as `accuracy`, and for other than lists. */
export async function perClassAccuracy(
  labels: ClassesTensor,
  predictions: ClassesTensor,
  numClasses?: number,
): Promise<readonly ClassAccuracy[]> {
  const [actual, predicted] = await readLists(labels, predictions)
  const count = numClasses ?? classesIn(actual, predicted)
  const counts = new Float64Array(count)
  const right = new Float64Array(count)
  for (const [index, one] of actual.entries()) {
    counts[one] = (counts[one] ?? 0) + 1
    if (one === predicted[index]) right[one] = (right[one] ?? 0) + 1
  }
  return Array.from(counts, (count, one) => ({
    accuracy: count === 0 ? 0 : (right[one] ?? 0) / count,
    count,
  }))
}

/** How often each label (row) was predicted as each (column), or the sum of its weights. Errors: as `perClassAccuracy`. */
export async function confusionMatrix(
  labels: ClassesTensor,
  predictions: ClassesTensor,
  numClasses?: number,
  weights?: ClassesTensor,
): Promise<number[][]> {
  const [read, weighed] = await Promise.all([readLists(labels, predictions), weights?.data()])
  const [actual, predicted] = read.map((classes) => classes.map(Math.trunc)) as [number[], number[]]
  if (weighed !== undefined && weighed.length !== actual.length) {
    throw new Error(`${weighed.length} weights for ${actual.length} labels`)
  }
  const count = numClasses ?? classesIn(actual, predicted)
  const matrix = Array.from({ length: count }, () => Array.from({ length: count }, () => 0))
  for (const [index, one] of actual.entries()) {
    const row = matrix[one]
    const column = predicted[index] ?? 0
    if (row?.[column] === undefined) throw new Error(`class ${one} as ${column}, of ${count} classes`)
    row[column] += weighed?.[index] ?? 1
  }
  return matrix
}

async function readLists(labels: ClassesTensor, predictions: ClassesTensor): Promise<[number[], number[]]> {
  if (
    labels.shape.length !== 1 ||
    labels.shape[0] !== predictions.shape[0] ||
    predictions.shape.length !== 1
  ) {
    throw new Error(
      `labels are [${labels.shape.join()}], predictions [${predictions.shape.join()}]: not two lists`,
    )
  }
  const [actual, predicted] = await Promise.all([labels.data(), predictions.data()])
  return [Array.from(actual), Array.from(predicted)]
}

function classesIn(...lists: readonly (readonly number[])[]): number {
  return lists.flat().reduce((greatest, one) => Math.max(greatest, one), -1) + 1
}
