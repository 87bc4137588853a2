import type { Column } from './column.ts'
import type { Direction } from './experiment.ts'

/** Which way a value improves, where one does. */
export type RankDirection = Exclude<Direction, 'none'>

export const RANK_DIRECTION_OR_NULL: Column<RankDirection | null> = {
  sql: 'text',
  cell: 'textOrNull',
  decode: toRankDirection,
  parse: (value) => (value === null ? null : (toRankDirection(value) ?? undefined)),
  missing: null,
}

function toRankDirection(value: unknown): RankDirection | null {
  return value === 'min' || value === 'max' ? value : null
}

/** What a version had when it was given an alias; all three are null where somebody just gave it. */
export interface Rank {
  readonly metric: string | null
  readonly value: number | null
  readonly direction: RankDirection | null
}

/** Whether a value is better than that of who has the alias; where another metric gave it they do not compare. */
export function isBetter({ metric, value, direction }: Rank, held: Rank): boolean {
  if (value === null || held.value === null || held.metric !== metric || held.direction !== direction)
    return false
  return direction === 'max' ? value > held.value : value < held.value
}
