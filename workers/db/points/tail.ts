import { BYTES_PER_POINT, giveColumnMemory, takeColumnMemory } from '../../../src/model/column-memory.ts'
import { CHUNK_POINTS } from './layout.ts'
import { slicePoints } from './point-columns.ts'
import type { PointArrays } from './point-columns.ts'

/** The points of a series after its last full chunk, fewer than CHUNK_POINTS between commits. */
export interface Tail {
  readonly count: number
  /** Memory held, room included. */
  readonly bytes: number
  /** Owner: the tail; valid until the next `push` or `clear`. */
  points(): PointArrays
  push(points: PointArrays): void
  clear(): void
  /** Gives up the memory; nothing may be called after. */
  release(): void
}

const FIRST_ROOM = 16

export function makeTail(): Tail {
  let count = 0
  let room = 0
  let columns: PointArrays = takeColumnMemory(0)

  return {
    get count() {
      return count
    },
    get bytes() {
      return room * BYTES_PER_POINT
    },
    points: () => slicePoints(columns, 0, count),
    push(points) {
      const needed = count + points.values.length
      if (needed > room) {
        room = Math.max(FIRST_ROOM, needed, Math.min(CHUNK_POINTS, room * 2))
        const grown = takeColumnMemory(room)
        copyPoints(slicePoints(columns, 0, count), grown, 0)
        giveColumnMemory(columns)
        columns = grown
      }
      copyPoints(points, columns, count)
      count = needed
    },
    clear() {
      count = 0
    },
    release() {
      count = 0
      room = 0
      giveColumnMemory(columns)
      columns = takeColumnMemory(0)
    },
  }
}

function copyPoints(from: PointArrays, to: PointArrays, offset: number): void {
  to.steps.set(from.steps, offset)
  to.values.set(from.values, offset)
  to.times.set(from.times, offset)
}
