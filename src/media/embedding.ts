import type { EmbeddingMeta } from '../model/media-content/embedding-content.ts'
import { err } from '../model/result.ts'
import type { MediaValue } from '../client/media-value.ts'
import { toLabels, type Labels } from './labels.ts'
import { andThen } from './later.ts'
import { readNumbers, type NumbersLike } from './numbers.ts'
import { mediaValue, showNumbers } from './shown.ts'

export interface EmbeddingOptions {
  /** One for each vector, to tell them apart: its class. */
  readonly labels?: Labels
  /** What each vector is of, in words. */
  readonly names?: Labels
}

/** Vectors of one length, to be looked at in two or three dimensions. */
export function embedding(vectors: NumbersLike, options: EmbeddingOptions = {}): MediaValue {
  return mediaValue(() => {
    const labels = toLabels(options.labels)
    const names = toLabels(options.names)
    return andThen(readNumbers(vectors, 'vectors'), ({ values, shape }) => {
      const [count = 0, dimensions = 0] = shape
      if (shape.length !== 2 || dimensions === 0)
        return err(`vectors: shape [${shape.join(', ')}], not [n, d]`)
      for (const given of [labels, names]) {
        if (given !== undefined && given.length !== count)
          return err(`${given.length} labels for ${count} vectors`)
      }
      const meta: EmbeddingMeta = {
        ...(labels === undefined ? {} : { labels }),
        ...(names === undefined ? {} : { names }),
      }
      return showNumbers('embedding', meta, new Float32Array(values), [count, dimensions])
    })
  })
}
