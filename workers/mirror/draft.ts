import { joinColumns, type ArraySection, type PointSection } from '../../src/model/log-batch.ts'
import type { TakeMessage } from './messages.ts'

/** The parts of a message as they are put together. */
export interface Draft {
  readonly runs: TakeMessage['runs'][number][]
  readonly removed: TakeMessage['removed'][number][]
  readonly sections: PointSection[]
  readonly pointsFrom: number[]
  readonly columns: Float64Array[]
  points: number
  readonly arrays: ArraySection[]
  readonly arraysFrom: number[]
  arrayBytes: number
  readonly consoles: TakeMessage['consoles'][number][]
  lines: number
  readonly steps: (() => void)[]
}

export function newDraft(): Draft {
  return {
    runs: [],
    removed: [],
    sections: [],
    pointsFrom: [],
    columns: [],
    points: 0,
    arrays: [],
    arraysFrom: [],
    arrayBytes: 0,
    consoles: [],
    lines: 0,
    steps: [],
  }
}

export function isEmpty({ runs, removed, sections, arrays, consoles }: Draft): boolean {
  return [runs, removed, sections, arrays, consoles].every(({ length }) => length === 0)
}

export function toMessage(draft: Draft): TakeMessage {
  const { runs, removed, sections, pointsFrom, columns, arrays, arraysFrom, consoles } = draft
  return {
    runs,
    removed,
    points: { sections, columns: joinColumns(columns) },
    pointsFrom,
    arrays,
    arraysFrom,
    consoles,
  }
}
