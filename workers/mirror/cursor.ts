import type { RunId } from '../../src/model/units.ts'
import type { RunOnDisk } from './messages.ts'

/** How far a run is on the disk, as far as is known here. */
export interface Cursor {
  record: string
  isRemoved: boolean
  readonly series: Map<string, number>
  readonly arrays: Map<string, ArrayCursor>
  /** The array that arrives in parts; undefined between two of them. */
  upload?: { readonly arrayId: number; readonly id: string; readonly offset: number } | undefined
  lines: number
  readonly artifacts: Set<string>
}

export interface ArrayCursor {
  readonly count: number
  /** Of the last one here, so that those before are not read again; missing where only their number is known. */
  readonly lastId?: number
}

/** Of a run that the disk has as it was told, or has not. */
export function cursorOf(there: RunOnDisk | undefined): Cursor {
  return {
    record: there?.record ?? '',
    isRemoved: there?.isRemoved ?? false,
    series: new Map(Object.entries(there?.series ?? {})),
    arrays: new Map(Object.entries(there?.arrays ?? {}).map(([key, count]) => [key, { count }])),
    lines: there?.lines ?? 0,
    artifacts: new Set(there?.artifacts),
  }
}

export type Cursors = Map<RunId, Cursor>
