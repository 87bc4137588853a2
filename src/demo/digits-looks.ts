import * as tf from '@tensorflow/tfjs'
import type { Run } from '../client/run.ts'
import { confusionMatrix, image, prCurve, table } from '../media/index.ts'
import { DIGIT_SIDE } from './digits-file.ts'
import type { LabelledRows } from './labelled-rows.ts'

const DIGITS = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']

/** More wrong answers than this teach nobody more. */
const MAX_SHOWN = 60

/** Logs what a classifier of digits takes for what: a confusion matrix, a curve a digit, and the scans it gets wrong. */
export function logDigitsLooks(run: Run, scores: Float32Array, rows: LabelledRows, step: number): void {
  const byRow = Array.from({ length: rows.count }, (_, row) =>
    scores.subarray(row * DIGITS.length, (row + 1) * DIGITS.length),
  )
  const predicted = byRow.map((chances) => chances.indexOf(Math.max(...chances)))
  const wrong = predicted.flatMap((digit, row) => (digit === rows.labels[row] ? [] : [row]))
  run.log(
    {
      'validation/confusion': confusionMatrix(rows.labels, predicted, { labels: DIGITS }),
      'validation/precision_recall': prCurve(rows.labels, byRow, { labels: DIGITS }),
      'validation/misclassified': table(
        wrong.slice(0, MAX_SHOWN).map((row) => ({
          scan: image(scanOf(rows, row)),
          digit: rows.labels[row],
          'taken for': predicted[row],
          certainty: byRow[row]?.[predicted[row] ?? 0],
        })),
      ),
    },
    { step },
  )
}

function scanOf({ features, width }: LabelledRows, row: number) {
  const data = features.subarray(row * width, (row + 1) * width)
  return { data, width: DIGIT_SIDE, height: DIGIT_SIDE, channels: 1 }
}

/** The chance of each class for each row. Shape: one entry a class, row after row. */
export async function predictChances(model: tf.LayersModel, xs: tf.Tensor): Promise<Float32Array> {
  const output = tf.tidy(() => model.predict(xs))
  if (!(output instanceof tf.Tensor)) throw new TypeError('A model of one output answered with several.')
  try {
    return (await output.data()) as Float32Array
  } finally {
    output.dispose()
  }
}
