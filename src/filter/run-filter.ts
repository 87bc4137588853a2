import type { Comparison, Operand } from '../protocol/run-query.ts'

/** A number is not NaN. */
export type Literal = string | number | boolean | null

/**
 * Which runs: `exists` and every comparison are false where the operand is missing, so `not` of them is true there.
 *
 * Only like is compared with like, numbers as numbers and texts by code point; a param, tag or key of a summary that is the
 * text of a number (`1e-3`) is that number where it is compared with one. What is of another kind is different from
 * the literal, and neither less nor greater. Booleans and null are only equal or different. `contains` and `like` take ASCII
 * letters of either case for the same; in a pattern of `like` `%` is any text and `_` any character. `matches` finds a
 * regular expression (RE2) anywhere in the text. An empty `and` is true, an empty `or` false.
 */
export type RunFilter =
  | { readonly op: 'and' | 'or'; readonly filters: readonly RunFilter[] }
  | { readonly op: 'not'; readonly filter: RunFilter }
  | { readonly op: 'exists'; readonly operand: Operand }
  | { readonly op: Comparison; readonly operand: Operand; readonly literal: Literal }
  | { readonly op: 'in'; readonly operand: Operand; readonly literals: readonly Literal[] }
  | { readonly op: 'contains' | 'like' | 'matches'; readonly operand: Operand; readonly text: string }

/** Every operand of a filter. */
export function operandsOf(filter: RunFilter): readonly Operand[] {
  switch (filter.op) {
    case 'and':
    case 'or':
      return filter.filters.flatMap(operandsOf)
    case 'not':
      return operandsOf(filter.filter)
    default:
      return [filter.operand]
  }
}
