import { createRandom } from '../../src/model/seeded-random.ts'

/** Repeatable choices: the same seed makes the same ones. */
export interface Random {
  /** 0 (inclusive) to 1 (exclusive). */
  next(): number
  /** A whole number from `from` to `to`, both inclusive. */
  between(from: number, to: number): number
  /** Errors: throws on an empty list. */
  pick<T>(choices: readonly T[]): T
}

export function makeRandom(seed: number): Random {
  const next = createRandom(seed)
  const between = (from: number, to: number): number => from + Math.floor(next() * (to - from + 1))
  return {
    next,
    between,
    pick(choices) {
      const choice = choices[between(0, choices.length - 1)]
      if (choice === undefined) throw new Error('a choice among nothing')
      return choice
    },
  }
}
