import type { MetricAggregate } from '../model/aggregates.ts'
import type { Comparison } from '../protocol/run-query.ts'

/** A part of a filter's text. Unit: UTF-16 code units, half open. */
export interface Span {
  readonly from: number
  readonly to: number
}

/** `any`: a bare name, whose kind depends on what the runs have; see `resolve.ts`. */
export type NameScope = 'any' | 'param' | 'tag' | 'metric' | 'summary'

/** `lr`, `tag.model`, `"val/acc".max`. */
export interface Name extends Span {
  readonly scope: NameScope
  readonly key: string
  /** null where none is written: the last value of a metric. */
  readonly aggregate: MetricAggregate | null
}

export const TIME_UNITS = ['ms', 'seconds', 'minutes', 'hours', 'days', 'weeks'] as const
export type TimeUnit = (typeof TIME_UNITS)[number]

/** What a name is compared with. `word`: written without quotes, else like `text`. */
export type Value = Span &
  (
    | { readonly kind: 'text' | 'word'; readonly text: string }
    | { readonly kind: 'number'; readonly number: number }
    | { readonly kind: 'boolean'; readonly boolean: boolean }
    /** `5 minutes`, and `2 days ago`. */
    | { readonly kind: 'duration' | 'ago'; readonly amount: number; readonly unit: TimeUnit }
    /** `2026-11-01` or `2026-11-01T12:30`, in local time unless it says otherwise. */
    | { readonly kind: 'time'; readonly text: string }
  )

export const TEXT_TESTS = ['like', 'matches', 'contains'] as const
export type TextTest = (typeof TEXT_TESTS)[number]

/** A filter as it is written; `resolve.ts` makes of it what can be asked. */
export type FilterNode = Span &
  (
    | { readonly kind: 'and' | 'or'; readonly parts: readonly FilterNode[] }
    | { readonly kind: 'not'; readonly part: FilterNode }
    | { readonly kind: 'compare'; readonly name: Name; readonly op: Comparison; readonly value: Value }
    | {
        readonly kind: 'in'
        readonly name: Name
        readonly values: readonly Value[]
        readonly isNegated: boolean
      }
    | {
        readonly kind: 'text'
        readonly name: Name
        readonly test: TextTest
        readonly text: string
        readonly textSpan: Span
        readonly isNegated: boolean
      }
    | { readonly kind: 'null'; readonly name: Name; readonly isNegated: boolean }
  )

/** What may come next where a text ends. */
export type Expected =
  | { readonly what: 'name' }
  | { readonly what: 'operator' | 'value'; readonly name: Name }
  /** A condition is complete; its last value may still get a unit. */
  | { readonly what: 'connective'; readonly last: Compared | null }

export interface Compared {
  readonly name: Name
  readonly value: Value
}

export const KEYWORDS: readonly string[] = [
  'and',
  'or',
  'not',
  'in',
  'is',
  'null',
  'true',
  'false',
  ...TEXT_TESTS,
]

/** The words before a dot that tell what a name is of; what other trackers call them is understood. */
export const SCOPE_WORDS: ReadonlyMap<string, NameScope> = new Map([
  ['param', 'param'],
  ['params', 'param'],
  ['config', 'param'],
  ['tag', 'tag'],
  ['tags', 'tag'],
  ['metric', 'metric'],
  ['metrics', 'metric'],
  ['summary', 'summary'],
])

/** What is wrong with a filter, and where. */
export interface FilterProblem extends Span {
  /** A sentence. */
  readonly message: string
  /** What to write in place of the span, where there is a good guess. */
  readonly fix: string | null
}

/** Thrown inside this folder, caught by `parseFilter` and `resolveFilter`. */
export class WrongFilter extends Error {
  readonly problem: FilterProblem
  constructor(problem: FilterProblem) {
    super(problem.message)
    this.problem = problem
  }
}

export function wrong(span: Span, message: string, fix: string | null = null): WrongFilter {
  return new WrongFilter({ from: span.from, to: span.to, message, fix })
}
