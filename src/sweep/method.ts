import { createRandom, type Random } from '../model/seeded-random.ts'
import type { Params } from '../model/run.ts'
import type { Dimension } from './dimension.ts'
import { valueAt } from './dimension.ts'

/** A trial as a method sees it. */
export interface Observation {
  /** The searched params of it; what is no value of its dimension is as if it was not there. */
  readonly params: Params
  /** Smaller is better; `Infinity` for a trial that failed or gave no number. null while it runs. */
  readonly loss: number | null
}

/** The searched params of the trial of this index, from 0; null when there are none left. The same for the same arguments. */
export type Propose = (index: number, seen: readonly Observation[]) => Params | null

/** Every trial has random numbers of its own, so that a sweep goes on after a reload as if nothing had happened. */
export function randomOf(seed: number, index: number): Random {
  // Two odd constants of MurmurHash3's finalizer, so that the trials of one seed are not those of the next.
  return createRandom(Math.imul(seed + 1, 0x85ebca6b) ^ Math.imul(index + 1, 0xc2b2ae35))
}

/** Each param at random, for itself. Source: Bergstra and Bengio, "Random Search for Hyper-Parameter Optimization", JMLR 2012. */
export function createRandomSearch(dimensions: readonly Dimension[], seed: number): Propose {
  return (index) => {
    const random = randomOf(seed, index)
    return Object.fromEntries(dimensions.map((dimension) => [dimension.name, valueAt(dimension, random())]))
  }
}
