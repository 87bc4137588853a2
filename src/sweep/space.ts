/** The same in every copy of the library: what one makes another reads. */
export const SPACE = Symbol.for('kymo.sweep.space')

/** Where the values of one param of a sweep come from; `V` is what a trial gets. */
export interface ParamSpace<V> {
  readonly [SPACE]: SpaceText
  /** Only a type: what a trial gets. */
  readonly value?: V
}

/** What was asked for, as it was said; `parseParams` judges it. */
export type SpaceText =
  | { readonly kind: 'choice'; readonly values: unknown }
  | {
      readonly kind: 'uniform' | 'int'
      readonly low: unknown
      readonly high: unknown
      readonly isLog: boolean
    }

/** What may be searched: spaces, and values that stay the same in every trial. */
export type SweepParams = Readonly<Record<string, unknown>>

/** What a trial of such params gets. */
export type ParamsOf<S> = { readonly [K in keyof S]: S[K] extends ParamSpace<infer V> ? V : S[K] }

/** One of these: names, booleans, numbers, lists of layers, anything JSON can hold. */
export function choice<const V>(values: readonly V[]): ParamSpace<V> {
  return { [SPACE]: { kind: 'choice', values } }
}

/** A number from `low` to `high`, all alike. */
export function uniform(low: number, high: number): ParamSpace<number> {
  return { [SPACE]: { kind: 'uniform', low, high, isLog: false } }
}

/** A number from `low` to `high`, all orders of magnitude alike: for learning rates and the like. Both are above 0. */
export function logUniform(low: number, high: number): ParamSpace<number> {
  return { [SPACE]: { kind: 'uniform', low, high, isLog: true } }
}

/** A whole number from `low` to `high`, both included; with `log` all orders of magnitude alike. */
export function int(
  low: number,
  high: number,
  { log = false }: { readonly log?: boolean } = {},
): ParamSpace<number> {
  return { [SPACE]: { kind: 'int', low, high, isLog: log } }
}
