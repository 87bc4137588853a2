import type { Statistic } from './series.ts'

/** How the series of a metric is told by one number. */
interface AggregateSpec {
  /** After the name of the metric: `loss, last step`. */
  readonly words: string
  /** What a menu says. */
  readonly title: string
  /** What the filter says while it is typed. */
  readonly hint: string
  /** value: one that may be the best. spread: none is better. count: written without a fraction. */
  readonly unit: 'value' | 'spread' | 'count'
  /** filter: it can be asked for. table: it is offered as a column. everywhere: Compare, axes and the run page too. */
  readonly offered: 'filter' | 'table' | 'everywhere'
}

/** In the order they are offered. */
export const AGGREGATES = {
  last: {
    words: 'last',
    title: 'Last value',
    hint: 'its last value',
    unit: 'value',
    offered: 'everywhere',
  },
  min: {
    words: 'min',
    title: 'Smallest value',
    hint: 'its least value',
    unit: 'value',
    offered: 'everywhere',
  },
  max: {
    words: 'max',
    title: 'Largest value',
    hint: 'its greatest value',
    unit: 'value',
    offered: 'everywhere',
  },
  mean: { words: 'mean', title: 'Mean', hint: 'its mean', unit: 'value', offered: 'everywhere' },
  std: {
    words: 'std',
    title: 'Standard deviation',
    hint: 'its standard deviation',
    unit: 'spread',
    offered: 'everywhere',
  },
  first: { words: 'first', title: 'First value', hint: 'its first value', unit: 'value', offered: 'table' },
  count: { words: 'count', title: 'Count', hint: 'how many values', unit: 'count', offered: 'filter' },
  lastStep: {
    words: 'last step',
    title: 'Last step',
    hint: 'the step of its last value',
    unit: 'count',
    offered: 'filter',
  },
} as const satisfies { readonly [S in Statistic]?: AggregateSpec }

export type MetricAggregate = keyof typeof AGGREGATES

export const METRIC_AGGREGATES = Object.keys(AGGREGATES) as readonly MetricAggregate[]

/** Those of the table, and those of everywhere. */
export const TABLE_AGGREGATES = METRIC_AGGREGATES.filter((each) => aggregateSpec(each).offered !== 'filter')
type OfEverywhere = {
  [A in MetricAggregate]: (typeof AGGREGATES)[A]['offered'] extends 'everywhere' ? A : never
}[MetricAggregate]
export const SHOWN_AGGREGATES = METRIC_AGGREGATES.filter(
  (each): each is OfEverywhere => aggregateSpec(each).offered === 'everywhere',
)
export type ShownAggregate = OfEverywhere

/** What is declared of an aggregate, whichever it is. */
export function aggregateSpec(aggregate: MetricAggregate): AggregateSpec {
  return AGGREGATES[aggregate]
}
