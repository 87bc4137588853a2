/** What stands before or after a name for the part of the data that it is of. */
const HELD_OUT = ['val', 'valid', 'validation', 'eval', 'test', 'dev']

const MOST = 4

/**
 * Metrics that are the same of other data, as `loss` and `val_loss` or `train/acc` and `val/acc`: they are looked at together. At
 * most four, in the order of the metrics.
 */
export function likelyPairs(keys: readonly string[]): readonly (readonly [string, string])[] {
  const known = new Set(keys)
  const pairs: (readonly [string, string])[] = []
  for (const key of keys) {
    const other = othersOf(key).find((each) => known.has(each))
    if (other !== undefined && pairs.length < MOST) pairs.push([key, other])
  }
  return pairs
}

/** What the same of held-out data may be called, given the name of that of training data. */
function othersOf(key: string): readonly string[] {
  const parts = /^(.*?)([/_.-]?)(?:train|training)([/_.-]?)(.*)$/i.exec(key)
  if (parts !== null) {
    const [, before = '', left = '', right = '', after = ''] = parts
    return HELD_OUT.map((other) => `${before}${left}${other}${right}${after}`)
  }
  return HELD_OUT.flatMap((other) => ['_', '/', '.', '-'].map((between) => `${other}${between}${key}`))
}
