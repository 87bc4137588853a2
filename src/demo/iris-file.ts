import { err, ok, type Result } from '../model/result.ts'
import type { LabelledRows } from './labelled-rows.ts'

export const IRIS_SPECIES = ['setosa', 'versicolor', 'virginica'] as const

/** Reads `public/data/iris.csv`. Shape: a line of headings, then four lengths in cm and the species. */
export function parseIris(text: string): Result<LabelledRows, string> {
  const lines = text.trim().split(/\r?\n/).slice(1)
  const features: number[] = []
  const labels: number[] = []
  for (const [index, line] of lines.entries()) {
    const fields = line.split(',')
    const lengths = fields.slice(0, 4).map(Number)
    const label = IRIS_SPECIES.findIndex((species) => species === fields[4])
    if (fields.length !== 5 || label < 0 || !lengths.every((length) => length > 0)) {
      return err(`Line ${index + 2} of iris.csv is no flower: “${line.slice(0, 80)}”. Load the page again.`)
    }
    features.push(...lengths)
    labels.push(label)
  }
  if (labels.length === 0) return err('iris.csv holds no flowers. Load the page again.')
  return ok({
    count: labels.length,
    width: 4,
    features: Float32Array.from(features),
    labels: Int32Array.from(labels),
  })
}
